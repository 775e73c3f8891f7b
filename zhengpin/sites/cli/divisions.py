"""行政区划: the divisions of GB/T 2260 as python-stdnum carries them, in force on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stdnum import numdb

from zhengpin.kernel.text.folding import simplify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_DATED = re.compile(r"(?:\[(?P<first>\d{4})?-(?P<last>\d{4})?\])?(?P<name>[^\[\],]+)")
# Lines of the table that group others and are no place.
_GROUP = re.compile(r"市辖区|县|市|林区|自治县|地区|.*直辖(?:县级)?行政(?:单位|区划)")


@dataclass(frozen=True, slots=True)
class Division:
    """One division: its six digits, its name, and the name with those that contain it."""

    code: str
    name: str
    full_name: str


def divisions_of(code: str, on: date) -> list[Division]:
    """Return the province of a code with everything in it on a day, by code; empty if unknown."""
    names = _names(on.year)
    return [_division(one, names) for one in sorted(names) if one.startswith(code[:2])]


def with_those_above(code: str, on: date) -> list[Division]:
    """Return a division and those that contain it, the largest first; empty if unknown."""
    names = _names(on.year)
    if code not in names:
        return []
    return [_division(one, names) for one in _chain(code) if one in names]


def _chain(code: str) -> list[str]:
    return list(dict.fromkeys((code[:2] + "0000", code[:4] + "00", code)))


def _division(code: str, names: dict[str, str]) -> Division:
    full_name = "".join(names[one] for one in _chain(code) if one in names)
    return Division(code, names[code], full_name)


@lru_cache(maxsize=4)
def _names(year: int) -> dict[str, str]:
    return {
        code: simplify(match["name"])
        for code, dated in _entries()
        for match in _DATED.finditer(dated)
        if _is_in_force(match, year) and not _GROUP.fullmatch(match["name"])
    }


def _entries() -> Iterator[tuple[str, str]]:
    for _, province, _, _, inner in numdb.get("cn/loc").prefixes:
        for _, rest, _, values, _ in inner:
            yield province + rest, values.get("county", "")


def _is_in_force(match: re.Match[str], year: int) -> bool:
    """Years as the table gives them: in the year it ended a division no longer counts."""
    first, last = match["first"], match["last"]
    return (first is None or int(first) <= year) and (last is None or year < int(last))
