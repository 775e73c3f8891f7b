"""What was drafted together: how each stands, and the steps to be taken for several at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.handoffs import errors, queries, services
from zhengpin.mechanisms.handoffs.kinds import SENDING
from zhengpin.mechanisms.handoffs.web.forms import TogetherForm, proposed
from zhengpin.mechanisms.proceedings import queries as proceedings
from zhengpin.mechanisms.proceedings.models import DueDay
from zhengpin.mechanisms.proceedings.web.words import pill_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.handoffs.models import Handoff


@dataclass(slots=True)
class _Offer:
    """A step that some of a batch wait for, with its form."""

    move: Move
    handoffs: list[Handoff]
    form: TogetherForm
    is_refused: bool = False

    @property
    def title(self) -> str:
        return _(self.move.title)

    @property
    def is_of_drafts(self) -> bool:
        return self.handoffs[0].proceeding.is_inside


@require_http_methods(["GET", "POST"])
def batch(request: MemberRequest, batch: UUID) -> HttpResponse:
    found = list(queries.batch_for(request.member, batch))
    if not found:
        raise Http404
    offers = _offers(found, request.member)
    refused = ""
    if request.method == "POST":
        try:
            taken = _take(offers.get(request.POST.get("move", "")), request)
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            if taken:
                return redirect("handoffs:batch", batch=batch)
    context = {
        "title": found[0].proceeding.title,
        "kind_title": _(found[0].kind.title),
        "rows": list(_rows(found, request.member)),
        "offers": list(offers.values()),
        "form": next((one.form for one in offers.values() if one.is_refused), None),
        "refused": refused,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "handoffs/handoff_batch.html", context, status=status)


def _take(offer: _Offer | None, request: MemberRequest) -> bool:
    """Take the step that was sent; False where its form is refused. Raises NothingTogether."""
    if offer is None:
        raise errors.NothingTogether
    offer.form = TogetherForm(offer.move, offer.handoffs[0].kind, request.POST)
    offer.is_refused = True
    if not offer.form.is_valid():
        return False
    steps = services.take_together(
        handoffs=offer.handoffs,
        move_code=offer.move.code,
        member=request.member,
        said=offer.form.said(),
        now=timezone.now(),
    )
    said = {"move": offer.title, "count": len(steps)}
    messages.success(request, _("已办理：%(move)s，%(count)s 件。") % said)
    return True


def _offers(found: Sequence[Handoff], member: Member) -> dict[str, _Offer]:
    """Return the steps of the sender that a member may take now, those that lead on first."""
    roles = proceedings.roles_in(member, [one.proceeding for one in found])
    offers: dict[str, _Offer] = {}
    for handoff in found:
        matter = handoff.proceeding
        for move in proceedings.moves_in(member, matter, roles[matter.pk]):
            if handoff.sender_id != member.organization.pk or not _is_plain(move):
                continue
            if move.code not in offers:
                initial = {"on": timezone.localdate(), **proposed(handoff)}
                form = TogetherForm(move, handoff.kind, initial=initial)
                offers[move.code] = _Offer(move, [], form)
            offers[move.code].handoffs.append(handoff)
    procedure = found[0].kind.procedure
    by_way = sorted(offers.items(), key=lambda one: procedure.stage(one[1].move.target).aside)
    return dict(by_way)


def _is_plain(move: Move) -> bool:
    """Tell whether a step says the same of every hand-off it is taken for."""
    return not move.carries or move.code in SENDING


def _rows(found: Sequence[Handoff], member: Member) -> Iterator[dict[str, Any]]:
    now, matters = timezone.now(), [one.proceeding for one in found]
    left = proceedings.reads_to(member, matters)
    days = DueDay.objects.filter(proceeding__in=matters).exclude(proceeding__in=left)
    first: dict[int, DueDay] = {}
    for day in days.order_by("is_paused", "due_at", "pk"):
        first.setdefault(day.proceeding_id, day)
    for handoff in found:
        matter = handoff.proceeding
        due, has_left = first.get(matter.pk), matter.pk in left
        yield {
            "handoff": handoff,
            "stage": _("已不再参与") if has_left else _(matter.stage_declared.title),
            "holder": "" if has_left else matter.holder.short_name,
            "clock": _(handoff.kind.procedure.clock(due.clock_code).title) if due else "",
            "pill": pill_of(due, now) if due else None,
        }
