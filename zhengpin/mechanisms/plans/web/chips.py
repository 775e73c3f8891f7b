"""Units, roles and stages as chips, put together here and not in templates.

A list has hundreds of them, and a template spends most of a page on each. What comes from the
document is escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from zhengpin.kernel.plantext.model import Role
from zhengpin.mechanisms.plans.models import Instrument
from zhengpin.mechanisms.plans.web.words import ROLES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from zhengpin.mechanisms.plans.models import ClauseUnit, Plan
    from zhengpin.mechanisms.plans.queries import UnitRead

_STATUS_KINDS: dict[str, str] = {
    Instrument.Status.IN_FORCE: "ok",
    Instrument.Status.REVISED: "soon",
    Instrument.Status.REPEALED: "late",
    Instrument.Status.NOT_YET: "soon",
}


def units_as_chips(units: Iterable[ClauseUnit | UnitRead], *, is_open: bool = False) -> SafeString:
    """Return units in their order; ``is_open``: the list ends with 等."""
    chips = [_unit(one) for one in units] or [f'<span class="soft">{_("没有单位")}</span>']
    if is_open:
        chips.append(_noted("tag", "等", _("名单没有列全")))
    return mark_safe("".join(chips))  # noqa: S308 — escaped


def _unit(unit: ClauseUnit | UnitRead) -> str:
    if unit.is_collective:
        return f'<span class="chip tag">{escape(unit.name)}</span>'
    if unit.organization_id is None:
        return _noted("odd", unit.name, _("没有对应到单位"))
    if unit.role == Role.LEAD:
        return _noted("lead", unit.name, _("牵头"))
    kind = "chip lead" if unit.role == Role.SOLE else "chip"
    return f'<span class="{kind}">{escape(unit.name)}</span>'


def _noted(kind: str, text: str, note: str) -> str:
    """Return a chip with a note that is read aloud and shown when pointed at."""
    said = f'<span class="sr">（{note}）</span>'
    return f'<span class="chip {kind}" title="{note}">{escape(text)}{said}</span>'


def role_as_chip(role: str) -> SafeString:
    kind = "chip" if role == Role.MEMBER else "chip lead"
    return mark_safe(f'<span class="{kind}">{ROLES.get(role, escape(role))}</span>')  # noqa: S308


def stage_as_chip(plan: Plan) -> SafeString:
    kind, said = ("ok", _("已核定")) if plan.is_confirmed else ("soon", _("核对中"))
    return mark_safe(f'<span class="due {kind}">{said}</span>')  # noqa: S308 — our own words


def status_as_chip(status: str) -> SafeString:
    """Return how an instrument stands; what is repealed or revised stands out."""
    said = STATUSES.get(status, escape(status))
    kind = _STATUS_KINDS.get(status, "none")
    return mark_safe(f'<span class="due {kind}">{said}</span>')  # noqa: S308 — our own words


def due_as_pill(due: str) -> SafeString:
    """Return a time limit as the source says it; see ``components/due.html``."""
    if due:
        return mark_safe(f'<span class="due said">{escape(due)}</span>')  # noqa: S308 — escaped
    return mark_safe(f'<span class="due none">{_("未设定")}</span>')  # noqa: S308 — our own words
