"""Numbers that mark chapters, items and points: 一、 （一） 1. (1) ① 第一章 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from zhengpin.kernel.text.numerals import NUMERAL, parse_numeral


class Style(IntEnum):
    """How a marker is printed, from the highest level of official documents to the lowest."""

    PART = 0  # 第一章, 第一部分
    CHAPTER = 1  # 一、
    ARTICLE = 2  # 第一条
    STAGE = 3  # 第一阶段
    BRACKETED = 4  # （一）
    ARABIC = 5  # 1.
    BRACKETED_ARABIC = 6  # (1), 1)
    CIRCLED = 7  # ①
    POINT = 8  # 一是, 第一，


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker: its style, its number, and its compact range ``[start, end)``."""

    style: Style
    number: int
    start: int
    end: int
    line: int


_N = rf"(?P<n>{NUMERAL})"
_A = r"(?P<n>[0-9]{1,3})"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        (Style.PART, rf"\s*第\s*{_N}\s*(?:章|部\s*分|篇)[、:.]?"),
        (Style.ARTICLE, rf"\s*第\s*{_N}\s*条[、:.]?"),
        (Style.STAGE, rf"\s*第\s*{_N}\s*(?:阶\s*段|步)\s*[、:.,]?"),
        (Style.CHAPTER, rf"\s*{_N}\s*[、.](?!\s*[、,])"),
        (Style.CHAPTER, r"\s*(?P<n>[一二三四五六七八九十]{1,3})\s*,(?=\s*[\u4e00-\u9fff])"),
        (Style.BRACKETED, rf"\s*[(〔【\[]\s*{_N}\s*[)〕】\]]\s*[、.]?"),
        (Style.BRACKETED, rf"\s*{_N}\s*[)〕]|\s*[(〔]\s*(?P<n2>{NUMERAL})\s*[、.]"),
        (Style.BRACKETED, r"\s*(?P<sign>[㈠-㈩])\s*[、.]?"),
        (Style.POINT, rf"\s*{_N}\s*(?:是|要)(?!\s*(?:否|求))[:,]?"),
        (Style.POINT, rf"\s*第\s*{_N}\s*[,、:](?:\s*是)?"),
        (Style.ARABIC, rf"\s*{_A}\s*(?:[、]|\.(?![0-9]))"),
        (Style.ARABIC, rf"\s*{_A}\s*\.\s+(?=\S)"),
        (Style.ARABIC, rf"\s*(?:任务|事项)\s*(?P<n>[0-9]{{1,3}}|{NUMERAL})\s*[:、.]"),
        (Style.ARABIC, r"\s*(?P<sign>[⒈-⒛])"),
        (Style.BRACKETED_ARABIC, rf"\s*\(\s*{_A}\s*\)\s*[、.]?"),
        (Style.BRACKETED_ARABIC, rf"\s*{_A}\s*\)\s*[、.]?"),
        (Style.BRACKETED_ARABIC, r"\s*(?P<sign>[⑴-⒇])"),
        (Style.CIRCLED, r"\s*(?P<sign>[①-⑳])\s*[、.]?"),
    )
)
_SIGNS = {
    **{chr(0x3220 + index): index + 1 for index in range(10)},
    **{chr(0x2488 + index): index + 1 for index in range(20)},
    **{chr(0x2474 + index): index + 1 for index in range(20)},
    **{chr(0x2460 + index): index + 1 for index in range(20)},
}
_MARKED = frozenset("第任事(〔【[一二三四五六七八九十百〇零两廿卅0123456789") | frozenset(_SIGNS)


def read_marker(line: str, start: int, number: int) -> Marker | None:
    """Return the marker that folded ``line`` begins with, or None.

    ``start`` is the compact place of the line's first printed character, ``number`` its number.
    """
    if not line or not (line[0] in _MARKED or line[0].isspace()):
        return None
    for style, pattern in _PATTERNS:
        match = pattern.match(line)
        if match is None:
            continue
        value = _value(match)
        if value is None:
            continue
        length = len("".join(match.group().split()))
        return Marker(style, value, start, start + length, number)
    return None


def _value(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("sign"):
        return _SIGNS[groups["sign"]]
    return parse_numeral(groups.get("n") or groups["n2"])
