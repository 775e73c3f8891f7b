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
from zhengpin.kernel.clocks.days import days_moved_to_work, shown, stretches_off
from zhengpin.kernel.clocks.spans import Span, moved
from zhengpin.kernel.lawdata import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.lawdata import Extension, Rule


def the_rule(rule: Rule) -> str:
    length = "立即" if rule.immediate else str(Span(rule.length, rule.unit))
    return f"依据：{rule.citation}。{rule.from_event}——{length}——{rule.to_event}。"


def the_start(day: date, *, back: bool) -> str:
    if back:
        before = shown(day - timedelta(days=1))
        return (
            f"起算：{shown(day)}是事件之日，不计入，自前一日 {before}起倒推"
            f"（比照{CIVIL_CODE_START}）。"
        )
    after = shown(day + timedelta(days=1))
    return f"起算：{shown(day)}是事件发生之日，不计入，自次日 {after}起算（{CIVIL_CODE_START}）。"


def the_instant(start: datetime) -> str:
    return (
        f"起算：自 {start.isoformat()} 起逐时连续计算，夜间和休息日照计，不顺延"
        f"（{CIVIL_CODE_START}第二款）。"
    )


def the_extensions(taken: tuple[Extension, ...], whole: list[Span]) -> Iterator[str]:
    for number, one in enumerate(taken, 1):
        if one.length is not None and one.unit is not None:
            span = Span(one.length, one.unit)
            yield f"延长：第 {number} 次，{span}（{one.by}：{one.condition}）。"
    if taken:
        yield f"合计：{'又'.join(map(str, whole))}，自事件次日起一次计算。"


def days_left_out(first: date, last: date, calendar: Calendar) -> Iterator[str]:
    """Yield what working days leave out from ``first`` to ``last``, and what they count."""
    off = stretches_off(first, last, calendar)
    if off:
        yield f"不计入的休息日：{'；'.join(map(str, off))}。"
    worked = days_moved_to_work(first, last, calendar)
    if worked:
        yield f"调休上班、计入的日子：{'；'.join(worked)}。"


def the_first_end(start: date, end: date, span: Span, *, back: bool) -> str:
    if span.unit is Unit.WORKING_DAYS:
        return f"第 {span.length} 个工作日是 {shown(end)}。"
    if span.unit is Unit.CALENDAR_DAYS:
        return f"第 {span.length} 日是 {shown(end)}。"
    if end.day != start.day:
        return (
            f"{span}之{'前' if back else '后'}的月份没有 {start.day} 日，"
            f"以月末 {shown(end)}为末日（{CIVIL_CODE_MONTHS}）。"
        )
    return f"{span}之{'前' if back else '后'}的同日是 {shown(end)}（{CIVIL_CODE_MONTHS}）。"


def the_last_day(end: date, due: date, counting: Counting, calendar: Calendar) -> str:
    """Say whether a last day that may be off rolls, by which article."""
    if counting.last_day is LastDay.ROLLS:
        if due != end:
            off = "；".join(map(str, stretches_off(end, due - timedelta(days=1), calendar)))
            return f"顺延：末日是休息日（{off}），依{counting.basis}顺延到 {shown(due)}。"
        worked = calendar.moved_from(end)
        also = f"（{worked}调休上班）" if worked else ""
        return f"末日是工作日{also}，不顺延（{counting.basis}）。"
    is_off = calendar.knows(end) and not calendar.is_working(end)
    where = "末日是休息日" if is_off else "末日"
    if counting.last_day is LastDay.POINTED_OUT:
        hint = "：规范未写明顺延，不自动延后，宜在此前办理" if is_off else "不是休息日"
        return f"{where}{hint if calendar.knows(end) else '不自动顺延'}。"
    sentence = f"{counting.basis}没有写明末日遇休息日是否顺延，这里不顺延"
    return f"{where}：{sentence}（未定）。" if is_off else f"{sentence}。"


def another_reading(due: date, other: date) -> Iterator[str]:
    if other != due:
        yield (
            f"未定：延长的期间若自前一期间届满之日起另行计算，则为 {shown(other)}；"
            "条文没有写明，这里按总长一次计算。"
        )


def it_is_provisional(years: list[int], calendar: Calendar) -> str:
    named = "、".join(map(str, years))
    return (
        f"暂定：{named} 年的放假通知尚未载入，只知道周末和"
        f"{calendar.statutory_basis(years[-1])}所定的节日放假，调休不明；通知公布后须重算。"
    )


def it_may_move(day: date) -> str:
    return (
        f"注意：{day.year + 1} 年的放假通知尚未载入，它仍可能调整 {day.year} 年 12 月末的日子"
        "（如 2011-12-31、2018-12-29）；未定。"
    )


def the_meaning(rule: Rule) -> str:
    moment = "时刻" if rule.unit is Unit.HOURS else "日"
    return f"含义：{kinds.MEANINGS[rule.kind].format(to_event=rule.to_event, moment=moment)}。"


def no_due_day(rule: Rule, day: date, calendar: Calendar) -> str:
    """Say why a rule of this kind has no single due day, and what it says instead."""
    span = Span(rule.length, rule.unit)
    dated = rule.unit is not Unit.WORKING_DAYS
    back = rule.kind in kinds.LOOKS_BACK
    reached = shown(moved(day, span, calendar, back=back)) if dated else ""
    text = kinds.WITHOUT_DUE_DAY[rule.kind]
    return (
        text.format(length=span, reached=reached, start=shown(day), to_event=rule.to_event) + "。"
    )


def caveats(rule: Rule, unsettled: str | None) -> Iterator[str]:
    """Yield what the reckoning left out and what is not sure about the rule itself."""
    if rule.immediate:
        yield "条文写“立即”或“及时”，没有固定时数：不得迟延，这里以事件的时刻为准。"
    elif rule.unit is Unit.HOURS:
        yield "未定：条文若以“始时不计”而自下一整点起算，届满会晚不到一小时；这里取较早者。"
    if rule.kind in kinds.BACKWARD:
        yield "未定：“前若干日”是否要求其间满若干整日，条文没有写明；宜再提前一日。"
    if rule.excluded_time:
        yield f"未扣除：{rule.excluded_time}依法不计入期间，须按实际天数另加。"
    if unsettled:
        yield f"未定：{unsettled}。"
    if rule.verified == "recalled":
        yield "存疑：本条凭记忆录入，未见条文原文，使用前须核对。"
