"""What issuing puts on the page of a plan, and on those of its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone

from zhengpin.mechanisms.handoffs import queries as handoffs
from zhengpin.mechanisms.issuing import queries
from zhengpin.mechanisms.issuing.queries import State
from zhengpin.mechanisms.plans.queries import plans_for
from zhengpin.mechanisms.proceedings.web.slots import Slot
from zhengpin.mechanisms.proceedings.web.words import pill_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Any

    from django.forms import Form

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.issuing.models import Issue
    from zhengpin.mechanisms.issuing.queries import Receipt
    from zhengpin.mechanisms.plans.models import Plan
    from zhengpin.mechanisms.proceedings.models import Proceeding


_MOST = 6  # who have not signed, shown at once; the others below


def of_plan(request: MemberRequest, plan: Plan) -> str:
    member, now = request.member, timezone.now()
    issue = queries.issue_for(member, plan)
    if issue is None:
        if not queries.may_issue(member, plan, on=timezone.localdate()):
            return ""
        return render_to_string("issuing/_to_issue.html", {"plan": plan}, request)
    reads_all = queries.may_read_receipts(member, plan)
    letters = queries.letters_for(member, issue, reads_all=reads_all)
    found, ours = queries.receipts(letters, now=now), member.organization.pk
    passed_on = [one for one in found if one.handoff.passed_from_id is not None]
    shown = {
        "issue": issue,
        "is_sent": issue.is_sent,
        "own": _shown(member, [one for one in found if one.organization.pk == ours], now),
        "further": _shown(
            member, [one for one in passed_on if one.handoff.sender_id == ours], now
        ),
        **(_of_everybody(member, issue, found, now) if reads_all else {"reads_all": False}),
    }
    return render_to_string("issuing/_block.html", shown, request)


def _of_everybody(
    member: Member, issue: Issue, letters: Iterable[Receipt], now: datetime
) -> dict[str, Any]:
    """Return which addressees have signed and which have not."""
    found = [one for one in letters if one.handoff.batch == issue.batch]
    waiting = queries.outstanding(found)
    return {
        "reads_all": True,
        "waiting": _shown(member, waiting[:_MOST], now),
        "more": _shown(member, waiting[_MOST:], now),
        "signed": [one for one in found if one.is_received],
        "total": len(found),
        "signed_late": sum(one.was_late for one in found),
        "late": sum(one.state is State.LATE for one in found),
        "lines": issue.lines.prefetch_related("organizations").order_by("order"),
    }


def _shown(member: Member, found: Iterable[Receipt], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "receipt": one,
            "state": one.state.name.lower(),
            "stage": one.handoff.proceeding.stage_declared.title,
            "may_pass_on": handoffs.may_pass_on(member, one.handoff),
            "pill": pill_of(one.due, now) if one.due else None,
        }
        for one in found
    ]


def _beside(
    member: Member, proceeding: Proceeding, _moves: Sequence[Move], _refused: Form | None
) -> dict[str, object]:
    if proceeding.procedure_code != queries.KIND:
        return {"plan": None}
    issue = queries.issue_behind(proceeding.handoff)
    plan = plans_for(member).filter(pk=issue.plan_id).first() if issue else None
    return {"plan": plan}


BESIDE = Slot("issuing/_beside.html", _beside)
