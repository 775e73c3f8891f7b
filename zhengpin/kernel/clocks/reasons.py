"""The sentences of ``why``: one for each step of a reckoning."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhengpin.kernel.clocks import kinds
from zhengpin.kernel.clocks.counting import (
    CIVIL_CODE_MONTHS,
    CIVIL_CODE_START,
    Counting,
    LastDay,
)
from zhengpin.kernel.clocks.days import days_moved_to_work, holiday, shown, stretches_off
from zhengpin.kernel.clocks.spans import Span, moved
from zhengpin.kernel.lawdata import Kind, Unit
from zhengpin.kernel.sentences import COMMAS, SEMICOLONS, Listed, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.lawdata import Extension, Rule

_ONE_DAY = timedelta(days=1)
_AND_THEN = Sentence("%(first)s又%(then)s")


def the_rule(rule: Rule) -> Sentence:
    length = Sentence("立即") if rule.immediate else Span(rule.length, rule.unit)
    return Sentence(
        "依据：%(citation)s。%(from_event)s——%(length)s——%(to_event)s。",
        {
            "citation": rule.citation,
            "from_event": rule.from_event,
            "length": length,
            "to_event": rule.to_event,
        },
    )


def the_start(day: date, *, back: bool) -> Sentence:
    values = {"day": shown(day), "basis": CIVIL_CODE_START}
    if back:
        return Sentence(
            "起算：%(day)s是事件之日，不计入，自前一日 %(before)s起倒推（比照%(basis)s）。",
            values | {"before": shown(day - _ONE_DAY)},
        )
    return Sentence(
        "起算：%(day)s是事件发生之日，不计入，自次日 %(after)s起算（%(basis)s）。",
        values | {"after": shown(day + _ONE_DAY)},
    )


def the_instant(start: datetime) -> Sentence:
    return Sentence(
        "起算：自 %(instant)s 起逐时连续计算，夜间和休息日照计，不顺延（%(basis)s第二款）。",
        {"instant": start.isoformat(), "basis": CIVIL_CODE_START},
    )


def the_extensions(taken: tuple[Extension, ...], whole: list[Span]) -> Iterator[Sentence]:
    for number, one in enumerate(taken, 1):
        if one.length is not None and one.unit is not None:
            yield Sentence(
                "延长：第 %(number)s 次，%(span)s（%(by)s：%(condition)s）。",
                {
                    "number": number,
                    "span": Span(one.length, one.unit),
                    "by": one.by,
                    "condition": one.condition,
                },
            )
    if taken:
        spans = Listed(_AND_THEN, whole)
        yield Sentence("合计：%(spans)s，自事件次日起一次计算。", {"spans": spans})


def days_left_out(first: date, last: date, calendar: Calendar) -> Iterator[Sentence]:
    """Yield what working days leave out from ``first`` to ``last``, and what they count."""
    off = _days_off(first, last, calendar)
    if off.items:
        yield Sentence("不计入的休息日：%(days)s。", {"days": off})
    worked = days_moved_to_work(first, last, calendar)
    if worked:
        days = Listed(SEMICOLONS, worked)
        yield Sentence("调休上班、计入的日子：%(days)s。", {"days": days})


def _days_off(first: date, last: date, calendar: Calendar) -> Listed:
    return Listed(SEMICOLONS, stretches_off(first, last, calendar))


def the_first_end(start: date, end: date, span: Span, *, back: bool) -> Sentence:
    if span.unit is Unit.WORKING_DAYS:
        values = {"number": span.length, "end": shown(end)}
        return Sentence("第 %(number)s 个工作日是 %(end)s。", values)
    if span.unit is Unit.CALENDAR_DAYS:
        return Sentence("第 %(number)s 日是 %(end)s。", {"number": span.length, "end": shown(end)})
    return _end_of_months(start, end, span, back=back)


def _end_of_months(start: date, end: date, span: Span, *, back: bool) -> Sentence:
    values = {"span": span, "end": shown(end), "basis": CIVIL_CODE_MONTHS}
    if end.day == start.day:
        if back:
            return Sentence("%(span)s之前的同日是 %(end)s（%(basis)s）。", values)
        return Sentence("%(span)s之后的同日是 %(end)s（%(basis)s）。", values)
    values["day"] = start.day
    if back:
        return Sentence(
            "%(span)s之前的月份没有 %(day)s 日，以月末 %(end)s为末日（%(basis)s）。", values
        )
    return Sentence(
        "%(span)s之后的月份没有 %(day)s 日，以月末 %(end)s为末日（%(basis)s）。", values
    )


def the_last_day(end: date, due: date, counting: Counting, calendar: Calendar) -> Sentence:
    """Say whether a last day that may be off rolls, by which article."""
    if counting.last_day is LastDay.ROLLS:
        return _rolled(end, due, counting, calendar)
    is_off = calendar.knows(end) and not calendar.is_working(end)
    if counting.last_day is LastDay.POINTED_OUT:
        return _pointed_out(end, calendar, is_off=is_off)
    values = {"basis": counting.basis}
    if is_off:
        return Sentence(
            "末日是休息日：%(basis)s没有写明末日遇休息日是否顺延，这里不顺延（未定）。", values
        )
    return Sentence("%(basis)s没有写明末日遇休息日是否顺延，这里不顺延。", values)


def _pointed_out(end: date, calendar: Calendar, *, is_off: bool) -> Sentence:
    if is_off:
        return Sentence("末日是休息日：规范未写明顺延，不自动延后，宜在此前办理。")
    if calendar.knows(end):
        return Sentence("末日不是休息日。")
    return Sentence("末日不自动顺延。")


def _rolled(end: date, due: date, counting: Counting, calendar: Calendar) -> Sentence:
    values: dict[str, object] = {"basis": counting.basis}
    if due != end:
        off = _days_off(end, due - _ONE_DAY, calendar)
        return Sentence(
            "顺延：末日是休息日（%(off)s），依%(basis)s顺延到 %(due)s。",
            values | {"off": off, "due": shown(due)},
        )
    worked = calendar.moved_from(end)
    if worked:
        return Sentence(
            "末日是工作日（%(holiday)s调休上班），不顺延（%(basis)s）。",
            values | {"holiday": holiday(worked)},
        )
    return Sentence("末日是工作日，不顺延（%(basis)s）。", values)


def another_reading(due: date, other: date) -> Iterator[Sentence]:
    if other != due:
        yield Sentence(
            "未定：延长的期间若自前一期间届满之日起另行计算，则为 %(other)s；"
            "条文没有写明，这里按总长一次计算。",
            {"other": shown(other)},
        )


def it_is_provisional(years: list[int], calendar: Calendar) -> Sentence:
    return Sentence(
        "暂定：%(years)s 年的放假通知尚未载入，只知道周末和%(basis)s所定的节日放假，"
        "调休不明；通知公布后须重算。",
        {"years": Listed(COMMAS, years), "basis": calendar.statutory_basis(years[-1])},
    )


def it_may_move(day: date) -> Sentence:
    return Sentence(
        "注意：%(next)s 年的放假通知尚未载入，它仍可能调整 %(year)s 年 12 月末的日子"
        "（如 2011-12-31、2018-12-29）；未定。",
        {"next": day.year + 1, "year": day.year},
    )


def the_meaning(rule: Rule) -> Sentence:
    meaning = kinds.MEANINGS[rule.kind]
    if rule.kind is Kind.DEADLINE and rule.unit is Unit.HOURS:
        meaning = kinds.MEANING_OF_AN_INSTANT
    return meaning.with_values(to_event=rule.to_event)


def no_due_day(rule: Rule, day: date, calendar: Calendar) -> Sentence:
    """Say why a rule of this kind has no single due day, and what it says instead."""
    span = Span(rule.length, rule.unit)
    dated = rule.unit is not Unit.WORKING_DAYS
    back = rule.kind in kinds.LOOKS_BACK
    reached = shown(moved(day, span, calendar, back=back)) if dated else ""
    return kinds.WITHOUT_DUE_DAY[rule.kind].with_values(
        length=span, reached=reached, start=shown(day), to_event=rule.to_event
    )


def caveats(rule: Rule, unsettled: str | None) -> Iterator[Sentence]:
    """Yield what the reckoning left out and what is not sure about the rule itself."""
    if rule.immediate:
        yield Sentence("条文写“立即”或“及时”，没有固定时数：不得迟延，这里以事件的时刻为准。")
    elif rule.unit is Unit.HOURS:
        yield Sentence(
            "未定：条文若以“始时不计”而自下一整点起算，届满会晚不到一小时；这里取较早者。"
        )
    if rule.kind in kinds.BACKWARD:
        yield Sentence("未定：“前若干日”是否要求其间满若干整日，条文没有写明；宜再提前一日。")
    if rule.excluded_time:
        yield Sentence(
            "未扣除：%(excluded)s依法不计入期间，须按实际天数另加。",
            {"excluded": rule.excluded_time},
        )
    if unsettled:
        yield Sentence("未定：%(unsettled)s。", {"unsettled": unsettled})
    if rule.verified == "recalled":
        yield Sentence("存疑：本条凭记忆录入，未见条文原文，使用前须核对。")
