"""Chinese and Arabic numerals as they number chapters, items and dates."""

from __future__ import annotations

import re

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7,
    "捌": 8, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "拾": 10, "佰": 100, "廿": 20, "卅": 30}

NUMERAL = r"[〇○零一二三四五六七八九十百两廿卅]+"
_ARABIC = re.compile(r"[0-9]{1,9}\Z")


def parse_numeral(text: str) -> int | None:
    """Return the number that ``text`` writes (三十五, 二〇一〇, 12), or None if it writes none."""
    if _ARABIC.match(text):
        return int(text)
    if not text or any(char not in _DIGITS and char not in _UNITS for char in text):
        return None
    if not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text[:9]))
    total, digit = 0, None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "廿卅":
            total, digit = total + _UNITS[char], None
        else:
            total, digit = total + (1 if digit is None else digit) * _UNITS[char], None
    return total + (digit or 0)


def write_numeral(number: int) -> str:
    """Return ``number`` (0 to 999) in Chinese numerals: 17 → 十七.

    Raises ValueError outside that range.
    """
    if not 0 <= number <= 999:
        message = f"{number} is not between 0 and 999"
        raise ValueError(message)
    digits = "〇一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        text += "〇"
    return text + digits[ones] if ones or not number else text
