"""What a task puts on the page of its matter, and what tasks put on those of plan and clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from zhengpin.base.access.queries import members_in
from zhengpin.kernel.clocks.starts import day_of
from zhengpin.mechanisms.plans.web import slots as plans
from zhengpin.mechanisms.plans.web.words import ROLES
from zhengpin.mechanisms.proceedings.duties import HANDLE
from zhengpin.mechanisms.proceedings.models import DueDay
from zhengpin.mechanisms.proceedings.web.slots import Slot
from zhengpin.mechanisms.proceedings.web.words import pill_of
from zhengpin.mechanisms.tasks import queries, services
from zhengpin.mechanisms.tasks.web.forms import AssignForm, OwnerForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.forms import Form

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.plans.models import Clause, Plan
    from zhengpin.mechanisms.proceedings.models import Proceeding
    from zhengpin.mechanisms.tasks.models import Task


def rows_of(tasks: Iterable[Task], now: datetime) -> list[dict[str, object]]:
    """Return tasks as lists show them, each with its last day. One query."""
    found = list(tasks)
    days = DueDay.objects.filter(proceeding__in=[one.proceeding_id for one in found])
    due = {one.proceeding_id: one for one in days}
    return [
        {
            "task": one,
            "role": ROLES.get(one.role, one.role),
            "stage": _stage(one),
            "pill": pill_of(due[one.proceeding_id], now) if one.proceeding_id in due else None,
        }
        for one in found
    ]


def _stage(task: Task) -> str:
    if task.proceeding.stage == "working" and task.progressed_on is None:
        return _("未开始")
    return _(task.proceeding.stage_declared.title)


def _block(
    member: Member, proceeding: Proceeding, moves: Sequence[Move], _refused: Form | None
) -> dict[str, object]:
    seen, now = queries.tasks_for(member), timezone.now()
    task = seen.get(proceeding=proceeding)
    ours = task.organization_id == member.organization.pk
    may_handle = ours and member.holds(HANDLE) and proceeding.closed_on is None
    offered = {one.code: _(one.title) for one in moves}
    if "hand_over" in offered and not services.successor_of(task.organization, on=day_of(now)):
        del offered["hand_over"]
    return {
        "task": task,
        "role": ROLES.get(task.role, task.role),
        "parts": rows_of(seen.filter(parent=task).order_by("pk"), now),
        "parent": seen.filter(pk=task.parent_id).first() if task.parent_id else None,
        "evidence": list(task.evidence.select_related("file", "proceeding").order_by("pk")),
        "moves": list(offered.items()),
        "may_divide": may_handle and proceeding.stage == "working",
        "owner_form": _owner_form(task, member) if may_handle else None,
    }


def _owner_form(task: Task, member: Member) -> OwnerForm:
    colleagues = members_in(member.organization, on=timezone.localdate())
    owner = task.owner.uuid if task.owner else None
    return OwnerForm(colleagues=colleagues, initial={"owner": owner})


BLOCK = Slot("tasks/_block.html", _block)


def of_plan(request: MemberRequest, plan: Plan) -> str:
    """Show how the tasks of a plan stand that the member sees, or how to assign them."""
    member = request.member
    seen = queries.tasks_for(member).filter(plan=plan)
    since = queries.quarter_of(timezone.localdate())
    may_assign = plan.organization_id == member.organization.pk and member.holds(HANDLE)
    shown = {
        "plan": plan,
        "standing": queries.standing(seen, since=since),
        "unassigned": queries.unassigned(plan).count() if may_assign else 0,
        "ownerless": queries.ownerless(plan).count() if may_assign else 0,
    }
    return render_to_string("tasks/_plan.html", shown, request)


def of_clause(request: MemberRequest, clause: Clause) -> str:
    """Show who owes a clause and how far they are; the words of a task only to who sees it."""
    member, plan = request.member, clause.plan
    tasks = queries.of_clause(clause)
    seen = set(queries.tasks_for(member).filter(clause=clause).values_list("pk", flat=True))
    may_assign = plan.organization_id == member.organization.pk and member.holds(HANDLE)
    waits = may_assign and queries.unassigned(plan).filter(clause=clause).exists()
    shown = {
        "clause": clause,
        "plan": plan,
        "rows": [
            {**row, "is_seen": task.pk in seen}
            for task, row in zip(tasks, rows_of(tasks, timezone.now()), strict=True)
        ],
        "form": AssignForm() if waits else None,
    }
    return render_to_string("tasks/_clause.html", shown, request) if tasks or waits else ""


def register() -> None:
    plans.on_plan(of_plan)
    plans.on_clause(of_clause)
