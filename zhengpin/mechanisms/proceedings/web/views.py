"""The page of a matter, and what is sent from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.proceedings import services
from zhengpin.mechanisms.proceedings.web import matter as pages
from zhengpin.mechanisms.proceedings.web.forms import CorrectionForm, MoveForm
from zhengpin.mechanisms.proceedings.web.words import sentence

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.mechanisms.proceedings.models import Step


@require_GET
def detail(request: MemberRequest, uuid: UUID) -> HttpResponse:
    return pages.page(request, pages.matter_for(request.member, uuid))


@require_http_methods(["GET", "POST"])
def move(request: MemberRequest, uuid: UUID, code: str) -> HttpResponse:
    matter = pages.matter_for(request.member, uuid)
    declared = matter.procedure.move(code)
    if declared is None:
        raise Http404
    if request.method == "GET":
        return redirect("proceedings:detail", uuid=uuid)
    form = MoveForm(declared, matter.procedure, request.POST)
    if form.is_valid():
        try:
            services.make_move(
                proceeding=matter,
                move_code=code,
                member=request.member,
                said=form.said(),
                now=timezone.now(),
                after=form.cleaned_data["after"],
            )
        except DomainError as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("已办理：%(move)s。") % {"move": _(declared.title)})
            return redirect("proceedings:detail", uuid=uuid)
    return pages.page(request, matter, refused=form, status=422)


@require_http_methods(["GET", "POST"])
def correct(request: MemberRequest, uuid: UUID, step: int) -> HttpResponse:
    matter = pages.matter_for(request.member, uuid)
    wrong: Step = get_object_or_404(matter.steps, pk=step, corrects=None)
    if request.method == "GET":
        return redirect("proceedings:detail", uuid=uuid)
    wrong.proceeding = matter
    form = CorrectionForm(wrong, request.POST)
    if form.is_valid():
        try:
            services.correct_step(
                step=wrong, member=request.member, said=form.said(), now=timezone.now()
            )
        except DomainError as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("日期已更正，期限已重新计算；原来的日期仍然留着。"))
            return redirect("proceedings:detail", uuid=uuid)
    return pages.page(request, matter, refused=form, corrected=wrong.pk, status=422)
