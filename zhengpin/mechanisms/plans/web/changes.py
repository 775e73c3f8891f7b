"""What is sent from the pages: each view binds its form and calls one service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from zhengpin.base.organizations import queries as organizations
from zhengpin.base.organizations.models import Region
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.plans import errors, queries, services
from zhengpin.mechanisms.plans.directory import within_reach
from zhengpin.mechanisms.plans.models import ClauseUnit
from zhengpin.mechanisms.plans.web import review
from zhengpin.mechanisms.plans.web.forms import (
    ChooseForm,
    ClauseForm,
    ImportForm,
    SettleForm,
    UnitForms,
)
from zhengpin.mechanisms.plans.web.review import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.base.organizations.models import Organization
    from zhengpin.mechanisms.plans.models import Plan


KEPT = gettext_noop("登录已过期，没有保存。刚才填写的内容都在下面，请核对后再提交一次。")


@require_http_methods(["GET", "POST"])
def import_plan(request: MemberRequest) -> HttpResponse:
    own = request.member.organization.region
    regions = Region.objects.filter(code__startswith=own.prefix)
    kept = request.kept
    sent, files = request.POST or None, request.FILES or None
    form = ImportForm(sent, files, regions=regions, own=own, initial=kept and kept.dict())
    refused = ""
    if request.method == "POST" and form.is_valid():
        data, name = form.source()
        try:
            plan = services.import_plan(
                data=data,
                name=name,
                organization=request.member.organization,
                region=form.cleaned_data["region"],
                member=request.member,
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            messages.success(request, _("已导入“%(plan)s”，请核对。") % {"plan": plan})
            return redirect("plans:review", uuid=plan.uuid)
    is_refused = bool(refused or form.errors)
    shown = {"form": form, "refused": refused, "is_kept": kept is not None}
    return render(request, "plans/plan_import.html", shown, status=422 if is_refused else 200)


def _plan(request: MemberRequest, uuid: UUID) -> Plan:
    plan: Plan = get_object_or_404(queries.plans_for(request.member), uuid=uuid)
    return plan


@require_http_methods(["GET", "POST"])
def correct(request: MemberRequest, uuid: UUID, address: str) -> HttpResponse:
    plan = _plan(request, uuid)
    clause = get_object_or_404(plan.clauses.select_related("item"), address=address)
    if request.method == "GET" and request.kept is None:
        return redirect(review.address_of(plan, address, "card"))
    sent = request.POST if request.kept is None else request.kept
    units = list(clause.units.select_related("organization").order_by("order"))
    form = ClauseForm.of(clause, sent)
    rows = UnitForms(sent, initial=review.rows_of(units), prefix="units")
    refusal = Refusal(clause=address, form=form, units=rows)
    if request.kept is not None:
        refusal.sentence = _(KEPT)
        return review.page(request, uuid, refusal)
    if form.is_valid() and rows.is_valid():
        changes = form.changes()
        if rows.has_changed():
            changes["units"] = _units(plan, units, rows)
        try:
            services.correct_clause(
                clause=clause,
                changes=changes,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                member=request.member,
                now=timezone.now(),
            )
        except DomainError as error:
            refusal.sentence = sentence(error)
        else:
            saved = _("第 %(address)s 款已更正；编译器原来的读法一并保留。")
            messages.success(request, saved % {"address": address})
            return redirect(review.address_of(plan, address, "card"))
    return review.page(request, uuid, refusal, status=422)


def _units(plan: Plan, units: Sequence[ClauseUnit], rows: Any) -> list[dict[str, Any]]:
    """Return the list of units as sent; a name that stayed keeps what was known about it."""
    listed = []
    for place, row in enumerate(rows.forms):
        name, role = row.cleaned_data.get("name", ""), row.cleaned_data.get("role", "")
        if not name:
            continue
        kept = units[place] if place < len(units) and units[place].name == name else None
        listed.append(_kept(kept, role) if kept else _named(plan, name, role))
    return listed


def _kept(unit: ClauseUnit, role: str) -> dict[str, Any]:
    return {
        "name": unit.name,
        "full": unit.full,
        "role": role,
        "is_collective": unit.is_collective,
        "organization": str(unit.organization.uuid) if unit.organization else None,
    }


def _named(plan: Plan, name: str, role: str) -> dict[str, Any]:
    """Return a unit that was typed, with the organization its name means, if it means one."""
    on = plan.issued_on or timezone.localdate()
    match = organizations.organization_named(name, region=plan.region, on=on)
    meant = match.organization
    return {
        "name": name,
        "full": name,
        "role": role,
        "is_collective": match.collective,
        "organization": str(meant.uuid) if meant else None,
    }


@require_http_methods(["GET", "POST"])
def choose(request: MemberRequest, uuid: UUID, address: str, order: int) -> HttpResponse:
    plan = _plan(request, uuid)
    units = ClauseUnit.objects.select_related("clause")
    unit = get_object_or_404(units, clause__plan=plan, clause__address=address, order=order)
    if request.method == "GET":
        return redirect(review.address_of(plan, address, "card", unit=order))
    try:
        services.choose_organization(
            unit=unit,
            organization=_organization(request),
            member=request.member,
            now=timezone.now(),
        )
    except DomainError as error:
        refusal = Refusal(sentence(error), clause=address, unit=order)
        return review.page(request, uuid, refusal, status=422)
    messages.success(request, _("全文中的“%(name)s”都已对应到这个单位。") % {"name": unit.full})
    return redirect(review.address_of(plan, address, "card"))


def _organization(request: MemberRequest) -> Organization:
    """Return the organization that was sent, from those a plan of this region may name."""
    form = ChooseForm(request.POST)
    reach = within_reach(request.member.organization.region)
    wanted = form.cleaned_data["organization"] if form.is_valid() else None
    organization = reach.filter(uuid=wanted).first() if wanted else None
    if organization is None:
        raise errors.OrganizationOutOfReach
    return organization


@require_http_methods(["GET", "POST"])
def settle(request: MemberRequest, uuid: UUID, order: int) -> HttpResponse:
    plan = _plan(request, uuid)
    problem = get_object_or_404(plan.problems.select_related("clause"), order=order)
    if request.method == "GET" and request.kept is None:
        return redirect(review.address_of(plan, anchor="doubts"))
    sent = request.POST if request.kept is None else request.kept
    form = SettleForm(sent)
    refusal = Refusal(problem=order, settlement=sent.get("settlement", ""))
    if request.kept is not None:
        refusal.sentence = _(KEPT)
        return review.page(request, uuid, refusal)
    if not form.is_valid():
        refusal.sentence = " ".join(str(one) for one in form["settlement"].errors)
        return review.page(request, uuid, refusal, status=422)
    try:
        services.settle_problem(
            problem=problem,
            settlement=form.cleaned_data["settlement"],
            member=request.member,
            now=timezone.now(),
        )
    except DomainError as error:
        refusal.sentence = sentence(error)
        return review.page(request, uuid, refusal, status=422)
    return redirect(review.address_of(plan, sent.get("clause", ""), "doubts"))


@require_http_methods(["GET", "POST"])
def confirm(request: MemberRequest, uuid: UUID) -> HttpResponse:
    plan = _plan(request, uuid)
    if request.method == "GET":
        return redirect("plans:review", uuid=uuid)
    try:
        services.confirm_plan(plan=plan, member=request.member, now=timezone.now())
    except DomainError as error:
        return review.page(request, uuid, Refusal(sentence(error), _("没有核定")), status=422)
    messages.success(request, _("计划已核定，各单位现在可以看到自己承担的任务。"))
    return redirect("plans:detail", uuid=uuid)


@require_http_methods(["GET", "POST"])
def withdraw(request: MemberRequest, uuid: UUID) -> HttpResponse:
    plan = _plan(request, uuid)
    if request.method == "GET":
        return redirect("plans:review", uuid=uuid)
    title = str(plan)
    try:
        services.withdraw_import(plan=plan, member=request.member, now=timezone.now())
    except DomainError as error:
        return review.page(request, uuid, Refusal(sentence(error), _("没有撤回")), status=422)
    messages.success(request, _("已撤回“%(plan)s”的导入；账本保留来源摘要。") % {"plan": title})
    return redirect("plans:list")
