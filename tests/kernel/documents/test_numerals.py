from __future__ import annotations

import pytest

from zhengpin.kernel.documents.numerals import numeral


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("chineseCounting", "一 二 十 十一 二十 三十五 九十九"),
        ("chineseCountingThousand", "一 二 十 十一 二十 三十五 九十九"),
        ("taiwaneseCounting", "一 二 十 十一 二十 三十五 九十九"),
        ("japaneseCounting", "一 二 十 十一 二十 三十五 九十九"),
        ("ideographDigital", "一 二 一〇 一一 二〇 三五 九九"),
        ("chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾 叁拾伍 玖拾玖"),
        ("ideographLegalTraditional", "壹 貳 壹拾 壹拾壹 貳拾 參拾伍 玖拾玖"),
        ("decimal", "1 2 10 11 20 35 99"),
        ("decimalZero", "01 02 10 11 20 35 99"),
        ("decimalFullWidth", "１ ２ １０ １１ ２０ ３５ ９９"),
        ("decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ ㉟ 99"),
        ("upperLetter", "A B J K T II UUUU"),
        ("lowerLetter", "a b j k t ii uuuu"),
        ("upperRoman", "I II X XI XX XXXV XCIX"),
        ("lowerRoman", "i ii x xi xx xxxv xcix"),
        ("ideographTraditional", "甲 乙 癸 甲甲 癸癸 戊戊戊戊 壬壬壬壬壬壬壬壬壬壬"),
        ("unknownToUs", "1 2 10 11 20 35 99"),
    ],
)
def test_each_format_writes_its_numbers(form: str, expected: str) -> None:
    assert " ".join(numeral(number, form) for number in (1, 2, 10, 11, 20, 35, 99)) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(100, "一百"), (105, "一百零五"), (110, "一百一十"), (112, "一百一十二"), (1001, "一千零一")],
)
def test_chinese_counting_in_thousands(number: int, expected: str) -> None:
    assert numeral(number, "chineseCountingThousand") == expected


def test_plain_chinese_counting_writes_digits_from_a_hundred_on() -> None:
    assert numeral(105, "chineseCounting") == "一○五"


def test_japanese_counting_has_neither_one_nor_zero_before_a_unit() -> None:
    assert numeral(1105, "japaneseCounting") == "千百五"


@pytest.mark.parametrize("form", ["none", "bullet"])
def test_lists_without_numbers_write_nothing(form: str) -> None:
    assert numeral(3, form) == ""


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_outside_a_format_are_written_in_digits(number: int) -> None:
    for form in ("chineseCountingThousand", "upperRoman", "lowerLetter", "decimalEnclosedCircle"):
        assert numeral(number, form) == str(number)
