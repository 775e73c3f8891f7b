"""What is sent from the pages: each view binds its form and calls one service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhengpin.base.access.subjects import as_uuid
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.decisions import queries, services
from zhengpin.mechanisms.decisions.web import people
from zhengpin.mechanisms.decisions.web.forms import AskForm, DeclareForm, ReplaceForm, VoteForm
from zhengpin.mechanisms.proceedings.particulars import Particulars
from zhengpin.mechanisms.proceedings.web import matter as pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.mechanisms.decisions.models import Decision, Panelist
    from zhengpin.mechanisms.proceedings.models import Proceeding

_LONGEST_SEARCH = 100


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest) -> HttpResponse:
    member, today = request.member, timezone.localdate()
    about = _about(request)
    candidates = queries.candidates_for(member, on=today)
    form = AskForm(
        _sent(request),
        candidates=candidates,
        remedies=queries.remedies(on=today),
        initial={name: request.POST.get(name, "") for name in ("question", "appeal")},
    )
    refused = ""
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            decision = services.ask(
                question=said["question"],
                panel=list(said["panel"]),
                about=about,
                appeal_rule=said["appeal"] or None,
                member=member,
                said=Particulars(today),
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            messages.success(request, _("已提请决定，并通知了参加决定的人。"))
            return redirect("proceedings:detail", uuid=decision.uuid)
    shown = {
        "form": form,
        "refused": refused,
        "about": about,
        "people": people.offered(
            candidates, about=about, words=_words(request), chosen=request.POST.getlist("panel")
        ),
    }
    status = 422 if refused or form.errors else 200
    return render(request, "decisions/decision_ask.html", shown, status=status)


def _sent(request: MemberRequest) -> Any:
    """Return what was sent to be kept; None where one only looked for people."""
    return request.POST if request.method == "POST" and "find" not in request.POST else None


def _words(request: MemberRequest) -> str:
    return request.POST.get("words", "").replace("\0", "").strip()[:_LONGEST_SEARCH]


def _about(request: MemberRequest) -> Proceeding | None:
    """Return the matter the question is about; not found where it is not theirs to ask in."""
    wanted = request.POST.get("about") or request.GET.get("about")
    if not wanted:
        return None
    matter: Proceeding = get_object_or_404(
        queries.matters_for(request.member), uuid=as_uuid(wanted)
    )
    return matter


def _decision(request: MemberRequest, uuid: UUID) -> Decision:
    decision: Decision = get_object_or_404(
        queries.decisions_for(request.member), proceeding__uuid=uuid
    )
    return decision


@require_http_methods(["GET", "POST"])
def declare(request: MemberRequest, uuid: UUID) -> HttpResponse:
    decision, form = _decision(request, uuid), DeclareForm(request.POST)
    return _from_block(
        request,
        decision,
        form,
        lambda: services.declare(
            decision=decision,
            has_conflict=form.has_conflict,
            reasons=form.cleaned_data["reasons"],
            member=request.member,
            now=timezone.now(),
        ),
        _("已声明，不能再改。"),
    )


@require_http_methods(["GET", "POST"])
def vote(request: MemberRequest, uuid: UUID) -> HttpResponse:
    decision, form = _decision(request, uuid), VoteForm(request.POST)
    return _from_block(
        request,
        decision,
        form,
        lambda: services.vote(
            decision=decision, **form.cleaned_data, member=request.member, now=timezone.now()
        ),
        _("已表决，不能再改。"),
    )


def _from_block(
    request: MemberRequest,
    decision: Decision,
    form: DeclareForm | VoteForm,
    take: Callable[[], object],
    done: str,
) -> HttpResponse:
    """Take what was sent from the block of a decision; refused, it is shown there again."""
    if request.method == "GET":
        return redirect("proceedings:detail", uuid=decision.uuid)
    if form.is_valid():
        try:
            take()
        except DomainError as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, done)
            return redirect("proceedings:detail", uuid=decision.uuid)
    matter = pages.matter_for(request.member, decision.uuid)
    return pages.page(request, matter, refused=form, status=422)


@require_http_methods(["GET", "POST"])
def replace(request: MemberRequest, uuid: UUID, panelist: int) -> HttpResponse:
    decision = _decision(request, uuid)
    seat: Panelist = get_object_or_404(queries.everybody_of(decision), pk=panelist)
    candidates = queries.candidates_for(request.member, on=timezone.localdate())
    form = ReplaceForm(_sent(request), candidates=candidates)
    refused = ""
    if form.is_bound and form.is_valid():
        try:
            services.replace(
                decision=decision,
                panelist=seat,
                by=form.cleaned_data["by"],
                member=request.member,
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            messages.success(request, _("已更换，并通知了新的人选。"))
            return redirect("proceedings:detail", uuid=uuid)
    on_panel = queries.everybody_of(decision).values("member__person")
    shown = {
        "decision": decision,
        "seat": seat,
        "form": form,
        "refused": refused,
        "people": people.offered(
            candidates.exclude(person__in=on_panel),
            about=decision.about,
            words=_words(request),
            chosen=[request.POST.get("by", "")],
        ),
    }
    status = 422 if refused or form.errors else 200
    return render(request, "decisions/decision_replace.html", shown, status=status)
