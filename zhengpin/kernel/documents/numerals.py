"""Writes the numbers of lists in the formats Word knows by name, ECMA-376 part 1, 17.18.59."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_UNITS = "十百千"
_SILENT = frozenset(("none", "bullet"))
_LARGEST = 9999


def numeral(number: int, form: str) -> str:
    """Return a list number in a named format; one without a sign in it is written in digits.

    ``none`` and ``bullet`` give nothing. Chinese counting goes to 9999.
    """
    if form in _SILENT:
        return ""
    return _FORMS.get(form, str)(number) or str(number)


def _counting(digits: str, units: str) -> Callable[[int], str]:
    """Return a writer of 三百零五, with one zero where places are skipped; twelve is 一十二."""

    def write(number: int) -> str:
        if not 0 < number <= _LARGEST:
            return ""
        text, skipped = "", False
        for place, digit in zip(reversed(range(len(str(number)))), str(number), strict=True):
            if digit == "0":
                skipped = True
                continue
            text += (digits[0] if skipped else "") + digits[int(digit)]
            text += units[place - 1] if place else ""
            skipped = False
        return text

    return write


def _thousands(number: int) -> str:
    """Twelve is 十二, a hundred and twelve 一百一十二."""
    text = _in_full(number)
    return text[1:] if text.startswith("一十") else text


def _japanese(number: int) -> str:
    """百十二: no zero, and no 一 before a unit."""
    text = _in_full(number).replace("零", "")
    for unit in _UNITS:
        text = text.replace(f"一{unit}", unit)
    return text


def _by_digit(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(max(number, 0)))


def _hundreds_by_digit(number: int) -> str:
    """一○○ after 九十九, as 17.18.59 gives for the two plain counting systems."""
    return _thousands(number) if number < 100 else _by_digit("○" + _DIGITS[1:])(number)


def _listed(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _cyclic(signs: str) -> Callable[[int], str]:
    """After z comes aa, then bb: the letter is repeated, as Word does."""

    def write(number: int) -> str:
        if not 0 < number <= _LARGEST:
            return ""
        times, letter = divmod(number - 1, len(signs))
        return signs[letter] * (times + 1)

    return write


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _roman(number: int) -> str:
    if not 0 < number <= _LARGEST:
        return ""
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def _span(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


_in_full = _counting("零" + _DIGITS[1:], _UNITS)
_letters = _span("a", "z")
_stems, _branches = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_circled = _listed(_span("①", "⑳") + _span("㉑", "㉟") + _span("㊱", "㊿"))

_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _by_digit(_span("\uff10", "\uff19")),
    "decimalFullWidth2": _by_digit(_span("\uff10", "\uff19")),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _listed(_span("⑴", "⒇")),
    "decimalEnclosedFullstop": _listed(_span("⒈", "⒛")),
    "numberInDash": lambda number: f"- {number} -",
    "upperLetter": _cyclic(_letters.upper()),
    "lowerLetter": _cyclic(_letters),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _hundreds_by_digit,
    "taiwaneseCounting": _hundreds_by_digit,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _japanese,
    "ideographDigital": _by_digit(_DIGITS),
    "japaneseDigitalTenThousand": _by_digit(_DIGITS),
    "taiwaneseDigital": _by_digit("○" + _DIGITS[1:]),
    "chineseLegalSimplified": _counting("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographLegalTraditional": _counting("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "ideographTraditional": _cyclic(_stems),
    "ideographZodiac": _cyclic(_branches),
    "ideographEnclosedCircle": _listed(_span("㊀", "㊉")),
}
