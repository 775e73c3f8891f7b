"""Which matters a member may see, what can be done with one, and how its clocks stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from zhengpin.base.access.duties import DUTIES, OVERSEE
from zhengpin.kernel.lawdata import Unit
from zhengpin.kernel.procedures import in_effect, read_clocks
from zhengpin.kernel.procedures.model import HOLDER
from zhengpin.mechanisms.proceedings import law
from zhengpin.mechanisms.proceedings.duties import COORDINATE
from zhengpin.mechanisms.proceedings.models import Proceeding, Standing
from zhengpin.mechanisms.proceedings.register import coordinated_codes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.procedures import Fact, Move, Procedure, Reading
    from zhengpin.mechanisms.proceedings.models import ProceedingQuerySet, Step


def proceedings_for(member: Member) -> ProceedingQuerySet:
    """Return the matters a member may see: the only way pages and the API reach one.

    Its organization holds them or stands in a role of them; a post that oversees sees all of its
    jurisdiction, one that coordinates those whose procedure is coordinated.
    """
    seen = Proceeding.objects.filter(seen_by(member))
    return seen.select_related("holder__region").defer("search")


def seen_by(member: Member, through: str = "") -> Q:
    """Return the predicate itself; ``through`` leads to the proceeding from what hangs on it."""
    organization = member.organization
    standing = Standing.objects.filter(
        proceeding=OuterRef(f"{through}pk"), organization=organization
    )
    seen = Q((f"{through}holder", organization)) | Q(Exists(standing))
    inside = Q((f"{through}region_code__startswith", member.region_prefix))
    if member.holds(OVERSEE):
        return seen | inside
    if member.holds(COORDINATE):
        return seen | (inside & Q((f"{through}procedure_code__in", coordinated_codes())))
    return seen


def facts_of(proceeding: Proceeding) -> tuple[Fact, ...]:
    """Return the steps in effect, each on its corrected day. One query."""
    return in_effect(step.as_fact() for step in proceeding.steps.order_by("pk"))


def readings_of(proceeding: Proceeding, *, now: datetime) -> tuple[Reading, ...]:
    """Read every clock of a matter that has started; computed from the steps each time."""
    return read(proceeding, proceeding.steps.order_by("pk"), now=now)


def read(proceeding: Proceeding, steps: Iterable[Step], *, now: datetime) -> tuple[Reading, ...]:
    """Read the clocks of a matter from these steps of it; no query."""
    return read_clocks(
        proceeding.procedure,
        in_effect(step.as_fact() for step in steps),
        now=now,
        rules=law.rules(),
        calendar=law.calendar(),
    )


def roles_of(member: Member, proceeding: Proceeding) -> frozenset[str]:
    """Return the roles in which a member's organization takes part in a matter."""
    organization = member.organization
    named = proceeding.standings.filter(organization=organization).values_list("role", flat=True)
    held = {HOLDER} if proceeding.holder_id == organization.pk else set[str]()
    return frozenset({*named, *held})


def moves_for(member: Member, proceeding: Proceeding) -> tuple[Move, ...]:
    """Return the moves a member may take now."""
    return moves_in(member, proceeding, roles_of(member, proceeding))


def moves_in(member: Member, proceeding: Proceeding, roles: frozenset[str]) -> tuple[Move, ...]:
    """Return the moves a member may take now in these roles; no query."""
    return tuple(
        move
        for move in proceeding.procedure.moves_from(proceeding.stage)
        if move.by & roles and (move.duty is None or member.holds(DUTIES[move.duty]))
    )


def roles_in(member: Member, proceedings: Iterable[Proceeding]) -> dict[int, frozenset[str]]:
    """Return the roles of a member's organization in each of these matters. One query."""
    roles: dict[int, set[str]] = {
        one.pk: {HOLDER} if one.holder_id == member.organization.pk else set()
        for one in proceedings
    }
    standings = Standing.objects.filter(organization=member.organization, proceeding__in=roles)
    for pk, role in standings.values_list("proceeding_id", "role"):
        roles[pk].add(role)
    return {pk: frozenset(named) for pk, named in roles.items()}


def needs_instant(procedure: Procedure, move_code: str) -> bool:
    """Tell whether a clock in hours begins, ends or rests with this move."""
    rules = law.rules()
    return any(
        clock.rule is not None
        and rules[clock.rule].unit is Unit.HOURS
        and move_code in clock.starts_on | clock.stops_on | clock.pauses_on | clock.resumes_on
        for clock in procedure.clocks
    )


def needed_limits(procedure: Procedure, move: Move) -> set[str]:
    """Return the clocks that this move extends and whose extension the law leaves undefined."""
    rules = law.rules()
    return {
        clock.code
        for clock in procedure.clocks
        if move.code in clock.extends_on
        and clock.rule is not None
        and not rules[clock.rule].definite_extensions
    }
