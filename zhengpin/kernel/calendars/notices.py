"""The announced years: chinesecalendar's table with our sourced notices laid over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.calendars.files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = "notices.yaml"


@dataclass(frozen=True, slots=True)
class Notices:
    """放假通知: the years announced, the days off and the weekend days worked, each with its name.

    ``off`` and ``on`` name the holiday for which a day is off or worked.
    """

    years: frozenset[int]
    off: Mapping[date, str]
    on: Mapping[date, str]


@lru_cache(maxsize=1)
def known_notices() -> Notices:
    """Return what is announced: the library's years, then ``notices.yaml``."""
    return overlay(library_notices(), read_file(FILE))


def overlay(notices: Notices, raw: Mapping[str, Any]) -> Notices:
    """Return ``notices`` with the years and single corrections of ``raw`` laid over them."""
    years, off, on = set(notices.years), dict(notices.off), dict(notices.on)
    for year, entry in (raw.get("years") or {}).items():
        years.add(int(year))
        for stretch in entry.get("off") or ():
            for day in _days(stretch["from"], stretch["to"]):
                off[day] = stretch["name"]
                on.pop(day, None)
        for one in entry.get("on") or ():
            _move(date.fromisoformat(one["day"]), one["name"], on, off)
    for one in raw.get("corrections") or ():
        to, out_of = (on, off) if one["works"] else (off, on)
        _move(date.fromisoformat(one["day"]), one["name"], to, out_of)
    return Notices(frozenset(years), off, on)


def _move(day: date, name: str, to: dict[date, str], out_of: dict[date, str]) -> None:
    to[day] = name
    out_of.pop(day, None)


def _days(first: str, last: str) -> Iterator[date]:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day
        day += timedelta(days=1)


def library_notices() -> Notices:
    """Return chinesecalendar's years; the library is loaded only when a day is asked for."""
    from chinese_calendar.constants import (  # noqa: PLC0415 (loaded when asked for)
        Holiday,
        holidays,
        workdays,
    )

    names = {holiday.value: holiday.chinese for holiday in Holiday}
    off = {day: names[name] for day, name in holidays.items()}
    on = {day: names[name] for day, name in workdays.items()}
    first, last = min(off).year, max(off).year
    return Notices(frozenset(range(first, last + 1)), off, on)
