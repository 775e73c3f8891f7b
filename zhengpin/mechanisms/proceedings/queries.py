"""Which matters a member may see, what can be done with one, and how its clocks stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from zhengpin.base.access.duties import DUTIES, OVERSEE
from zhengpin.kernel.procedures import in_effect, read_clocks
from zhengpin.kernel.procedures.model import HOLDER
from zhengpin.mechanisms.proceedings import law
from zhengpin.mechanisms.proceedings.duties import COORDINATE
from zhengpin.mechanisms.proceedings.models import Proceeding, Standing
from zhengpin.mechanisms.proceedings.register import coordinated_codes

if TYPE_CHECKING:
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.procedures import Fact, Move, Reading
    from zhengpin.mechanisms.proceedings.models import ProceedingQuerySet


def proceedings_for(member: Member) -> ProceedingQuerySet:
    """Return the matters a member may see: the only way pages and the API reach one.

    Its organization holds them or stands in a role of them; a post that oversees sees all of its
    jurisdiction, one that coordinates those whose procedure is coordinated.
    """
    return Proceeding.objects.filter(seen_by(member)).select_related("holder__region")


def seen_by(member: Member) -> Q:
    """Return the predicate itself, for what hangs on a proceeding."""
    organization = member.organization
    standing = Standing.objects.filter(proceeding=OuterRef("pk"), organization=organization)
    seen = Q(holder=organization) | Q(Exists(standing))
    inside = Q(region_code__startswith=member.region_prefix)
    if member.holds(OVERSEE):
        return seen | inside
    if member.holds(COORDINATE):
        return seen | (inside & Q(procedure_code__in=coordinated_codes()))
    return seen


def facts_of(proceeding: Proceeding) -> tuple[Fact, ...]:
    """Return the steps in effect, each on its corrected day. One query."""
    return in_effect(step.as_fact() for step in proceeding.steps.order_by("pk"))


def readings_of(proceeding: Proceeding, *, now: datetime) -> tuple[Reading, ...]:
    """Read every clock of a matter that has started; computed from the steps each time."""
    return read_clocks(
        proceeding.procedure,
        facts_of(proceeding),
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
    roles = roles_of(member, proceeding)
    return tuple(
        move
        for move in proceeding.procedure.moves_from(proceeding.stage)
        if move.by & roles and (move.duty is None or member.holds(DUTIES[move.duty]))
    )
