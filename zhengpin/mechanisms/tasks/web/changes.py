"""What is sent from the pages: each view binds its form and calls one service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhengpin.base.access.queries import members_in
from zhengpin.base.organizations.models import Organization
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.plans import queries as plans
from zhengpin.mechanisms.proceedings import queries as proceedings
from zhengpin.mechanisms.proceedings.particulars import Particulars
from zhengpin.mechanisms.tasks import queries, services
from zhengpin.mechanisms.tasks.procedure import TASK
from zhengpin.mechanisms.tasks.web.forms import AssignForm, DivideForm, OwnerForm, StepForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.tasks.models import Task


@require_POST
def assign_plan(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Have all tasks of a plan assigned by the worker; the board shows how far it is."""
    plan = get_object_or_404(plans.plans_for(request.member), uuid=uuid)
    try:
        services.order_assigning(plan=plan, member=request.member)
    except DomainError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("正在下达任务，可以离开这一页；刷新可以看到进度。"))
    return redirect("tasks:board", uuid=uuid)


@require_http_methods(["GET", "POST"])
def assign_clause(request: MemberRequest, uuid: UUID, address: str) -> HttpResponse:
    plan = get_object_or_404(plans.plans_for(request.member), uuid=uuid)
    clause = get_object_or_404(plan.clauses.defer("search"), address=address)
    form = AssignForm(_sent(request))
    refused = ""
    if form.is_bound and form.is_valid():
        try:
            made = services.assign_clause(
                clause=clause,
                member=request.member,
                said=Particulars(timezone.localdate(), limits=form.limits()),
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            messages.success(request, _("已下达 %(count)s 项任务。") % {"count": len(made)})
            return redirect("plans:clause", uuid=uuid, address=address)
    shown = {
        "title": _("下达任务"),
        "beside": clause.text,
        "crumbs": [(str(plan), reverse("plans:detail", args=[uuid])),
                   (address, reverse("plans:clause", args=[uuid, address]))],
        "form": form,
        "refused": refused,
    }  # fmt: skip
    return _form_page(request, shown)


def _sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form_page(request: MemberRequest, shown: dict[str, Any]) -> HttpResponse:
    status = 422 if shown["refused"] or shown["form"].errors else 200
    return render(request, "tasks/task_form.html", shown, status=status)


def _task(request: MemberRequest, uuid: UUID) -> Task:
    task: Task = get_object_or_404(queries.tasks_for(request.member), proceeding__uuid=uuid)
    return task


def _crumbs(task: Task) -> list[tuple[str, str]]:
    return [
        (_("任务"), reverse("tasks:list")),
        (task.proceeding.number, reverse("proceedings:detail", args=[task.uuid])),
    ]


@require_http_methods(["GET", "POST"])
def step(request: MemberRequest, uuid: UUID, move: str) -> HttpResponse:
    task, offered = _task(request, uuid), TASK.move(move)
    if offered is None or not offered.carries:
        raise Http404
    last = task.proceeding.steps.latest("pk").pk
    form = StepForm(
        offered,
        proceedings.proceedings_for(request.member),
        _sent(request),
        files=request.FILES,
        initial={"on": timezone.localdate(), "after": last},
    )
    refused = ""
    if form.is_bound and form.is_valid():
        try:
            _take(task, offered, form, request.member)
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            messages.success(request, _("已办理：%(move)s。") % {"move": _(offered.title)})
            return redirect("proceedings:detail", uuid=uuid)
    shown = {
        "title": _(offered.title),
        "beside": task.proceeding.title,
        "crumbs": _crumbs(task),
        "form": form,
        "refused": refused,
        "may_take": offered in proceedings.moves_for(request.member, task.proceeding),
    }
    return _form_page(request, shown)


def _take(task: Task, move: Move, form: StepForm, member: Member) -> None:
    common: dict[str, Any] = {
        "task": task, "member": member, "said": form.said(), "now": timezone.now(),
        "after": form.cleaned_data["after"],
    }  # fmt: skip
    if move.code == "hand_over":
        services.hand_over(**common)
    elif move.code == "report":
        services.report(**common, given=form.given(), result=form.cleaned_data["result"])
    elif move.code == "go_on":
        services.go_on(**common, given=form.given())
    else:
        services.report_progress(**common, given=form.given())


@require_http_methods(["GET", "POST"])
def divide(request: MemberRequest, uuid: UUID) -> HttpResponse:
    task, member, today = _task(request, uuid), request.member, timezone.localdate()
    ours = Organization.objects.filter(pk=member.organization.pk)
    below = Organization.objects.in_region(member.organization.region).exclude(
        region=member.organization.region
    )
    form = DivideForm(
        _sent(request),
        receivers=(ours | below).in_force(today).select_related("region"),
        colleagues=members_in(member.organization, on=today),
        initial={"organization": member.organization.pk},
    )
    refused = ""
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            part = services.divide(
                task=task,
                title=said["title"],
                organization=said["organization"],
                owner=said["owner"],
                member=member,
                said=Particulars(today, limits=form.limits()),
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            messages.success(request, _("已分解出一项任务。"))
            return redirect("proceedings:detail", uuid=part.uuid)
    shown = {
        "title": _("分解任务"),
        "beside": task.proceeding.title,
        "crumbs": _crumbs(task),
        "form": form,
        "refused": refused,
    }
    return _form_page(request, shown)


@require_POST
def give_to(request: MemberRequest, uuid: UUID) -> HttpResponse:
    task = _task(request, uuid)
    colleagues = members_in(request.member.organization, on=timezone.localdate())
    form = OwnerForm(request.POST, colleagues=colleagues)
    if not form.is_valid():
        messages.error(request, _("所选的人不在本单位任职：请另选一人。"))
        return redirect("proceedings:detail", uuid=uuid)
    try:
        services.give_to(
            task=task, owner=form.cleaned_data["owner"], member=request.member, now=timezone.now()
        )
    except DomainError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("已写明责任人。"))
    return redirect("proceedings:detail", uuid=uuid)
