"""Days that a period leaves out because it was suspended, and where its end moves to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from zhengpin.kernel.clocks.days import days_between, shown
from zhengpin.kernel.clocks.errors import PauseUnordered
from zhengpin.kernel.clocks.spans import Span, moved
from zhengpin.kernel.clocks.starts import day_of
from zhengpin.kernel.lawdata import Unit
from zhengpin.kernel.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhengpin.kernel.calendars import Calendar

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """中止: the time between two events that a period does not count.

    As with a period, the day of ``after`` is not part of it and the day of ``until`` is.
    """

    after: date | datetime
    until: date | datetime

    @property
    def first(self) -> date:
        return day_of(self.after) + _ONE_DAY

    @property
    def last(self) -> date:
        return day_of(self.until)


def in_order(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return pauses by their beginning. Raises PauseUnordered where one ends before it begins."""
    found = tuple(sorted(pauses, key=lambda one: one.first))
    for one in found:
        if one.last < one.first - _ONE_DAY:
            message = f"中止到 {one.last} 为止，早于它开始的 {one.first - _ONE_DAY}。"
            raise PauseUnordered(message)
    return found


def moved_by_pauses(
    start: date, end: date, unit: Unit, pauses: tuple[Pause, ...], calendar: Calendar
) -> date:
    """Return the end of a period after ``start`` once the days of ``pauses`` are left out.

    In working days only the working days of a pause count as left out; months are lengthened by
    calendar days. A pause that the longer period reaches is left out too.
    """
    step = Unit.WORKING_DAYS if unit is Unit.WORKING_DAYS else Unit.CALENDAR_DAYS
    off = {day for one in pauses for day in days_between(one.first, one.last)}
    if step is Unit.WORKING_DAYS:
        off = {day for day in off if calendar.is_working(day)}
    left_out = 0
    while (found := sum(1 for day in off if start < day <= end)) > left_out:
        end = moved(end, Span(found - left_out, step), calendar)
        left_out = found
    return end


def paused_for(pauses: tuple[Pause, ...]) -> timedelta:
    """Return how long instants were paused in all; for periods of hours."""
    whole = timedelta()
    for one in pauses:
        if isinstance(one.after, datetime) and isinstance(one.until, datetime):
            whole += one.until - one.after
    return whole


def sentences(pauses: tuple[Pause, ...], end: date | datetime) -> Iterator[Sentence]:
    """Yield one sentence for each pause, and where the end moved to."""
    for one in pauses:
        days = (one.last - one.first).days + 1
        if days > 0:
            left_out = Span(days, Unit.CALENDAR_DAYS)
            values = {"first": shown(one.first), "last": shown(one.last), "days": left_out}
            yield Sentence("中止：%(first)s至 %(last)s，%(days)s不计入。", values)
    if pauses:
        reached = end.isoformat() if isinstance(end, datetime) else shown(end)
        yield Sentence("扣除中止的时间后，期间到 %(end)s。", {"end": reached})
