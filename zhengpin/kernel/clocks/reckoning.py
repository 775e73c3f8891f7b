"""The one function that turns a rule and an event into a due day with its reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from zhengpin.kernel.calendars import mainland
from zhengpin.kernel.clocks import kinds, reasons
from zhengpin.kernel.clocks.counting import LastDay, counting_of
from zhengpin.kernel.clocks.errors import InstantMissing, OutOfRange
from zhengpin.kernel.clocks.extensions import taken
from zhengpin.kernel.clocks.pauses import in_order, moved_by_pauses, paused_for, sentences
from zhengpin.kernel.clocks.spans import Span, joined, moved
from zhengpin.kernel.clocks.starts import BEIJING, day_of
from zhengpin.kernel.lawdata import Unit, deadline_table, require_in_force

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.clocks.pauses import Pause
    from zhengpin.kernel.lawdata import DeadlineTable, Extension, Rule
    from zhengpin.kernel.sentences import Sentence

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """到期: the last day (or instant) of a rule's period for one event, and why.

    ``due`` is None for kinds that have no single due day. ``provisional`` is true where a year
    without a State Council notice was counted in working days, or a rolling rule ends in it.
    """

    rule: Rule
    start: date | datetime
    due: date | datetime | None
    extended: int
    provisional: bool
    why: tuple[Sentence, ...]


def deadline(
    rule: Rule,
    start: date | datetime,
    *,
    extended: int = 0,
    calendar: Calendar | None = None,
    pauses: Iterable[Pause] = (),
    table: DeadlineTable | None = None,
) -> Deadline:
    """Return the last day of ``rule`` for an event at ``start``, ``extended`` so many times.

    The day or instant of the event is not counted 《民法典》第二百零一条; hours run through nights
    and days off; months end on the same day, else on the month's last 第二百零二条; a last day
    that is off rolls only where the rule's own way of counting says so (第二百零四条 leaves it to
    the special law). Whether 二日 … 十日 are working days 《行政处罚法》第八十五条、
    《行政强制法》第六十九条、《行政复议法》第八十八条 stands in the rule's unit.
    ``calendar`` and ``table`` are the package's own unless an installation's are given.
    Time inside ``pauses`` is not counted; periods that run backwards know none.
    Raises RuleNotInForce, ExtensionRefused, InstantMissing, CalendarUnknown, PauseUnordered or
    OutOfRange.
    """
    day = day_of(start)
    table = table or deadline_table()
    require_in_force(rule, day, table.rules)
    extensions = taken(rule, extended)
    days = calendar or mainland()
    if rule.kind in kinds.WITHOUT_DUE_DAY:
        why = (reasons.no_due_day(rule, day, days),)
        found = Deadline(rule, start, None, extended, provisional=False, why=why)
    elif rule.unit is Unit.HOURS:
        found = _by_hours(rule, start, in_order(pauses))
    else:
        found = _by_days(rule, start, extensions, days, in_order(pauses))
    caveats = reasons.caveats(rule, table.unsettled.get(rule.id))
    return replace(found, why=(reasons.the_rule(rule), *found.why, *caveats))


def _by_hours(rule: Rule, start: date | datetime, pauses: tuple[Pause, ...]) -> Deadline:
    if not isinstance(start, datetime):
        message = f"规则 {rule.id} 按小时计算：请写明事件的时刻，如 {start}T09:30:00+08:00。"
        raise InstantMissing(message)
    instant = start.astimezone(BEIJING)
    try:
        due = instant + timedelta(hours=rule.length) + paused_for(pauses)
    except OverflowError as error:
        message = f"自 {start} 起{Span(rule.length, rule.unit)}超出可以计算的范围。"
        raise OutOfRange(message) from error
    why = (reasons.the_instant(instant), *sentences(pauses, due), reasons.the_meaning(rule))
    return Deadline(rule, start, due, 0, provisional=False, why=why)


def _by_days(
    rule: Rule,
    start: date | datetime,
    extensions: tuple[Extension, ...],
    calendar: Calendar,
    pauses: tuple[Pause, ...],
) -> Deadline:
    day, back = day_of(start), rule.kind in kinds.BACKWARD
    whole = joined([Span(rule.length, rule.unit), *_spans(extensions)])
    why = [reasons.the_start(day, back=back), *reasons.the_extensions(extensions, whole)]
    years: set[int] = set()
    end = day
    for span in whole:
        begin, end = end, moved(end, span, calendar, back=back)
        if span.unit is Unit.WORKING_DAYS:
            first, last = (end, begin - _ONE_DAY) if back else (begin + _ONE_DAY, end)
            years |= set(range(first.year, last.year + 1))
            why += reasons.days_left_out(first, last, calendar)
        why.append(reasons.the_first_end(begin, end, span, back=back))
    if pauses and not back:
        end = moved_by_pauses(day, end, rule.unit, pauses, calendar)
        why += sentences(pauses, end)
        if rule.unit is Unit.WORKING_DAYS:
            years |= set(range(day.year, end.year + 1))
    due = end
    if rule.unit is not Unit.WORKING_DAYS:
        due = _rolled(rule, end, calendar)
        if counting_of(rule.counting_rule).last_day is LastDay.ROLLS:
            years |= {end.year, due.year}
        why.append(reasons.the_last_day(end, due, counting_of(rule.counting_rule), calendar))
    if not pauses:
        why += reasons.another_reading(due, _one_by_one(rule, day, extensions, calendar))
    unknown = sorted(year for year in years if not calendar.is_announced(date(year, 1, 1)))
    if unknown:
        why.append(reasons.it_is_provisional(unknown, calendar))
    elif years and calendar.may_be_moved_yet(due):
        why.append(reasons.it_may_move(due))
    why.append(reasons.the_meaning(rule))
    return Deadline(rule, start, due, len(extensions), provisional=bool(unknown), why=tuple(why))


def _spans(extensions: tuple[Extension, ...]) -> list[Span]:
    return [Span(one.length, one.unit) for one in extensions if one.length and one.unit]


def _rolled(rule: Rule, end: date, calendar: Calendar) -> date:
    """Return the first working day from ``end`` on, where the rule's way of counting rolls."""
    rolls = counting_of(rule.counting_rule).last_day is LastDay.ROLLS
    if not rolls or calendar.is_working(end):
        return end
    return calendar.next_working_day(end)


def _one_by_one(
    rule: Rule, day: date, extensions: tuple[Extension, ...], calendar: Calendar
) -> date:
    """Return the other reading of an extension: counted from the end of the period before it."""
    back = rule.kind in kinds.BACKWARD
    end = day
    for span in [Span(rule.length, rule.unit), *_spans(extensions)]:
        end = moved(end, span, calendar, back=back)
        if span.unit is not Unit.WORKING_DAYS:
            end = _rolled(rule, end, calendar)
    return end
