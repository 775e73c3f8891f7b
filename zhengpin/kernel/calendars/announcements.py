"""One holiday notice as a record: read from its fields, and what about it cannot be.

A day off is any day; a make-up day is a Saturday or Sunday. A notice may also move days of the
December before. Every statutory holiday of its year must be off (放假办法第二条).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.calendars.errors import NoticeFaulty
from zhengpin.kernel.calendars.files import read_file
from zhengpin.kernel.calendars.notices import FILE, library_notices, overlay
from zhengpin.kernel.calendars.statutory import statutory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhengpin.kernel.calendars.notices import Notices
    from zhengpin.kernel.calendars.statutory import Statutory

_SATURDAY, _DECEMBER = 5, 12
_WEEKDAYS = "一二三四五六日"
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class DaysOff:
    """放假: the days from ``first`` to ``last``, both included, off for one holiday."""

    name: str
    first: date
    last: date

    def days(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class DayOn:
    """调休上班: a weekend day worked for a holiday."""

    name: str
    day: date


@dataclass(frozen=True, slots=True)
class Announcement:
    """放假通知: what one notice says of a year.

    ``is_amendment`` marks one that changes days of a year already announced, as in 2019 and 2020.
    """

    year: int
    off: tuple[DaysOff, ...]
    on: tuple[DayOn, ...]
    is_amendment: bool = False

    def raw(self) -> dict[str, Any]:
        """Return the entry as ``notices.yaml`` writes it."""
        return {
            "off": [
                {"name": one.name, "from": one.first.isoformat(), "to": one.last.isoformat()}
                for one in self.off
            ],
            "on": [{"name": one.name, "day": one.day.isoformat()} for one in self.on],
        }


def read_announcement(
    year: int, raw: Mapping[str, Any], *, is_amendment: bool = False
) -> Announcement:
    """Return the entry ``raw`` of a year. Raises NoticeFaulty where a field cannot be read."""
    try:
        off = tuple(
            DaysOff(one["name"], date.fromisoformat(one["from"]), date.fromisoformat(one["to"]))
            for one in raw.get("off") or ()
        )
        on = tuple(
            DayOn(one["name"], date.fromisoformat(one["day"])) for one in raw.get("on") or ()
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NoticeFaulty((f"{year} 年的通知读不懂：{error}",)) from error
    return Announcement(year, off, on, is_amendment)


def lay_over(notices: Notices, one: Announcement) -> Notices:
    """Return ``notices`` with an announcement laid over them."""
    return overlay(notices, {"years": {one.year: one.raw()}})


def announcement_faults(one: Announcement, notices: Notices, by_statute: Statutory) -> list[str]:
    """Return every reason why the announcement cannot be right, beside the ``notices`` known."""
    return [
        *_year_faults(one, notices),
        *_off_faults(one),
        *_on_faults(one, notices),
        *_statutory_faults(one, by_statute),
    ]


def package_notice_faults() -> list[str]:
    """Return what is wrong in ``notices.yaml``, each fault with its year."""
    known = library_notices()
    faults: list[str] = []
    for year, raw in (read_file(FILE).get("years") or {}).items():
        try:
            one = read_announcement(int(year), raw, is_amendment=int(year) in known.years)
        except NoticeFaulty as faulty:
            faults += faulty.faults
            continue
        faults += [f"{year}：{fault}" for fault in announcement_faults(one, known, statutory())]
    return faults


def _year_faults(one: Announcement, notices: Notices) -> Iterator[str]:
    if not FIRST_YEAR <= one.year <= LAST_YEAR:
        yield f"{one.year} 年不在 {FIRST_YEAR} 至 {LAST_YEAR} 年之内"
    if one.is_amendment and one.year not in notices.years:
        yield f"{one.year} 年还没有放假通知，不能登记为调整通知"
    if not one.is_amendment and one.year in notices.years:
        yield f"{one.year} 年的放假通知已经载入；国务院办公厅后来调整的，请登记为调整通知"
    if not one.off and not (one.is_amendment and one.on):
        yield "没有写放假的日子"


def _belongs(day: date, year: int) -> bool:
    return day.year == year or (day.year == year - 1 and day.month == _DECEMBER)


def _off_faults(one: Announcement) -> Iterator[str]:
    seen: dict[date, str] = {}
    for stretch in one.off:
        if stretch.last < stretch.first:
            yield f"{stretch.name}放假的末日 {stretch.last} 早于首日 {stretch.first}"
            continue
        if not (_belongs(stretch.first, one.year) and _belongs(stretch.last, one.year)):
            yield (
                f"{stretch.name}放假 {stretch.first} 至 {stretch.last} 不在 {one.year} 年"
                "（或者上一年 12 月）之内"
            )
            continue
        for day in stretch.days():
            if day in seen:
                yield f"{day} 重复：{seen[day]}和{stretch.name}都写了这一天放假"
            seen[day] = stretch.name


def _on_faults(one: Announcement, notices: Notices) -> Iterator[str]:
    off = {
        day
        for stretch in one.off
        if stretch.last.year - stretch.first.year in {0, 1}
        for day in stretch.days()
    }
    seen: set[date] = set()
    for made_up in one.on:
        day = made_up.day
        was_off = one.is_amendment and day in notices.off
        if day.weekday() < _SATURDAY and not was_off:
            yield (
                f"{day}（星期{_WEEKDAYS[day.weekday()]}）本来就是工作日，"
                "调休上班的日子应是星期六或星期日"
            )
        if not _belongs(day, one.year):
            yield f"调休上班 {day} 不在 {one.year} 年（或者上一年 12 月）之内"
        if day in off:
            yield f"{day} 既写放假又写上班"
        if day in seen:
            yield f"调休上班 {day} 写了两次"
        seen.add(day)


def _statutory_faults(one: Announcement, by_statute: Statutory) -> Iterator[str]:
    """Yield the statutory holidays that a first notice leaves out."""
    if one.is_amendment or not by_statute.has(one.year):
        return
    off = {day for stretch in one.off if stretch.first <= stretch.last for day in stretch.days()}
    for day, name in sorted(by_statute.days_off(one.year).items()):
        if day not in off:
            yield f"{day} 是法定节假日（{name}，放假办法第二条），通知没有列为放假"
