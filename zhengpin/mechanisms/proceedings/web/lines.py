"""Lines of the worklist as rows, put together here and not in a template.

A page has dozens of them, and a template takes five times as long. What comes from a matter or
from the law is escaped.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from zhengpin.mechanisms.proceedings.web.words import pill_of
from zhengpin.mechanisms.proceedings.worklist import Group, Line, Side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.utils.safestring import SafeString

    from zhengpin.mechanisms.proceedings.models import DueDay
    from zhengpin.mechanisms.proceedings.web.words import Pill

_PRESSING = frozenset({Group.OVERDUE, Group.TODAY})


def as_rows(lines: Iterable[Line], side: Side, now: datetime) -> SafeString:
    """Return lines as the rows of a table: the day, the matter, the parties, what can be done."""
    return mark_safe("\n".join(_row(one, side, now) for one in lines))  # noqa: S308 — escaped


def _row(line: Line, side: Side, now: datetime) -> str:
    due, matter = line.due, line.due.proceeding
    address, number = f"{_place()}{matter.uuid}", escape(matter.number)
    owes, party = escape(due.owed_by.short_name), escape(_party(due, side))
    started = _("%(day)s 起算") % {"day": date_format(due.started_on, "SHORT_DATE_FORMAT")}
    return (
        f'<tr><td class="tight day">{_as_pill(pill_of(due, now))}</td>'
        f'<td><a href="{address}">{escape(_(line.clock.title))}：{escape(matter.title)}</a>'
        f'{_ground(due)}<small class="slim">{number} · {owes}</small></td>'
        f'<td class="wide from"><small>{number}<br>{party} · {started}</small></td>'
        f'<td class="num wide">{_moves(line, address)}</td></tr>'
    )


@cache
def _place() -> str:
    """Return what the addresses of all matters begin with; each is looked up slowly."""
    nil = UUID(int=0)
    return reverse("proceedings:detail", args=[nil]).removesuffix(str(nil))


def _as_pill(pill: Pill) -> str:
    """Return a due day as the component ``due`` does."""
    if not pill.text:
        return f'<span class="due none">{_("未设定")}</span>'
    guess = f" <i>{_('暂定')}</i>" if pill.is_guess else ""
    return f'<span class="due {pill.state}">{escape(pill.text)}{guess}</span>'


def _ground(due: DueDay) -> str:
    if due.citation:
        return f'<p class="law" lang="zh-Hans">{escape(due.citation)}</p>'
    return f"<br><small>{_('没有法律规定，也没有文件定下日期')}</small>"


def _party(due: DueDay, side: Side) -> str:
    """Say who owes, or who waits, or who holds the matter."""
    if side is not Side.OURS:
        return _("应办：%(name)s") % {"name": due.owed_by.short_name}
    if due.owed_to is not None:
        return _("等候：%(name)s") % {"name": due.owed_to.short_name}
    return _("持有：%(name)s") % {"name": due.proceeding.holder.short_name}


def _moves(line: Line, address: str) -> str:
    stage = line.due.proceeding.procedure.stage
    onward = [one for one in line.moves if not stage(one.target).aside]
    if not onward:  # what only leads off the way, as a withdrawal, is for the page of the matter
        return f'<a class="btn small" href="{address}">{_("查看")}</a>'
    first, count = onward[0], len(line.moves)
    main = " main" if line.group in _PRESSING else ""
    more = f"<br><small>{_('可办 %(n)s 步') % {'n': count}}</small>" if count > 1 else ""
    place = f"{address}#move-{first.code}"
    return f'<a class="btn small{main}" href="{place}">{escape(_(first.title))}</a>{more}'
