"""Who is told when a matter moves: whose turn it is, whom it is shown to, all of its end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef

from zhengpin.base.access.duties import DUTIES
from zhengpin.base.notices.services import About, send
from zhengpin.kernel.procedures.model import HOLDER
from zhengpin.mechanisms.proceedings import notices
from zhengpin.mechanisms.proceedings.duties import HANDLE
from zhengpin.mechanisms.proceedings.models import DueChange, DueDay

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhengpin.base.access.duties import Duty
    from zhengpin.base.notices.kinds import NoticeKind
    from zhengpin.kernel.procedures import Move, Stage
    from zhengpin.mechanisms.proceedings.models import Proceeding, Recomputation, Step


def tell_of_step(
    proceeding: Proceeding, step: Step, move: Move, before: Stage | None, now: datetime
) -> None:
    """Tell whom a step concerns, in its transaction; ``before`` is the stage it left, if any.

    Colleagues who might have taken the step themselves are not told of it.
    """
    if move.quiet:
        return
    stage, roles = proceeding.procedure.stage(move.target), _roles(proceeding)
    turned: set[int] = set()
    for duty, organizations in _turns(proceeding, step, move, roles).items():
        _tell(notices.TURN, organizations, duty, proceeding, step, now)
        turned |= organizations
    others = set[int]().union(*roles.values()) - turned - {step.organization_id}
    was_inside = before is None or before.inside
    if stage.inside or not others:
        return
    if stage.final:
        _tell(notices.CLOSED, others, HANDLE, proceeding, step, now)
    elif was_inside:
        _tell(notices.SHARED, others, HANDLE, proceeding, step, now)


def tell_of_correction(proceeding: Proceeding, correction: Step, now: datetime) -> None:
    """Tell all who take part that the day of a step was put right and a last day moved by it."""
    parts = set[int]().union(*_roles(proceeding).values())
    organizations = {proceeding.holder_id} if proceeding.is_inside else parts
    _tell(notices.CORRECTED, organizations, HANDLE, proceeding, correction, now)


def tell_of_recomputation(run: Recomputation, now: datetime) -> None:
    """Tell the organizations whose own or awaited last days a run moved, each of how many."""
    moved = DueChange.objects.filter(
        recomputation=run, proceeding=OuterRef("proceeding"), clock_code=OuterRef("clock_code")
    )
    counts: Counter[int] = Counter()
    for side in ("owed_by", "owed_to"):
        days = DueDay.objects.filter(Exists(moved), **{f"{side}__isnull": False})
        counts.update(dict(days.values_list(side).annotate(n=Count("pk"))))
    by_count: dict[int, set[int]] = {}
    for organization, count in counts.items():
        by_count.setdefault(count, set()).add(organization)
    for count, organizations in by_count.items():
        send(
            to=notices.members_of(organizations, HANDLE, now),
            kind=notices.LAW_CHANGED,
            key=str(run.uuid),
            about=About(f"/worklist/changes/{run.uuid}", f"{run.because}（{count} 项）"),
            now=now,
        )


def _tell(
    kind: NoticeKind,
    organizations: set[int],
    duty: Duty,
    proceeding: Proceeding,
    step: Step,
    now: datetime,
) -> None:
    members = notices.members_of(organizations, duty, now)
    notices.tell(kind, members, proceeding, key=step.pk, by=step.member, now=now)


def _roles(proceeding: Proceeding) -> dict[str, set[int]]:
    """Return the organizations in each role of a matter, but those that stand for persons."""
    roles = {HOLDER: {proceeding.holder_id}}
    standings = proceeding.standings.standing().exclude(role__in=proceeding.procedure.told_apart)
    for role, organization in standings.values_list("role", "organization_id"):
        roles.setdefault(role, set()).add(organization)
    return roles


def _turns(
    proceeding: Proceeding, step: Step, taken: Move, roles: Mapping[str, set[int]]
) -> dict[Duty, set[int]]:
    """Return which organizations the matter waits for now, by the duty it takes to go on."""
    procedure = proceeding.procedure
    turns: dict[Duty, set[int]] = {}
    for move in procedure.moves_from(taken.target):
        if procedure.stage(move.target).aside:
            continue
        waited_for = set[int]().union(*(roles.get(role, set()) for role in move.by))
        if move.duty == taken.duty:
            waited_for -= {step.organization_id}
        if waited_for:
            turns.setdefault(DUTIES[move.duty or HANDLE.code], set()).update(waited_for)
    return turns
