"""What the review page shows: the source, and beside it doubts and the chosen clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zhengpin.mechanisms.plans import corrections, kinds, queries
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.plans.models import Clause, Plan
from zhengpin.mechanisms.plans.web.forms import ClauseForm, UnitForms
from zhengpin.mechanisms.plans.web.source import lines_of
from zhengpin.mechanisms.plans.web.words import FIELDS, MODES, ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.base.organizations.models import Organization
    from zhengpin.mechanisms.plans.models import ClauseUnit, Correction, Problem
    from zhengpin.mechanisms.plans.queries import Review

MOST_CANDIDATES = 12

_AS_PRINTED = gettext_noop("原文如此，予以保留")
_READY = {
    kinds.UNRESOLVED: gettext_noop("名录中没有这个单位，保留原文名称"),
    kinds.AMBIGUOUS: gettext_noop("暂不指定，保留原文名称"),
    kinds.WITHOUT_UNIT: gettext_noop("原文没有写明责任单位，予以保留"),
}
_PUT_RIGHT = (kinds.WITHOUT_UNIT, *kinds.ABOUT_NAMES)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A problem with its ways out; ``ready`` is stored in Chinese in every language.

    ``typed`` is the settlement that was sent and not saved.
    """

    problem: Problem
    ready: str
    choose: str
    correct: str
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A standing correction in words: what the compiler read and what holds now."""

    title: object
    before: str
    after: str
    correction: Correction


@dataclass(frozen=True, slots=True)
class Chooser:
    """The unit whose organization is being chosen, and whom its name may mean."""

    unit: ClauseUnit
    words: str
    candidates: Sequence[Organization]


@dataclass(slots=True)
class Refusal:
    """What a service refused on this page, with the forms as they were sent."""

    sentence: str = ""
    title: str = ""
    clause: str = ""
    unit: int | None = None
    problem: int | None = None
    settlement: str = ""
    form: ClauseForm | None = None
    units: Any = None


def may_change(plan: Plan, member: Member) -> bool:
    """Tell whether the page offers changes; the services decide by themselves."""
    is_holder = plan.organization_id == member.organization.pk
    return is_holder and not plan.is_confirmed and member.holds(IMPORT_PLANS)


def address_of(plan: Plan, clause: str = "", anchor: str = "", **more: object) -> str:
    """Return the address of the review page with a clause chosen."""
    wanted = {"clause": clause, **more}
    query = urlencode({name: value for name, value in wanted.items() if value not in ("", None)})
    place = reverse("plans:review", args=[plan.uuid])
    return place + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")


def page(
    request: MemberRequest, uuid: UUID, refusal: Refusal | None = None, *, status: int = 200
) -> HttpResponse:
    """Render the page, or its panel alone where only that was asked for."""
    refusal = refusal or Refusal()
    if request.htmx.target == "panel":
        return _panel(request, uuid, refusal, status)
    try:
        review = queries.review_of(request.member, uuid)
    except Plan.DoesNotExist as unseen:
        raise Http404 from unseen
    plan, chosen = review.plan, _chosen_of(review, _wanted(request, refusal))
    shown: dict[str, object] = {
        "plan": plan,
        "refusal": refusal.sentence,
        "refused": refusal.title,
        "count_items": len(review.items),
        "count_clauses": len(review.clauses),
        "count_units": sum(map(len, review.units.values())),
        "lines": lines_of(review, chosen),
    }
    shown |= _beside(request, plan, review.problems, chosen, refusal)
    return render(request, "plans/plan_review.html", shown, status=status)


def _panel(request: MemberRequest, uuid: UUID, refusal: Refusal, status: int) -> HttpResponse:
    """Render the panel, for which only the chosen clause is read."""
    plan = get_object_or_404(queries.plans_for(request.member), uuid=uuid)
    chosen = _chosen(plan, _wanted(request, refusal))
    shown = {"plan": plan, "refusal": refusal.sentence, "refused": refusal.title}
    shown |= _beside(request, plan, queries.problems_of(plan), chosen, refusal)
    return render(request, "plans/plan_review.html#panel", shown, status=status)


def _wanted(request: MemberRequest, refusal: Refusal) -> str:
    """Return the address of the clause that is chosen, "" for none."""
    return refusal.clause or request.GET.get("clause", "").replace("\0", "")


def _chosen(plan: Plan, address: str) -> Clause | None:
    if not address:
        return None
    clauses = plan.clauses.defer("search").select_related("item")
    clause: Clause = get_object_or_404(clauses, address=address)
    return clause


def _chosen_of(review: Review, address: str) -> Clause | None:
    """Return the chosen clause from those that are read already."""
    if not address:
        return None
    found = next((one for one in review.clauses if one.address == address), None)
    if found is None:
        raise Http404
    found.item = next(one for one in review.items if one.pk == found.item_id)
    return found


def _beside(
    request: MemberRequest,
    plan: Plan,
    problems: Sequence[Problem],
    chosen: Clause | None,
    refusal: Refusal,
) -> dict[str, object]:
    """Return what stands beside the source: the chosen clause and the doubts."""
    shown: dict[str, object] = {
        "may_change": may_change(plan, request.member),
        "chosen": chosen,
        **_doubts(plan, problems, chosen, refusal),
    }
    if chosen is not None:
        shown |= _card(request, plan, chosen, refusal)
        shown |= neighbours(chosen)
    return shown


def neighbours(chosen: Clause) -> dict[str, object]:
    """Return the clauses before and after one in its plan."""
    around = (chosen.order - 1, chosen.order + 1)
    found = Clause.objects.filter(plan=chosen.plan_id, order__in=around).only("order", "address")
    beside = {one.order: one for one in found}
    return {"before": beside.get(around[0]), "after": beside.get(around[1])}


def _doubts(
    plan: Plan, problems: Sequence[Problem], chosen: Clause | None, refusal: Refusal
) -> dict[str, object]:
    """Sort problems: open ones of the chosen clause, other open ones, remarks, settled ones."""
    deciding = [one for one in problems if one.kind.decides and not one.is_settled]
    deciding.sort(key=lambda one: chosen is None or one.clause_id != chosen.pk)
    return {
        "open": [_doubt(plan, one, refusal) for one in deciding],
        "remarks": [one for one in problems if not one.kind.decides and not one.is_settled],
        "settled": [one for one in problems if one.is_settled],
    }


def _doubt(plan: Plan, problem: Problem, refusal: Refusal) -> Doubt:
    clause, unit = problem.clause, problem.unit
    choose = correct = ""
    if unit is not None and clause is not None and not unit.is_collective:
        choose = address_of(plan, clause.address, "choose", unit=unit.order)
    if clause is not None and problem.code in _PUT_RIGHT:
        correct = address_of(plan, clause.address, "correct", edit=1)
    typed = refusal.settlement if refusal.problem == problem.order else None
    return Doubt(problem, _READY.get(problem.code, _AS_PRINTED), choose, correct, typed)


def _card(
    request: MemberRequest, plan: Plan, clause: Clause, refusal: Refusal
) -> dict[str, object]:
    units = list(clause.units.select_related("organization").order_by("order"))
    form = refusal.form or ClauseForm.of(clause)
    rows = refusal.units or UnitForms(initial=rows_of(units), prefix="units")
    return {
        "units": units,
        "mode": MODES.get(clause.mode, clause.mode),
        "changes": changes_of(clause),
        "form": form,
        "unit_rows": rows,
        "is_editing": refusal.form is not None or "edit" in request.GET,
        "chooser": _chooser(request, units, refusal),
        "reading": reverse("plans:clause", args=[plan.uuid, clause.address]),
    }


def rows_of(units: Sequence[ClauseUnit]) -> list[dict[str, str]]:
    return [{"name": unit.name, "role": unit.role} for unit in units]


def _chooser(
    request: MemberRequest, units: Sequence[ClauseUnit], refusal: Refusal
) -> Chooser | None:
    wanted = request.GET.get("unit", "") if refusal.unit is None else str(refusal.unit)
    unit = next((one for one in units if str(one.order) == wanted), None)
    if unit is None or unit.is_collective:
        return None
    words = request.GET.get("find", "").replace("\0", "").strip()[:60] or unit.full
    found = list(queries.unit_candidates(request.member, words)[:MOST_CANDIDATES])
    return Chooser(unit, words, found)


def changes_of(clause: Clause) -> list[Change]:
    """Return the corrections that hold, each in words."""
    if not clause.is_corrected:
        return []
    standing = corrections.standing(corrections.history_of(clause))
    return [
        Change(
            FIELDS.get(name, name), _in_words(name, row.before), _in_words(name, row.after), row
        )
        for name, row in standing.items()
    ]


def _in_words(name: str, value: Any) -> str:
    if name == "units":
        said = (f"{unit['name']}（{ROLES.get(unit['role'], unit['role'])}）" for unit in value)
        return "、".join(said) or _("没有单位")
    if name == "mode":
        return str(MODES.get(value, value))
    if name == "open_ended":
        return _("没有列全") if value else _("已列全")
    return str(value) if value else _("未写明")
