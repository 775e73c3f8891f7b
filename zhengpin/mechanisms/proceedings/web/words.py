"""What pages call days, states and groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhengpin.kernel.clocks.starts import BEIJING, day_of
from zhengpin.kernel.procedures.readings import State, last_instant
from zhengpin.mechanisms.proceedings.worklist import SOON, Group, Side

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import _StrPromise

    from zhengpin.kernel.errors import DomainError
    from zhengpin.kernel.lawdata import Rule
    from zhengpin.kernel.procedures import Reading
    from zhengpin.mechanisms.proceedings.models import DueChange, DueDay

GROUPS: dict[Group, _StrPromise] = {
    Group.OVERDUE: gettext_lazy("已逾期"),
    Group.TODAY: gettext_lazy("今日到期"),
    Group.WEEK: gettext_lazy("本周到期"),
    Group.LATER: gettext_lazy("以后到期"),
    Group.UNSET: gettext_lazy("未设定期限"),
    Group.PAUSED: gettext_lazy("中止中"),
}
SIDES: dict[Side, _StrPromise] = {
    Side.OURS: gettext_lazy("本单位应办"),
    Side.OTHERS: gettext_lazy("他单位应答复我们"),
    Side.REGION: gettext_lazy("本辖区"),
}
STATES: dict[State, _StrPromise] = {
    State.RUNNING: gettext_lazy("计算中"),
    State.PAUSED: gettext_lazy("中止"),
    State.OVERDUE: gettext_lazy("逾期"),
    State.MET: gettext_lazy("如期"),
    State.MISSED: gettext_lazy("超期完成"),
    State.STOPPED: gettext_lazy("已停止"),
    State.RESTARTED: gettext_lazy("已重新起算"),
}


@dataclass(frozen=True, slots=True)
class Pill:
    """A due day as the component ``due`` shows it."""

    text: str
    state: str = "ok"
    is_guess: bool = False


def pill_of(due: DueDay, now: datetime) -> Pill:
    """Return how a line of the worklist says its day."""
    if due.is_paused:
        return Pill(_("中止"), "said")
    if due.due_at is None or due.due_on is None:
        return Pill("")
    moment: date | datetime = due.due_on
    if due.due_at != last_instant(due.due_on):
        moment = due.due_at
    return _pill(moment, now, is_guess=due.is_provisional)


def _pill(moment: date | datetime, now: datetime, *, is_guess: bool) -> Pill:
    until = last_instant(moment)
    if until <= now:
        return Pill(_late(now - until, moment), "late", is_guess)
    state = "soon" if until - now <= SOON else "ok"
    return Pill(_day(moment, now), state, is_guess)


def _late(by: timedelta, moment: date | datetime) -> str:
    """Say how long it is overdue: days that have begun, hours where hours are counted."""
    hours = by // timedelta(hours=1)
    if isinstance(moment, datetime) and hours < 24:
        return _("逾期 %(n)s 小时") % {"n": max(hours, 1)}
    return _("逾期 %(n)s 日") % {"n": by.days + (not isinstance(moment, datetime))}


def _day(moment: date | datetime, now: datetime) -> str:
    today, day = now.astimezone(BEIJING).date(), day_of(moment)
    names = {today: _("今日"), today + timedelta(days=1): _("明日")}
    said = names.get(day) or date_format(
        day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT"
    )
    if isinstance(moment, datetime):
        return f"{said} {moment.astimezone(BEIJING):%H:%M}"
    return said


def day_said(passed_at: datetime | None) -> str:
    """Say the last day, or instant, that has passed at ``passed_at``; none is 未设定."""
    if passed_at is None:
        return _("未设定")
    at = passed_at.astimezone(BEIJING)
    day = at.date() - timedelta(days=1)
    if passed_at == last_instant(day):
        return date_format(day, "DATE_FORMAT")
    return date_format(at, "DATETIME_FORMAT")


def change_shown(one: DueChange) -> dict[str, object]:
    """Return how a page says that a last day came out otherwise, and why."""
    return {
        "clock": _(one.proceeding.procedure.clock(one.clock_code).title),
        "because": _(one.because),
        "before": day_said(one.before_at),
        "after": day_said(one.after_at),
        "is_provisional": one.is_provisional,
        "changed_at": one.changed_at,
    }


def pill_of_reading(reading: Reading, now: datetime) -> Pill:
    """Return how the page of a matter says the state of one run of a clock."""
    if reading.state is State.PAUSED:
        return Pill(_("中止"), "said")
    if reading.is_open:
        if reading.due is None:
            return Pill("")
        return _pill(reading.due, now, is_guess=reading.provisional)
    states = {State.MET: "ok", State.MISSED: "late"}
    return Pill(str(STATES[reading.state]), states.get(reading.state, "none"))


def law_address(rule: Rule | None) -> str:
    """Return where a rule can be read, or "" where no page shows the law."""
    if rule is None:
        return ""
    try:
        return reverse("lawbase:rule", args=[rule.id])
    except NoReverseMatch:
        return ""


def sentence(error: DomainError) -> str:
    """Return a refusal in the language of the page."""
    return _(str(error))
