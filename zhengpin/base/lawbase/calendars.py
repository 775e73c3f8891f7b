"""A year of the working calendar, month by month, as a page shows it."""

from __future__ import annotations

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from zhengpin.kernel.calendars import CalendarUnknown

if TYPE_CHECKING:
    from zhengpin.base.lawbase.law import Law
    from zhengpin.kernel.calendars import Calendar, NoticeSource

_SATURDAY = 5


class State(StrEnum):
    """What a day is: an ordinary working day, a weekend, a holiday, or a weekend day worked."""

    WORKED = "worked"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MADE_UP = "made_up"


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    state: State
    name: str


@dataclass(frozen=True, slots=True)
class Holiday:
    """放假: consecutive days off for one holiday."""

    name: str
    first: date
    last: date

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Month:
    """One month in weeks from Monday; None stands where a day is another month's."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """工作日历: one year; ``sources`` is empty and ``is_announced`` false without a notice."""

    year: int
    is_announced: bool
    basis: str
    sources: tuple[NoticeSource, ...]
    months: tuple[Month, ...]

    def days(self, state: State) -> list[Day]:
        return [
            day
            for month in self.months
            for week in month.weeks
            for day in week
            if day is not None and day.state is state
        ]

    def holidays(self) -> list[Holiday]:
        """Return the days off as runs of one name."""
        found: list[Holiday] = []
        for day in self.days(State.HOLIDAY):
            last = found[-1] if found else None
            if last and last.name == day.name and (day.on - last.last).days == 1:
                found[-1] = Holiday(last.name, last.first, day.on)
            else:
                found.append(Holiday(day.name, day.on, day.on))
        return found

    @property
    def working_days(self) -> int:
        return sum(month.working_days for month in self.months)


def calendar_year(law: Law, year: int) -> CalendarYear:
    """Return one year laid out. Raises CalendarUnknown where its days cannot be known."""
    if not date.min.year < year < date.max.year or not law.calendar.knows(date(year, 1, 1)):
        message = f"{year} 年没有放假通知，也不在农历节日表之内，工作日无从得知。"
        raise CalendarUnknown(message)
    announced = law.calendar.is_announced(date(year, 1, 1))
    basis = "" if announced else law.calendar.statutory_basis(year)
    months = tuple(_month(law.calendar, year, number) for number in range(1, 13))
    return CalendarYear(year, announced, basis, law.sources.get(year, ()), months)


def _month(calendar: Calendar, year: int, number: int) -> Month:
    weeks = tuple(
        tuple(_day(calendar, day) if day.month == number else None for day in week)
        for week in Weeks().monthdatescalendar(year, number)
    )
    worked = sum(
        day is not None and day.state in {State.WORKED, State.MADE_UP}
        for week in weeks
        for day in week
    )
    return Month(number, weeks, worked)


def _day(calendar: Calendar, day: date) -> Day:
    moved, holiday = calendar.moved_from(day), calendar.holiday(day)
    if moved is not None:
        return Day(day, State.MADE_UP, moved)
    if holiday is not None:
        return Day(day, State.HOLIDAY, holiday)
    return Day(day, State.WEEKEND if day.weekday() >= _SATURDAY else State.WORKED, "")
