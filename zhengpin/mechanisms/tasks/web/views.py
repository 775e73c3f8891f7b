"""What is read: the tasks of an organization, and how the tasks of a plan stand."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhengpin.base import searching
from zhengpin.base.paging import PlaceMalformed, page_by
from zhengpin.mechanisms.plans import queries as plans
from zhengpin.mechanisms.plans.web.words import ROLES
from zhengpin.mechanisms.proceedings.duties import HANDLE
from zhengpin.mechanisms.tasks import queries
from zhengpin.mechanisms.tasks.web.block import rows_of
from zhengpin.mechanisms.tasks.web.forms import FilterForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.mechanisms.tasks.models import TaskQuerySet

_SIZE = 50
_FILTERS = ("state", "role", "mine", "words")


@require_GET
def task_list(request: MemberRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    after = form.value("after")
    try:
        page = page_by(_narrowed(request.member, form), "-pk", after=after, size=_SIZE)
    except PlaceMalformed as malformed:
        raise Http404 from malformed
    kept = {name: form.value(name) for name in _FILTERS if form.value(name)}
    address = reverse("tasks:list")
    shown = {
        "rows": rows_of(page.rows, timezone.now()),
        "form": form,
        "roles": ROLES.items(),
        "is_narrowed": bool(kept),
        "total": page.total.said,
        "next": f"{address}?{urlencode({**kept, 'after': page.following})}"
        if page.following
        else "",
        "start": f"{address}?{urlencode(kept)}" if after else "",
    }
    return render(request, "tasks/task_list.html", shown)


def _narrowed(member: Member, form: FilterForm) -> TaskQuerySet:
    """Return the tasks of the member's organization: the open ones, unless others are wanted."""
    found = queries.tasks_for(member).filter(organization=member.organization)
    state, words = form.value("state"), form.value("words")
    if state != "all":
        found = found.open()
    if state == "quiet":
        found = queries.silent(found, since=queries.quarter_of(timezone.localdate()))
    if state == "unset":
        found = queries.without_day(found)
    if form.value("role"):
        found = found.filter(role=form.value("role"))
    if form.value("mine"):
        found = found.filter(owner=member)
    if words:
        question = searching.question(words)
        found = found.filter(proceeding__search=question) if question else found.none()
    return found


@require_GET
def board(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show the clauses of a plan with the tasks a member sees, chapter by chapter."""
    member = request.member
    plan = get_object_or_404(plans.plans_for(member), uuid=uuid)
    seen = queries.tasks_for(member).filter(plan=plan)
    rows = rows_of(seen.whole().order_by("pk"), timezone.now())
    of_clause: dict[int, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        of_clause[row["task"].clause_id].append(row)  # type: ignore[attr-defined]
    clauses = plan.clauses.defer("search").select_related("item__section").order_by("order")
    may_assign = plan.organization_id == member.organization.pk and member.holds(HANDLE)
    ownerless = queries.ownerless(plan).values_list("pk", flat=True)
    shown = {
        "plan": plan,
        "clauses": [(one, of_clause.get(one.pk, [])) for one in clauses],
        "ownerless": set(ownerless),
        "standing": queries.standing(seen, since=queries.quarter_of(timezone.localdate())),
        "may_assign": may_assign,
        "unassigned": queries.unassigned(plan).count() if may_assign else 0,
    }
    return render(request, "tasks/board.html", shown)
