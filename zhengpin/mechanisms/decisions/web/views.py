"""What is read: the decisions that wait for the member, and all that they may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhengpin.base.paging import PlaceMalformed, page_by
from zhengpin.mechanisms.decisions import queries
from zhengpin.mechanisms.proceedings.duties import HANDLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.mechanisms.decisions.models import Decision

_SIZE = 50
_FIRST = 10  # of those that wait, above the list of all


@require_GET
def decision_list(request: MemberRequest) -> HttpResponse:
    member = request.member
    side, after = request.GET.get("side", ""), request.GET.get("after", "")
    try:
        page = page_by(_of(member, side), "-pk", after=after or None, size=_SIZE)
    except PlaceMalformed as malformed:
        raise Http404 from malformed
    address = reverse("decisions:list")
    kept = {"side": side} if side else {}
    onward = urlencode({**kept, "after": page.following}) if page.following else ""
    waiting = (
        [] if side or after else list(queries.waiting_for(member).order_by("-pk")[: _FIRST + 1])
    )
    shown = {
        "waiting": _rows(member, waiting)[:_FIRST],
        "is_more": len(waiting) > _FIRST,
        "rows": _rows(member, page.rows),
        "side": side,
        "may_ask": member.holds(HANDLE),
        "total": page.total.said,
        "next": f"{address}?{onward}" if onward else "",
        "start": f"{address}?{urlencode(kept)}" if after else "",
    }
    return render(request, "decisions/decision_list.html", shown)


def _of(member: Member, side: str) -> QuerySet[Decision]:
    if side == "waiting":
        return queries.waiting_for(member)
    seen = queries.decisions_for(member)
    if side == "asked":
        return seen.filter(applicant=member)
    if side == "panel":
        return seen.filter(panelists__member=member)
    return seen


def _rows(member: Member, decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    found = list(decisions)
    outcomes = queries.outcomes_for(member, found)
    return [
        {
            "decision": one,
            "matter": one.proceeding,
            "act": _act(one, member),
            "stage": _(one.proceeding.stage_declared.title),
            "outcome": _(outcomes[one.pk]) if one.pk in outcomes else "",
        }
        for one in found
    ]


def _act(decision: Decision, member: Member) -> str:
    """Return what a decision waits for, from a member it waits for."""
    if decision.proceeding.stage == "asked":
        return _("更换") if decision.applicant_id == member.pk else _("声明")
    return _("表决") if decision.proceeding.stage == "voting" else _("送达决定")
