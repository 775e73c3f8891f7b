"""Dates as official documents print them, in Arabic and in Chinese numerals."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from zhengpin.kernel.text.numerals import parse_numeral

_D = r"[0-9〇零一二三四五六七八九十]"
DATE = re.compile(rf"(?P<y>{_D}{{4}})年(?P<m>{_D}{{1,3}})月(?P<d>{_D}{{1,3}})[日号]")
_DOTTED = re.compile(r"(?P<y>(?:19|20)[0-9]{2})[-./](?P<m>[0-9]{1,2})[-./](?P<d>[0-9]{1,2})")
_YEAR = r"(?:(?P<y{n}>[0-9〇零一二三四五六七八九]{{4}})年)?"
_MONTH = r"(?:(?P<m{n}>[0-9一二三四五六七八九十]{{1,2}})月(?:份)?)?"
_DAY = r"(?:(?P<d{n}>[0-9一二三四五六七八九十]{{1,3}})[日号]|(?P<w{n}>底|初|末|上旬|中旬|下旬))?"
_POINT = _YEAR + _MONTH + _DAY
RANGE = re.compile(
    _POINT.format(n=1)
    + r"(?P<to>(?:起)?(?:——|—|-|~|至|到))?"
    + r"(?P<second>"
    + _POINT.format(n=2)
    + r")(?:底|前|止)?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A dated period: ISO dates, ``YYYY-MM`` where the text gives no day."""

    first: str
    last: str


def parse_date(text: str) -> str | None:
    """Return the first whole date in folded ``text`` as YYYY-MM-DD, or None."""
    match = DATE.search(text) or _DOTTED.search(text)
    if match is None:
        return None
    return _iso(parse_numeral(match["y"]), parse_numeral(match["m"]), parse_numeral(match["d"]))


def parse_range(text: str, year: int | None = None) -> Period | None:
    """Return the period that folded ``text`` writes: 2010年10月—11月26日, 2011年3月.

    A year or month left out on the right is that of the left; ``year`` serves where both lack it.
    """
    for match in RANGE.finditer(text):
        if not match["m1"]:
            continue
        return _period(match, year)
    return None


def _period(match: re.Match[str], year: int | None) -> Period | None:
    year1 = parse_numeral(match["y1"]) if match["y1"] else year
    month1 = parse_numeral(match["m1"])
    first = _point(year1, month1, match["d1"], match["w1"], last=False)
    if not match["to"] or not match["second"]:
        whole = _point(year1, month1, match["d1"], match["w1"], last=True)
        return Period(first, whole) if first and whole else None
    year2 = parse_numeral(match["y2"]) if match["y2"] else year1
    month2 = parse_numeral(match["m2"]) if match["m2"] else month1
    second = _point(year2, month2, match["d2"], match["w2"], last=True)
    return Period(first, second) if first and second else None


_WITHIN = {
    "初": (1, 10),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "底": (21, 31),
    "末": (21, 31),
}


def _point(
    year: int | None, month: int | None, day: str | None, within: str | None, *, last: bool
) -> str | None:
    if year is None or month is None or not 1 <= month <= 12 or not 1900 <= year <= 2200:
        return None
    if day:
        return _iso(year, month, parse_numeral(day))
    if within:
        end = min(_WITHIN[within][last], monthrange(year, month)[1])
        return _iso(year, month, end)
    return f"{year:04d}-{month:02d}"


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if year is None or month is None or day is None:
        return None
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"
