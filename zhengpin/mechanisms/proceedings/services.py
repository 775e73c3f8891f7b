"""Opening a matter, taking a step, correcting one: one transaction and one ledger entry each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from zhengpin.base import searching
from zhengpin.base.access.duties import DUTIES
from zhengpin.base.access.services import require
from zhengpin.base.ledger import services as ledger
from zhengpin.kernel.procedures import limits_as_json
from zhengpin.mechanisms.proceedings import due_days, errors, queries, register
from zhengpin.mechanisms.proceedings.models import Proceeding, Series, Step
from zhengpin.mechanisms.proceedings.parties import stand
from zhengpin.mechanisms.proceedings.telling import tell_of_correction, tell_of_step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Organization
    from zhengpin.kernel.procedures import Move, Procedure
    from zhengpin.mechanisms.proceedings.particulars import Particulars

_CORRECTED = gettext_noop("更正步骤的日期")


@transaction.atomic
def open_proceeding(
    *,
    procedure_code: str,
    title: str,
    member: Member,
    said: Particulars,
    now: datetime,
    parties: Mapping[str, Organization] | None = None,
) -> Proceeding:
    """Open a matter of a procedure; the member's organization holds it.

    The version of the procedure is the one in force on the day; ``parties`` are the organizations
    in its roles. Raises ProcedureUnknown, PartyMissing, or what a step may be refused for.
    """
    entry = register.in_force(procedure_code, said.on)
    procedure, parties = entry.procedure, parties or {}
    if procedure.roles - parties.keys():
        raise errors.PartyMissing
    said.check_day(now)
    organization = member.organization
    number = _number(entry, organization, said.on.year)
    proceeding = Proceeding.objects.create(
        number=number,
        title=title,
        procedure_code=procedure.code,
        version_on=procedure.in_force_from,
        origin=organization,
        holder=organization,
        region_code=organization.region.code,
        stage=procedure.opening.target,
        is_inside=procedure.stage(procedure.opening.target).inside,
        opened_on=said.on,
        last_on=said.on,
        search=searching.vector(number, title),
    )
    for role, one in parties.items():
        stand(proceeding, role, [one])
    _take(proceeding, procedure.opening, member, said, now)
    return proceeding


@transaction.atomic
def make_move(
    *,
    proceeding: Proceeding,
    move_code: str,
    member: Member,
    said: Particulars,
    now: datetime,
    after: int | None = None,
) -> Step:
    """Take one step of a matter that carries no more than its particulars.

    ``after`` is the last step the member saw; where another came since, MovedMeanwhile is raised.
    Raises MoveNotAllowed, MoveCarriesMore, NotYourMove, DutyMissing, StepOutOfOrder,
    StepInFuture, NoteMissing, InstantNeeded, LimitNotHere, LimitMissing, LimitBeforeStep or
    LimitWithoutSource; nothing is then saved.
    """
    declared = proceeding.procedure.move(move_code)
    if declared is not None and declared.carries:
        raise errors.MoveCarriesMore
    return carry_move(
        proceeding=proceeding, move_code=move_code, member=member, said=said, now=now, after=after
    )


@transaction.atomic
def carry_move(
    *,
    proceeding: Proceeding,
    move_code: str,
    member: Member,
    said: Particulars,
    now: datetime,
    after: int | None = None,
) -> Step:
    """Take any step of a matter: for the service of the mechanism that owns what it carries.

    Raises what ``make_move`` raises, but MoveCarriesMore.
    """
    locked = _locked(proceeding)
    if after is not None and locked.steps.filter(pk__gt=after).exists():
        raise errors.MovedMeanwhile
    onward = {one.code: one for one in locked.procedure.moves_from(locked.stage)}
    if move_code not in onward:
        raise errors.MoveNotAllowed
    said.check_day(now)
    if said.on < locked.last_on:
        raise errors.StepOutOfOrder
    return _take(locked, onward[move_code], member, said, now)


@transaction.atomic
def correct_step(*, step: Step, member: Member, said: Particulars, now: datetime) -> Step:
    """Put right the day of an earlier step by a new one; the wrong day stays readable.

    Only the organization that took the step corrects it, with reasons, between the days of the
    steps before and after. Raises StepNotCorrectable, NothingToCorrect, NotYourMove, NoteMissing,
    InstantNeeded, StepOutOfOrder or StepInFuture.
    """
    locked = _locked(step.proceeding)
    if step.corrects_id is not None:
        raise errors.StepNotCorrectable
    if step.organization_id != member.organization.pk:
        raise errors.NotYourMove
    if not said.reasons:
        raise errors.NoteMissing
    said.check_day(now)
    if said.at is None and queries.needs_instant(locked.procedure, step.move_code):
        raise errors.InstantNeeded
    _check_between(locked, step, said)
    correction = _step(locked, step.move_code, member, said, now, corrects=step)
    _follow_days(locked)
    changes = due_days.refresh(locked, due_days.Reason(_CORRECTED, now))
    ledger.record(
        action="proceedings.correct_step",
        subject=str(locked.uuid),
        member=member.uuid,
        facts={"corrects": step.pk, "step": correction.pk, "on": said.on.isoformat()},
        now=now,
    )
    if changes:
        tell_of_correction(locked, correction, now)
    return correction


def _locked(proceeding: Proceeding) -> Proceeding:
    # No join here: a row whose holder changed while it was waited for would drop out of one.
    return Proceeding.objects.select_for_update().get(pk=proceeding.pk)


def _check_between(proceeding: Proceeding, step: Step, said: Particulars) -> None:
    """Raise unless the corrected day stays between the days of the neighbouring steps."""
    steps = queries.facts_of(proceeding)
    place = next(number for number, one in enumerate(steps) if one.id == step.pk)
    if (steps[place].on, steps[place].at) == (said.on, said.at):
        raise errors.NothingToCorrect
    is_early = place > 0 and steps[place - 1].on > said.on
    is_late = any(one.on < said.on for one in steps[place + 1 : place + 2])
    if is_early or is_late:
        raise errors.StepOutOfOrder


def _follow_days(proceeding: Proceeding) -> None:
    """Repeat on the row what its steps say of days."""
    steps = queries.facts_of(proceeding)
    proceeding.opened_on, proceeding.last_on = steps[0].on, steps[-1].on
    if proceeding.closed_on is not None:
        proceeding.closed_on = steps[-1].on
    proceeding.save(update_fields=["opened_on", "last_on", "closed_on"])


def _take(
    proceeding: Proceeding, move: Move, member: Member, said: Particulars, now: datetime
) -> Step:
    procedure = proceeding.procedure
    if not move.by & queries.roles_of(member, proceeding):
        raise errors.NotYourMove
    if move.duty is not None:
        require(member, DUTIES[move.duty])
    said.check_for(move)
    if said.at is None and queries.needs_instant(procedure, move.code):
        raise errors.InstantNeeded
    if queries.needed_limits(procedure, move) - said.limits.keys():
        raise errors.LimitMissing
    before = None if move.opens else proceeding.stage_declared
    step = _step(proceeding, move.code, member, said, now)
    _advance(proceeding, procedure, move, said)
    due_days.refresh(proceeding)
    ledger.record(
        action=f"{procedure.code}.{move.code}",
        subject=str(proceeding.uuid),
        member=member.uuid,
        facts={**recorded(move, step.pk, said.on, str(proceeding.holder.uuid)), **said.facts},
        now=now,
    )
    tell_of_step(proceeding, step, move, before, now)
    return step


def recorded(move: Move, step: int, on: date, holder: str) -> dict[str, object]:
    """Return what the ledger says of a step; ``holder`` is who holds the matter afterwards."""
    return {
        "step": step,
        "on": on.isoformat(),
        "stage": move.target,
        "holder": holder,
        "basis": str(move.basis or ""),
    }


def _step(
    proceeding: Proceeding,
    move_code: str,
    member: Member,
    said: Particulars,
    now: datetime,
    *,
    corrects: Step | None = None,
) -> Step:
    return Step.objects.create(
        proceeding=proceeding,
        move_code=move_code,
        taken_on=said.on,
        taken_at=said.at,
        member=member,
        organization=member.organization,
        note=said.reasons,
        limits=limits_as_json(said.limits),
        corrects=corrects,
        recorded_at=now,
    )


def _advance(proceeding: Proceeding, procedure: Procedure, move: Move, said: Particulars) -> None:
    stage = procedure.stage(move.target)
    proceeding.stage, proceeding.last_on = move.target, said.on
    proceeding.is_inside, proceeding.closed_on = stage.inside, said.on if stage.final else None
    if move.hands_to is not None:
        standings = proceeding.standings.standing().select_related("organization__region")
        proceeding.holder = standings.get(role=move.hands_to).organization
        proceeding.region_code = proceeding.holder.region.code
    proceeding.save(
        update_fields=["stage", "is_inside", "last_on", "closed_on", "holder", "region_code"]
    )


def _number(entry: register.Entry, organization: Organization, year: int) -> str:
    """Give the next number of a kind, an organization and a year."""
    key = {"organization": organization, "procedure_code": entry.procedure.code, "year": year}
    Series.objects.bulk_create([Series(**key)], ignore_conflicts=True)
    Series.objects.filter(**key).update(last=F("last") + 1)
    last = Series.objects.values_list("last", flat=True).get(**key)
    return entry.number(organization.short_name, year, last)
