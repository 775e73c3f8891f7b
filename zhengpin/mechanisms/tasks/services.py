"""Assigning, dividing, reporting and handing over tasks: one ledger entry for each act.

Verifying, giving back, waiting, fixing a day and ending carry nothing of a task: they are the
engine's own steps.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from zhengpin.base.access.services import require
from zhengpin.base.jobs import services as jobs
from zhengpin.base.ledger import services as ledger
from zhengpin.base.notices.services import About, send
from zhengpin.base.organizations.models import Organization
from zhengpin.kernel.plantext.model import Role
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.duties import HANDLE
from zhengpin.mechanisms.proceedings.models import Proceeding
from zhengpin.mechanisms.proceedings.notices import TURN, members_of, tell
from zhengpin.mechanisms.proceedings.parties import end, stand
from zhengpin.mechanisms.tasks import errors, evidence, queries
from zhengpin.mechanisms.tasks.evidence import Given
from zhengpin.mechanisms.tasks.models import Task
from zhengpin.mechanisms.tasks.notices import ASSIGNED, OWNED
from zhengpin.mechanisms.tasks.procedure import DUE, LEAD, OFFICE, RESPONSIBLE, TASK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.procedures import Limit
    from zhengpin.mechanisms.plans.models import Clause, ClauseUnit
    from zhengpin.mechanisms.proceedings.models import Step
    from zhengpin.mechanisms.proceedings.particulars import Particulars

_NOTHING = Given()
_LONGEST_TITLE = 200


@transaction.atomic
def assign_clause(
    *,
    clause: Clause,
    member: Member,
    said: Particulars,
    now: datetime,
) -> list[Task]:
    """Give each organization a clause names its task; those that have one keep it.

    Members of a clause are seen by whoever leads it. An organization is told once of a plan.
    ``said.limits`` may fix the last day. Raises PlanNotConfirmed, NotPlanHolder, DueBeforePlan, or
    what the opening step is refused for.
    """
    plan = _held(clause.plan_id, member)
    _check_after_plan(plan, said)
    units = list(queries.unassigned(plan).filter(clause=clause).select_related("organization"))
    leads = _leads(clause)
    by_organization = {one.organization_id: one for one in reversed(units)}
    tasks = [
        _open(plan, clause, one, leads, member, said, now)
        for one in reversed(by_organization.values())
    ]
    send(
        to=members_of((one.organization_id for one in tasks), HANDLE, now),
        kind=ASSIGNED,
        key=str(plan.uuid),
        about=About(f"/tasks/plans/{plan.uuid}", str(plan), plan.uuid),
        by=member,
        now=now,
    )
    return tasks


def _leads(clause: Clause) -> list[Organization]:
    """Return the organizations that lead a clause; none where units share by duty."""
    named = clause.units.filter(role=Role.LEAD.value, organization__isnull=False)
    return list(Organization.objects.filter(pk__in=named.values("organization")).order_by("pk"))


def _open(
    plan: Plan,
    clause: Clause,
    unit: ClauseUnit,
    leads: Sequence[Organization],
    member: Member,
    said: Particulars,
    now: datetime,
) -> Task:
    organization = unit.organization
    if organization is None:
        raise errors.NothingToAssign
    proceeding = engine.open_proceeding(
        procedure_code=TASK.code,
        title=_title(clause.text),
        member=member,
        said=said,
        now=now,
        parties={
            OFFICE: plan.organization,
            RESPONSIBLE: organization,
            LEAD: leads[0] if leads else organization,
        },
    )
    stand(proceeding, LEAD, leads[1:])
    return Task.objects.create(
        proceeding=proceeding,
        plan=plan,
        clause=clause,
        organization=organization,
        role=unit.role,
    )


def _title(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_TITLE]


def assign_plan(*, plan: Plan, member: Member, said: Particulars, now: datetime) -> int:
    """Give every organization that a plan names its tasks, clause by clause; return how many.

    Each clause is a transaction of its own: what was cut off goes on where it was. Raises what
    ``assign_clause`` raises.
    """
    waiting = queries.unassigned(plan).values("clause")
    clauses = plan.clauses.filter(pk__in=waiting).defer("search").order_by("order")
    return sum(
        len(assign_clause(clause=one, member=member, said=said, now=now)) for one in clauses
    )


@transaction.atomic
def order_assigning(*, plan: Plan, member: Member) -> None:
    """Have the tasks of a plan assigned soon, by the worker.

    Raises DutyMissing, NotPlanHolder, PlanNotConfirmed or NothingToAssign.
    """
    require(member, HANDLE)
    held = _held(plan.pk, member)
    if not queries.unassigned(held).exists():
        raise errors.NothingToAssign
    jobs.defer("tasks.assign", plan=held.pk, member=member.pk)


@transaction.atomic
def divide(
    *,
    task: Task,
    title: str,
    organization: Organization,
    owner: Member | None,
    member: Member,
    said: Particulars,
    now: datetime,
) -> Task:
    """Make a part of a task that the member's organization owes: for itself or one below it.

    Whoever owes the whole verifies the part. Raises TitleMissing, NotYourTask, TaskNotOpen,
    ReceiverOutOfReach, OwnerElsewhere, DueBeforePlan or DueAfterParent.
    """
    task = _locked(task)
    ours = member.organization
    if not title.strip():
        raise errors.TitleMissing
    if task.organization_id != ours.pk or task.proceeding.holder_id != ours.pk:
        raise errors.NotYourTask
    if task.proceeding.stage != "working":
        raise errors.TaskNotOpen
    if organization.pk != ours.pk and not ours.region.contains(organization.region):
        raise errors.ReceiverOutOfReach
    _check_owner(owner, organization)
    _check_after_plan(task.plan, said)
    whole = task.proceeding.due_days.filter(clock_code=DUE).first()
    limit = said.limits.get(DUE)
    if limit and whole and whole.due_on and limit.due > whole.due_on:
        raise errors.DueAfterParent
    proceeding = engine.open_proceeding(
        procedure_code=TASK.code,
        title=_title(title),
        member=member,
        said=said,
        now=now,
        parties={OFFICE: ours, RESPONSIBLE: organization, LEAD: ours},
    )
    told = members_of([organization.pk], HANDLE, now) if owner is None else [owner]
    tell(TURN if owner is None else OWNED, told, proceeding, key="divided", by=member, now=now)
    return Task.objects.create(
        proceeding=proceeding,
        plan=task.plan,
        clause=task.clause,
        parent=task,
        organization=organization,
        role=task.role,
        owner=owner,
    )


@transaction.atomic
def report_progress(
    *,
    task: Task,
    member: Member,
    said: Particulars,
    now: datetime,
    given: Given = _NOTHING,
    after: int | None = None,
) -> Step:
    """Say how a task goes on, with evidence where there is any.

    Raises MatterUnseen, what a file is refused for, or what the step is.
    """
    step = _step(task, "progress", member, said, now, given, after)
    Task.objects.filter(pk=task.pk).update(progressed_on=said.on)
    return step


@transaction.atomic
def report(
    *,
    task: Task,
    result: str,
    member: Member,
    said: Particulars,
    now: datetime,
    given: Given = _NOTHING,
    after: int | None = None,
) -> Step:
    """Report the result of a task: with evidence of this or an earlier step, or why there is none.

    Raises ResultMissing, PartsOpen, EvidenceMissing, MatterUnseen, or what the step is refused
    for.
    """
    task = _locked(task)
    if not result.strip():
        raise errors.ResultMissing
    if task.parts.open().exists():
        raise errors.PartsOpen
    if not given.says_anything and not task.evidence.exists():
        raise errors.EvidenceMissing
    task.result, task.why_no_evidence = result.strip(), given.why_none.strip()
    task.progressed_on = said.on
    task.save(update_fields=["result", "why_no_evidence", "progressed_on"])
    return _step(task, "report", member, said, now, given, after)


@transaction.atomic
def go_on(
    *,
    task: Task,
    member: Member,
    said: Particulars,
    now: datetime,
    given: Given = _NOTHING,
    after: int | None = None,
) -> Step:
    """Record that the event a task waited for has come, with evidence or why there is none.

    Raises EvidenceMissing, MatterUnseen, or what the step is refused for.
    """
    if not given.says_anything:
        raise errors.EvidenceMissing
    note = "\n".join(one for one in (said.reasons, given.why_none.strip()) if one)
    return _step(task, "go_on", member, replace(said, note=note), now, given, after)


@transaction.atomic
def hand_over(
    *, task: Task, member: Member, said: Particulars, now: datetime, after: int | None = None
) -> Step:
    """Hand a task over to the organization that succeeded the one which owes it.

    Raises NotSucceeded, or what the step is refused for.
    """
    task = _locked(task)
    successor = successor_of(task.organization, on=said.on)
    if successor is None:
        raise errors.NotSucceeded
    before = task.proceeding.steps.latest("pk")
    end(task.proceeding, RESPONSIBLE, before)
    stand(task.proceeding, RESPONSIBLE, [successor])
    task.organization, task.owner = successor, None
    task.save(update_fields=["organization", "owner"])
    said = replace(said, facts={**said.facts, "to": str(successor.uuid)})
    return _step(task, "hand_over", member, said, now, _NOTHING, after)


def successor_of(organization: Organization, *, on: date) -> Organization | None:
    """Return the one organization that carries on what another did, once it is on record."""
    found = [one.successor for one in organization.successions.filter(on__lte=on)[:2]]
    return found[0] if len(found) == 1 else None


@transaction.atomic
def give_to(*, task: Task, owner: Member | None, member: Member, now: datetime) -> Task:
    """Say who answers for a task inside the organization that owes it.

    Raises NotYourTask, TaskNotOpen, DutyMissing or OwnerElsewhere.
    """
    task = _locked(task)
    if task.organization_id != member.organization.pk:
        raise errors.NotYourTask
    if task.proceeding.closed_on is not None:
        raise errors.TaskNotOpen
    require(member, HANDLE)
    _check_owner(owner, task.organization)
    task.owner = owner
    task.save(update_fields=["owner"])
    ledger.record(
        action="tasks.give_to",
        subject=str(task.uuid),
        member=member.uuid,
        facts={"owner": str(owner.uuid) if owner else ""},
        now=now,
    )
    if owner is not None:
        tell(OWNED, [owner], task.proceeding, key=f"{owner.pk}/{now:%Y%m%d}", by=member, now=now)
    return task


def _check_owner(owner: Member | None, organization: Organization) -> None:
    if owner is not None and owner.organization.pk != organization.pk:
        raise errors.OwnerElsewhere


def _held(plan: int, member: Member) -> Plan:
    """Return a confirmed plan, locked, that the member's organization holds."""
    held = Plan.objects.select_for_update(of=("self",)).light().get(pk=plan)
    if held.organization_id != member.organization.pk:
        raise errors.NotPlanHolder
    if not held.is_confirmed:
        raise errors.PlanNotConfirmed
    return held


def _check_after_plan(plan: Plan, said: Particulars) -> None:
    limit: Limit | None = said.limits.get(DUE)
    if limit is not None and plan.issued_on is not None and limit.due < plan.issued_on:
        raise errors.DueBeforePlan


def _locked(task: Task) -> Task:
    """Lock a task, and its matter against the engine's own steps."""
    locked = Task.objects.select_for_update().get(pk=task.pk)
    locked.proceeding = Proceeding.objects.select_for_update().get(pk=locked.proceeding_id)
    return locked


def _step(
    task: Task,
    move_code: str,
    member: Member,
    said: Particulars,
    now: datetime,
    given: Given,
    after: int | None,
) -> Step:
    evidence.check(given, member)
    counted = {"files": len(given.files), "matters": len(given.matters)}
    step = engine.carry_move(
        proceeding=task.proceeding,
        move_code=move_code,
        member=member,
        said=replace(said, facts={**said.facts, **counted}),
        now=now,
        after=after,
    )
    evidence.keep(task, step, given, member, now)
    return step
