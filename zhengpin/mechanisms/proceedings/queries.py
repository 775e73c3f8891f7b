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
    from zhengpin.base.lawbase.law import Law
    from zhengpin.kernel.procedures import Fact, Move, Procedure, Reading
    from zhengpin.mechanisms.proceedings.models import ProceedingQuerySet, Step


def proceedings_for(member: Member) -> ProceedingQuerySet:
    """Return the matters a member may see: the only way pages and the API reach one.

    Its organization holds them or stands in a role of them; a post that oversees sees all of its
    jurisdiction, one that coordinates those whose procedure is coordinated. In an inside stage
    only the holder sees them, and overseers do.
    """
    seen = Proceeding.objects.filter(seen_by(member))
    return seen.select_related("holder__region").defer("search")


def seen_by(member: Member, through: str = "") -> Q:
    """Return the predicate itself; ``through`` leads to the proceeding from what hangs on it."""
    organization, matter = member.organization, OuterRef(f"{through}pk")
    # Said twice, so that a list of fifty asks for each row: else the database first gathers all
    # that the organization ever stood in.
    standing = Standing.objects.filter(
        proceeding=matter, organization=organization, proceeding__lte=matter
    )
    held = Q((f"{through}holder", organization))
    around = Q((f"{through}region_code__startswith", member.region_prefix))
    shared = Q(Exists(standing))
    if member.holds(OVERSEE):
        return held | shared | around
    if member.holds(COORDINATE):
        shared |= around & Q((f"{through}procedure_code__in", coordinated_codes()))
    return held | (shared & Q((f"{through}is_inside", False)))


def steps_for(
    member: Member, proceeding: Proceeding, steps: Iterable[Step] | None = None
) -> list[Step]:
    """Return the steps of a matter that a member reads, in the order they were taken.

    Steps into an inside stage are read by the organization that took them and by overseers; one
    that stands in no role any more reads on to the step that ended that. ``steps`` are all of
    them, where they are at hand.
    """
    taken = list(proceeding.steps.order_by("pk") if steps is None else steps)
    if member.holds(OVERSEE):
        return taken
    own, procedure = member.organization.pk, proceeding.procedure
    inside = {move.code for move in procedure.moves if procedure.stage(move.target).inside}
    last = reads_to(member, [proceeding]).get(proceeding.pk)
    return [
        one
        for one in taken
        if one.organization_id == own
        or (one.move_code not in inside and (last is None or one.pk <= last))
    ]


def reads_to(member: Member, proceedings: Iterable[Proceeding]) -> dict[int, int]:
    """Return the last step a member reads of each of these matters it has left. One query.

    It left a matter when all roles of its organization in it ended; what happened later, who
    holds it and how its clocks stand, are not its affair. Whoever sees the matter for its region
    goes on seeing all of it.
    """
    left = [one for one in proceedings if not _is_near(member, one)]
    stood = Standing.objects.filter(organization=member.organization, proceeding__in=left)
    ends: dict[int, list[int | None]] = {}
    for pk, ended_by in stood.values_list("proceeding_id", "ended_by_id"):
        ends.setdefault(pk, []).append(ended_by)
    return {
        pk: max(one for one in steps if one is not None)
        for pk, steps in ends.items()
        if None not in steps
    }


def counted_for(
    member: Member, proceeding: Proceeding, taken: Iterable[Step]
) -> tuple[bool, list[Step]]:
    """Tell whether a member has left a matter, and return the steps its clocks are read from.

    They are ``taken``, all of them, up to the last the member reads. One query.
    """
    last = reads_to(member, [proceeding]).get(proceeding.pk)
    return last is not None, [one for one in taken if last is None or one.pk <= last]


def _is_near(member: Member, matter: Proceeding) -> bool:
    """Tell whether a member's organization holds a matter, or its post sees it by its region."""
    if matter.holder_id == member.organization.pk:
        return True
    is_around = matter.region_code.startswith(member.region_prefix)
    coordinates = member.holds(COORDINATE) and matter.procedure_code in coordinated_codes()
    return is_around and (member.holds(OVERSEE) or coordinates)


def facts_of(proceeding: Proceeding) -> tuple[Fact, ...]:
    """Return the steps in effect, each on its corrected day. One query."""
    return in_effect(step.as_fact() for step in proceeding.steps.order_by("pk"))


def readings_of(proceeding: Proceeding, *, now: datetime) -> tuple[Reading, ...]:
    """Read every clock of a matter that has started; computed from the steps each time."""
    return read(proceeding, proceeding.steps.order_by("pk"), now=now)


def read(
    proceeding: Proceeding, steps: Iterable[Step], *, now: datetime, known: Law | None = None
) -> tuple[Reading, ...]:
    """Read the clocks of a matter from these steps of it, by the law as it stands."""
    known = known or law.current()
    return read_clocks(
        proceeding.procedure,
        in_effect(step.as_fact() for step in steps),
        now=now,
        rules=known.table.rules,
        calendar=known.calendar,
    )


def roles_of(member: Member, proceeding: Proceeding) -> frozenset[str]:
    """Return the roles in which a member's organization takes part in a matter."""
    organization = member.organization
    standings = proceeding.standings.standing().filter(organization=organization)
    named = standings.values_list("role", flat=True)
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
    standings = Standing.objects.standing().filter(
        organization=member.organization, proceeding__in=roles
    )
    for pk, role in standings.values_list("proceeding_id", "role"):
        roles[pk].add(role)
    return {pk: frozenset(named) for pk, named in roles.items()}


def needs_instant(procedure: Procedure, move_code: str, known: Law | None = None) -> bool:
    """Tell whether a clock in hours begins, ends or rests with this move.

    ``known`` is the law as it stands, where it is at hand.
    """
    timed = [
        one.rule
        for one in procedure.clocks
        if one.rule is not None
        and move_code in one.starts_on | one.stops_on | one.pauses_on | one.resumes_on
    ]
    rules = (known or law.current()).table.rules if timed else {}
    return any(rules[one].unit is Unit.HOURS for one in timed)


def needed_limits(procedure: Procedure, move: Move, known: Law | None = None) -> set[str]:
    """Return the clocks that this move extends and whose extension the law leaves undefined."""
    extended = {
        one.code: one.rule
        for one in procedure.clocks
        if one.rule is not None and move.code in one.extends_on
    }
    rules = (known or law.current()).table.rules if extended else {}
    return {code for code, one in extended.items() if not rules[one].definite_extensions}
