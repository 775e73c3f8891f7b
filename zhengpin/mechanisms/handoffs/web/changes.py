"""What is sent from the pages: each view binds its form and calls one service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhengpin.base.organizations.models import Organization, Region
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.handoffs import addressing, queries, services
from zhengpin.mechanisms.handoffs.kinds import KINDS, SENDING, Reach
from zhengpin.mechanisms.handoffs.letter import Letter
from zhengpin.mechanisms.handoffs.web.forms import (
    CarryingForm,
    LetterForm,
    PassOnForm,
    proposed,
)
from zhengpin.mechanisms.proceedings import queries as proceedings
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.handoffs.addressing import Addressee
    from zhengpin.mechanisms.handoffs.kinds import HandoffKind
    from zhengpin.mechanisms.handoffs.models import Handoff

_MOST = 300  # regions offered in one list


@require_http_methods(["GET", "POST"])
def draft(request: MemberRequest, code: str) -> HttpResponse:
    if code not in KINDS or not KINDS[code].is_offered:
        raise Http404
    kind, member, today = KINDS[code], request.member, timezone.localdate()
    regions = _regions(kind, member)
    region = _wanted(request, regions)
    found = _others(addressing.addressees(kind, region, on=today), member) if region else []
    form = LetterForm(
        request.POST or None,
        kind=kind,
        found=found,
        near=Organization.objects.in_force(today)
        .in_region(member.organization.region)
        .exclude(pk=member.organization.pk),
        visible=proceedings.proceedings_for(member).newest_first(),
    )
    refused = ""
    if request.method == "POST" and form.is_valid():
        chosen = {one.pk for one in form.cleaned_data["receivers"]}
        try:
            made = services.draft_batch(
                kind_code=kind.code,
                letter=_letter(form),
                to=[one for one in found if one.organization.pk in chosen],
                member=member,
                said=Particulars(today),
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            return _after_drafting(request, made)
    context = {
        "form": form, "refused": refused, "kind": kind, "kind_title": _(kind.title),
        "regions": regions, "region": region,
        "found": [(one, _is_ticked(form, one)) for one in found],
    }  # fmt: skip
    status = 422 if refused or form.errors else 200
    return render(request, "handoffs/handoff_draft.html", context, status=status)


def _is_ticked(form: LetterForm | PassOnForm, one: Addressee) -> bool:
    ticked = form["receivers"].value() or []
    return str(one.organization.pk) in {str(key) for key in ticked}


def _after_drafting(request: MemberRequest, made: list[Handoff]) -> HttpResponse:
    if len(made) == 1:
        messages.success(request, _("已拟稿，还没有发出。"))
        return redirect("proceedings:detail", uuid=made[0].proceeding.uuid)
    messages.success(request, _("已拟稿 %(count)s 件，还没有发出。") % {"count": len(made)})
    return redirect("handoffs:batch", batch=made[0].batch)


def _letter(form: LetterForm) -> Letter:
    said = form.cleaned_data
    return Letter(
        title=said["title"],
        ground=said["ground"],
        content=form.content(),
        copies=list(said.get("copies") or ()),
        limits=form.limits(),
        refers_to=said["refers_to"],
    )


def _regions(kind: HandoffKind, member: Member) -> list[Region]:
    """Return the regions a kind may go to from a member's, those with organizations only."""
    own = member.organization.region
    peopled = Region.objects.filter(Exists(Organization.objects.filter(region=OuterRef("pk"))))
    if kind.reach is Reach.SAME:
        peopled = peopled.filter(pk=own.pk)
    if kind.reach is Reach.BELOW:
        peopled = peopled.filter(code__startswith=own.prefix)
    regions = list(peopled.order_by("code")[:_MOST])
    if kind.reach is Reach.OTHER:
        regions = [one for one in regions if not own.contains(one) and not one.contains(own)]
    return sorted(regions, key=lambda one: one.pk != own.pk)


def _wanted(request: MemberRequest, regions: list[Region]) -> Region | None:
    """Return the region that is looked at: the one asked for, or else the first."""
    code = request.POST.get("region") or request.GET.get("region")
    return next((one for one in regions if one.code == code), next(iter(regions), None))


def _others(found: list[Addressee], member: Member) -> list[Addressee]:
    return [one for one in found if one.organization.pk != member.organization.pk]


@require_http_methods(["GET", "POST"])
def pass_on(request: MemberRequest, uuid: UUID) -> HttpResponse:
    member, today = request.member, timezone.localdate()
    handoff = get_object_or_404(queries.handoffs_for(member), uuid=uuid)
    regions = _regions(handoff.kind, member)
    region = _wanted(request, regions)
    found = addressing.addressees(handoff.kind, region, on=today) if region else []
    found = [one for one in _others(found, member) if one.organization.pk != handoff.sender_id]
    form = PassOnForm(
        request.POST if request.method == "POST" else None, kind=handoff.kind, found=found
    )
    refused = ""
    if request.method == "POST" and form.is_valid():
        chosen = {one.pk for one in form.cleaned_data["receivers"]}
        try:
            made = services.pass_on(
                handoff=handoff,
                to=[one for one in found if one.organization.pk in chosen],
                limits=form.limits(),
                member=member,
                said=Particulars(today),
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            return _after_drafting(request, made)
    context = {
        "handoff": handoff, "form": form, "refused": refused,
        "may_pass_on": queries.may_pass_on(member, handoff),
        "needs_approval": handoff.kind.needs_approval,
        "regions": regions, "region": region,
        "found": [(one, _is_ticked(form, one)) for one in found],
    }  # fmt: skip
    status = 422 if refused or form.errors else 200
    return render(request, "handoffs/handoff_pass_on.html", context, status=status)


@require_http_methods(["GET", "POST"])
def step(request: MemberRequest, uuid: UUID, move: str) -> HttpResponse:
    handoff = get_object_or_404(queries.handoffs_for(request.member), uuid=uuid)
    offered = handoff.kind.procedure.move(move)
    if offered is None or offered.opens or not offered.carries:
        raise Http404
    found = _receivers(request, handoff) if move == "resend" else []
    form = CarryingForm(
        offered,
        handoff.kind,
        found,
        request.POST or None,
        initial={"on": timezone.localdate(), "after": _last(handoff), **proposed(handoff)},
    )
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            _take(handoff, offered, form, found, request.member)
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            messages.success(request, _("已办理：%(move)s。") % {"move": _(offered.title)})
            return redirect("proceedings:detail", uuid=handoff.proceeding.uuid)
    context = {
        "handoff": handoff, "form": form, "refused": refused, "move_title": _(offered.title),
        "may_take": offered in proceedings.moves_for(request.member, handoff.proceeding),
        "regions": _regions(handoff.kind, request.member) if move == "resend" else [],
        "region": request.GET.get("region", ""),
        "basis": str(offered.basis or ""),
        "found": found,
    }  # fmt: skip
    status = 422 if refused or form.errors else 200
    return render(request, "handoffs/handoff_step.html", context, status=status)


def _last(handoff: Handoff) -> int:
    return int(handoff.proceeding.steps.order_by("-pk").values_list("pk", flat=True)[0])


def _receivers(request: MemberRequest, handoff: Handoff) -> list[Addressee]:
    wanted = (
        request.POST.get("region") or request.GET.get("region") or handoff.receiver.region.code
    )
    region = get_object_or_404(Region, code=wanted)
    found = addressing.addressees(handoff.kind, region, on=timezone.localdate())
    return [one for one in _others(found, request.member) if one.organization != handoff.receiver]


def _take(
    handoff: Handoff, move: Move, form: CarryingForm, found: list[Addressee], member: Member
) -> None:
    """Call the service of a move that carries more than its particulars."""
    common: dict[str, Any] = {
        "handoff": handoff, "member": member, "said": form.said(), "now": timezone.now(),
        "after": form.cleaned_data["after"],
    }  # fmt: skip
    if move.code in SENDING:
        services.send(**common)
    elif move.code == "accept":
        services.accept(**common)
    elif move.code in {"refuse", "give_back"}:
        services.refuse(**common)
    elif move.code == "answer":
        services.answer(**common, reply=form.reply())
    else:
        chosen = form.cleaned_data["receiver"]
        services.resend(**common, to=next(one for one in found if one.organization == chosen))
