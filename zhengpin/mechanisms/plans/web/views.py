"""What is read: the list, the review beside its source, the plan to read through, a clause."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhengpin.base.access.duties import OVERSEE, READ_LEDGER
from zhengpin.base.paging import PlaceMalformed
from zhengpin.mechanisms.plans import exports, paging, queries
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.plans.models import Clause, Plan, Problem
from zhengpin.mechanisms.plans.web import instruments, review, slots
from zhengpin.mechanisms.plans.web import words as words_of
from zhengpin.mechanisms.plans.web.forms import FilterForm
from zhengpin.mechanisms.plans.web.reading import chapters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.mechanisms.plans.models import PlanQuerySet

_EXPORTS = {
    "csv": (exports.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        exports.as_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "json": (exports.as_json, "application/json"),
}


@require_GET
def plan_list(request: MemberRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    words, year, stage = (form.value(name) for name in ("q", "year", "stage"))
    after = form.value("after")
    found = _narrowed(request.member, words, year, stage)
    try:
        page = paging.page_of(found, after, 50)
    except PlaceMalformed as malformed:
        raise Http404 from malformed
    years = queries.plans_for(request.member).exclude(year=None).order_by("-year")
    shown = {
        "plans": _with_counts(page.rows),
        "words": words or "",
        "year": year,
        "stage": stage,
        "years": years.values_list("year", flat=True).distinct(),
        "stages": Plan.Stage.choices,
        "is_narrowed": bool(words or year or stage),
        "may_import": request.member.holds(IMPORT_PLANS),
        "total": page.total.said,
        "next": _address(form, page.following) if page.following else "",
        "start": _address(form) if after else "",
    }
    return render(request, "plans/plan_list.html", shown)


def _narrowed(
    member: Member, words: str | None, year: int | None, stage: str | None
) -> PlanQuerySet:
    found = queries.search_plans(member, words) if words else queries.plans_for(member)
    if year:
        found = found.filter(year=year)
    return found.filter(stage=stage) if stage in Plan.Stage.values else found


def _with_counts(plans: Sequence[Plan]) -> list[dict[str, object]]:
    """Return plans with how many clauses they have and how many problems are to be settled."""
    clauses = Clause.objects.filter(plan__in=plans).values_list("plan").annotate(Count("pk"))
    open_problems = Problem.objects.filter(plan__in=plans).unsettled().deciding()
    counted = dict(clauses)
    waiting = Counter(open_problems.values_list("plan", flat=True))
    return [
        {"plan": plan, "clauses": counted.get(plan.pk, 0), "open": waiting[plan.pk]}
        for plan in plans
    ]


def _address(form: FilterForm, after: str = "") -> str:
    kept = {name: form.value(name) for name in ("q", "year", "stage")} | {"after": after}
    query = urlencode({name: value for name, value in kept.items() if value})
    return reverse("plans:list") + (f"?{query}" if query else "")


@require_GET
def plan_review(request: MemberRequest, uuid: UUID) -> HttpResponse:
    return review.page(request, uuid)


@require_GET
def plan_detail(request: MemberRequest, uuid: UUID) -> HttpResponse:
    found = _review(request, uuid)
    shown = {
        "plan": found.plan,
        "chapters": chapters_of(found),
        "facts": _facts(found.plan),
        "steps": _steps(found.plan, timezone.localdate()),
        "undecided": found.undecided,
        "register": f"{reverse('plans:instruments')}?plan={uuid}",
        "flagged": found.plan.citations.flagged().count() if found.plan.is_confirmed else 0,
        "blocks": slots.blocks_of_plan(request, found.plan),
        "may_read_ledger": request.member.holds(OVERSEE) or request.member.holds(READ_LEDGER),
    }
    return render(request, "plans/plan_detail.html", shown)


def _review(request: MemberRequest, uuid: UUID) -> queries.Review:
    try:
        return queries.review_of(request.member, uuid)
    except Plan.DoesNotExist as unseen:
        raise Http404 from unseen


def _facts(plan: Plan) -> list[tuple[str, str]]:
    return [
        (_("印发机关"), plan.issuer),
        (_("发文字号"), plan.doc_number),
        (_("成文日期"), plan.issued_on.isoformat() if plan.issued_on else ""),
        (_("主送"), "；".join(plan.addressees)),
        (_("依据文件"), "；".join(_cited(one) for one in plan.instruments)),
        (_("专项行动"), "、".join(plan.campaigns)),
    ]


def _cited(instrument: dict[str, str | None]) -> str:
    title, number = instrument["title"], instrument["number"]
    if title and number:
        return f"《{title}》（{number}）"
    return f"《{title}》" if title else number or ""


def _steps(plan: Plan, today: date) -> list[dict[str, str]]:
    """Return the phases the plan states; where today stands in them is read off their days."""
    return [
        {
            "title": phase["phase"],
            "note": "—".join(dict.fromkeys((phase["first"], phase["last"]))),
            "state": _state(phase["first"], phase["last"], today.isoformat()),
        }
        for phase in plan.timeline
    ]


def _state(first: str, last: str, today: str) -> str:
    if today[: len(last)] > last:
        return "done"
    return "now" if today[: len(first)] >= first else ""


@require_GET
def clause_detail(request: MemberRequest, uuid: UUID, address: str) -> HttpResponse:
    plan = get_object_or_404(queries.plans_for(request.member), uuid=uuid)
    clauses = plan.clauses.defer("search").select_related("item__section")
    clause: Clause = get_object_or_404(clauses, address=address)
    clause.plan = plan
    shown = {
        "plan": plan,
        "clause": clause,
        "item": clause.item,
        "units": list(clause.units.select_related("organization").order_by("order")),
        "mode": words_of.MODES.get(clause.mode, clause.mode),
        "changes": review.changes_of(clause),
        "cited": instruments.cited_by(clause, request.member),
        "blocks": slots.blocks_of_clause(request, clause),
        **review.neighbours(clause),
    }
    return render(request, "plans/clause_detail.html", shown)


@require_GET
def export(request: MemberRequest, uuid: UUID, form: str) -> HttpResponse:
    if form not in _EXPORTS:
        raise Http404
    write, content_type = _EXPORTS[form]
    plan = queries.plans_for(request.member).filter(uuid=uuid).first()
    if plan is None:
        raise Http404
    answer = HttpResponse(write(request.member, uuid), content_type=content_type)
    name = f"{_stem(str(plan))}.{form}"
    answer["Content-Disposition"] = (
        f"attachment; filename=\"plan-{uuid}.{form}\"; filename*=UTF-8''{quote(name)}"
    )
    return answer


def _stem(title: str) -> str:
    """Return a title as a file name: short, without what file systems refuse."""
    kept: Iterable[str] = (char for char in title if char.isalnum() or char in "-_（）〔〕")
    return "".join(kept)[:60] or "plan"
