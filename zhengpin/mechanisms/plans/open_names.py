"""The problems about names: one for each that means no organization, where it first stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from zhengpin.mechanisms.plans import kinds
from zhengpin.mechanisms.plans.models import ClauseUnit, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Plan

_PUT_RIGHT = "责任单位已经更正"


def settle(problems: Iterable[Problem], settlement: str, member: Member, now: datetime) -> None:
    """Settle those of ``problems`` that are still open."""
    Problem.objects.filter(pk__in=[one.pk for one in problems], settled_at__isnull=True).update(
        settlement=settlement, settled_by=member, settled_at=now
    )


def follow(plan: Plan, member: Member, now: datetime) -> None:
    """Let the problems about names follow a change of units.

    A problem moves to the next place of its name; it is settled where the name is gone or means
    an organization now; a name without organization that nobody was asked about gets one.
    """
    units = list(
        ClauseUnit.objects.filter(clause__plan=plan, is_collective=False)
        .select_related("clause")
        .order_by("clause__order", "order")
    )
    named = _first_of_each(units)
    open_names = _first_of_each(unit for unit in units if unit.organization_id is None)
    problems = list(plan.problems.filter(code__in=kinds.ABOUT_ORGANIZATIONS + kinds.ABOUT_NAMES))
    gone = []
    for problem in problems:
        asked = open_names if problem.code in kinds.ABOUT_ORGANIZATIONS else named
        unit = asked.get(problem.about)
        if unit is None:
            gone.append(problem)
        elif problem.unit_id != unit.pk:
            problem.unit, problem.clause = unit, unit.clause
    Problem.objects.bulk_update(problems, ["unit", "clause"])
    settle(gone, _PUT_RIGHT, member, now)
    known = {one.about for one in problems if one.code in kinds.ABOUT_ORGANIZATIONS}
    _ask(plan, [unit for full, unit in open_names.items() if full not in known])


def _first_of_each(units: Iterable[ClauseUnit]) -> dict[str, ClauseUnit]:
    first: dict[str, ClauseUnit] = {}
    for unit in units:
        first.setdefault(unit.full, unit)
    return first


def _ask(plan: Plan, units: Iterable[ClauseUnit]) -> None:
    last = plan.problems.aggregate(last=Max("order"))["last"] or 0
    Problem.objects.bulk_create(
        Problem(
            plan=plan, clause=unit.clause, unit=unit, order=order, code=kinds.UNRESOLVED,
            about=unit.full, message=f"“{unit.full}”还没有对应的单位，请选定单位。",
            **_line(plan, unit.clause.start),
        )
        for order, unit in enumerate(units, start=last + 1)
    )  # fmt: skip


def _line(plan: Plan, offset: int) -> dict[str, int]:
    """Return the line of the source that holds ``offset``."""
    text = plan.source_text
    end = text.find("\n", offset)
    return {
        "line": text.count("\n", 0, offset) + 1,
        "start": text.rfind("\n", 0, offset) + 1,
        "end": len(text) if end < 0 else end + 1,
    }
