"""The page on which a plan is prepared for issuing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.issuing import queries, services
from zhengpin.mechanisms.issuing.notice import printed
from zhengpin.mechanisms.issuing.resolving import lines_of
from zhengpin.mechanisms.issuing.web.forms import IssueForm
from zhengpin.mechanisms.issuing.web.lines import choices, decided
from zhengpin.mechanisms.plans.queries import plans_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.mechanisms.plans.models import Plan


@require_http_methods(["GET", "POST"])
def issue(request: MemberRequest, uuid: UUID) -> HttpResponse:
    member, today = request.member, timezone.localdate()
    plan: Plan = get_object_or_404(plans_for(member), uuid=uuid)
    if request.method == "GET" and queries.is_out(plan):
        return redirect("plans:detail", uuid=uuid)
    is_sent = request.method == "POST"
    form = IssueForm(_sent(request), initial=_proposed(plan, request))
    lines = choices(
        lines_of(plan, plan.organization, on=today), request.POST if is_sent else None,
        member, on=today,
    )  # fmt: skip
    refused = ""
    if form.is_bound and form.is_valid():
        try:
            made = services.issue_plan(
                plan=plan, notice=form.notice(), decided=decided(lines), member=member,
                now=timezone.now(),
            )  # fmt: skip
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            messages.success(
                request, _("已拟稿，还没有发出：送审之后，由另一位有审批职责的人发出。")
            )
            return redirect("handoffs:batch", batch=made.batch)
    context = {
        "plan": plan, "form": form, "lines": lines, "refused": refused,
        "may_issue": queries.may_issue(member, plan, on=today),
    }  # fmt: skip
    status = 422 if refused or form.errors else 200
    return render(request, "issuing/plan_issue.html", context, status=status)


def _sent(request: MemberRequest) -> Any:
    """Return what was sent to be kept; None where one only looked for organizations."""
    return request.POST if request.method == "POST" and "find" not in request.POST else None


def _proposed(plan: Plan, request: MemberRequest) -> dict[str, Any]:
    """Return what the form shows first: what the plan prints, or what was filled in before."""
    said = printed(plan)
    proposed = {
        "number": plan.doc_number,
        "issued_on": plan.issued_on,
        "publicity": said.publicity,
        "asked": said.asked,
    }
    return proposed | {name: value for name, value in request.POST.items() if value}
