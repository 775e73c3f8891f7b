"""Arithmetic of one span: days, working days and months from a day, forward or back."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhengpin.kernel.clocks.errors import OutOfRange
from zhengpin.kernel.lawdata import Unit
from zhengpin.kernel.sentences import Sentence, Words

if TYPE_CHECKING:
    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.sentences import Translate

_ONE = {
    Unit.HOURS: Sentence("1 小时"),
    Unit.CALENDAR_DAYS: Sentence("1 日"),
    Unit.WORKING_DAYS: Sentence("1 个工作日"),
    Unit.MONTHS: Sentence("1 个月"),
}
_MANY = {
    Unit.HOURS: Sentence("%(length)s 小时"),
    Unit.CALENDAR_DAYS: Sentence("%(length)s 日"),
    Unit.WORKING_DAYS: Sentence("%(length)s 个工作日"),
    Unit.MONTHS: Sentence("%(length)s 个月"),
}
_ONE_YEAR = Sentence("12 个月（1 年）")
_YEARS = Sentence("%(length)s 个月（%(years)s 年）")


@dataclass(frozen=True, slots=True)
class Span(Words):
    """期间: a length in one unit."""

    length: int
    unit: Unit

    def said(self, translate: Translate) -> str:
        return self._in_words().said(translate)

    def _in_words(self) -> Sentence:
        if self.length == 1:
            return _ONE[self.unit]
        years = self.length // 12
        if self.unit is Unit.MONTHS and years and self.length % 12 == 0:
            if years == 1:
                return _ONE_YEAR
            return _YEARS.with_values(length=self.length, years=years)
        return _MANY[self.unit].with_values(length=self.length)


def joined(spans: list[Span]) -> list[Span]:
    """Return ``spans`` with neighbours of one unit added up: 15 + 15 working days are 30."""
    whole: list[Span] = []
    for one in spans:
        if whole and whole[-1].unit is one.unit:
            whole[-1] = Span(whole[-1].length + one.length, one.unit)
        else:
            whole.append(one)
    return whole


def moved(day: date, span: Span, calendar: Calendar, *, back: bool = False) -> date:
    """Return the last day of ``span`` after ``day``, or the one as far before it.

    ``day`` itself is not counted 《民法典》第二百零一条; months end on the same day of the later
    month, else on its last day 第二百零二条. Raises OutOfRange.
    """
    length = -span.length if back else span.length
    try:
        if span.unit is Unit.MONTHS:
            return add_months(day, length)
        if span.unit is Unit.WORKING_DAYS:
            return calendar.add_working_days(day, length)
        return day + timedelta(days=length)
    except (OverflowError, ValueError) as error:
        message = f"自 {day} 起{span}超出可以计算的范围。"
        raise OutOfRange(message) from error


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of that month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
