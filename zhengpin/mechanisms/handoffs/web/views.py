"""What is read: the list, the kinds one may send, one hand-off, pairs without an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhengpin.base.organizations.models import Organization
from zhengpin.mechanisms.handoffs import addressing, errors, queries
from zhengpin.mechanisms.handoffs.kinds import KINDS
from zhengpin.mechanisms.handoffs.web.fields import shown
from zhengpin.mechanisms.proceedings import queries as proceedings

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.http import HttpResponse

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.procedures import Reading
    from zhengpin.mechanisms.handoffs.kinds import HandoffKind
    from zhengpin.mechanisms.handoffs.models import Handoff, HandoffQuerySet
    from zhengpin.mechanisms.handoffs.web.requests import MemberRequest

_SIZE = 50


@require_GET
def handoff_list(request: MemberRequest) -> HttpResponse:
    member = request.member
    side = request.GET.get("side", "")
    kind = request.GET.get("kind", "")
    words = request.GET.get("q", "").strip()[:100]
    after = request.GET.get("after", "")
    rows = _narrowed(queries.handoffs_for(member), member, side, kind, words)
    if after:
        if not after.isdigit():
            raise Http404
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.newest_first()[: _SIZE + 1])
    page = found[:_SIZE]
    kept = {"side": side, "kind": kind, "q": words}
    onward = urlencode({**kept, "after": page[-1].pk}) if len(found) > _SIZE else ""
    address = reverse("handoffs:list")
    context = {
        "rows": [_row(one, member) for one in page],
        "side": side, "kind": kind, "words": words,
        "kinds": [(one.code, _(one.title)) for one in _ordered()],
        "may_send": bool(kinds_for(member, timezone.localdate())),
        "is_narrowed": bool(side or kind or words),
        "next": f"{address}?{onward}" if onward else "",
        "start": f"{address}?{urlencode(kept)}" if after else "",
    }  # fmt: skip
    return render(request, "handoffs/handoff_list.html", context)


def _ordered() -> list[HandoffKind]:
    return sorted(KINDS.values(), key=lambda one: (one.rows, one.code))


def _narrowed(
    rows: HandoffQuerySet, member: Member, side: str, kind: str, words: str
) -> HandoffQuerySet:
    if side == "in":
        rows = rows.filter(receiver=member.organization)
    elif side == "out":
        rows = rows.filter(sender=member.organization)
    if kind:
        rows = rows.filter(kind_code=kind)
    if words:
        asked = Q(proceeding__title__icontains=words) | Q(proceeding__number__icontains=words)
        rows = rows.filter(asked)
    return rows


def _row(handoff: Handoff, member: Member) -> dict[str, Any]:
    proceeding = handoff.proceeding
    is_mine = handoff.sender_id == member.organization.pk
    return {
        "handoff": handoff,
        "kind": _(handoff.kind.title),
        "stage": _(proceeding.stage_declared.title),
        "other": handoff.receiver if is_mine else handoff.sender,
        "is_mine": is_mine,
    }


def kinds_for(member: Member, on: date) -> list[HandoffKind]:
    """Return the kinds a member's organization may send on a day."""
    allowed = []
    for kind in _ordered():
        try:
            addressing.require_sender(kind, member.organization, on=on)
        except errors.SenderNotCompetent:
            continue
        allowed.append(kind)
    return allowed


@require_GET
def kinds(request: MemberRequest) -> HttpResponse:
    offered = [
        {
            "kind": kind,
            "title": _(kind.title),
            "basis": "；".join(map(str, kind.basis)),
            "limits": [
                (_(clock.title), clock.rule is not None) for clock in kind.procedure.clocks
            ],
        }
        for kind in kinds_for(request.member, timezone.localdate())
    ]
    return render(request, "handoffs/handoff_kinds.html", {"kinds": offered})


@require_GET
def handoff_detail(request: MemberRequest, uuid: UUID) -> HttpResponse:
    handoff = get_object_or_404(queries.handoffs_for(request.member), uuid=uuid)
    return render(request, "handoffs/handoff_detail.html", detail(request.member, handoff))


def detail(member: Member, handoff: Handoff) -> dict[str, Any]:
    """Return what the page of a hand-off shows a member."""
    now = timezone.now()
    proceeding, kind = handoff.proceeding, handoff.kind
    readings = proceedings.readings_of(proceeding, now=now)
    content = queries.content_for(member, handoff)
    reads_all = queries.may_read_content(member, handoff)
    steps = list(
        proceeding.steps.select_related("member__person", "organization", "corrects").order_by(
            "pk"
        )
    )
    return {
        "handoff": handoff,
        "proceeding": proceeding,
        "kind_title": _(kind.title),
        "stages": _stages(handoff, [one.move_code for one in steps]),
        "readings": [_shown_reading(one, now) for one in readings],
        "content": list(shown(kind.content, content)),
        "is_outline": not reads_all,
        "reply": list(shown(kind.reply, handoff.reply or {})) if reads_all else [],
        "deliveries": handoff.deliveries.select_related("receiver", "refused_by").order_by("pk"),
        "copies": Organization.objects.filter(pk__in=handoff.copies).order_by("pk"),
        "steps": [
            {"step": one, "title": _(getattr(kind.procedure.move(one.move_code), "title", ""))}
            for one in reversed(steps)
        ],
        "moves": [
            {"code": one.code, "title": _(one.title)}
            for one in proceedings.moves_for(member, proceeding)
        ],
        "basis": "；".join(map(str, kind.basis)),
    }


def _stages(handoff: Handoff, taken: list[str]) -> list[dict[str, str]]:
    """Return the stages a matter goes through, those passed marked; side ways only when there."""
    procedure, now = handoff.kind.procedure, handoff.proceeding.stage
    passed = {move.target for code in taken if (move := procedure.move(code))}
    path = [one for one in procedure.stages if one.code not in {"refused", "withdrawn"}]
    if now in {"refused", "withdrawn"}:
        path = [one for one in procedure.stages if one.code in passed]
    return [
        {
            "title": _(one.title),
            "note": "",
            "state": "now" if one.code == now else "done" if one.code in passed else "",
        }
        for one in path
    ]


_TONES = {"overdue": "late", "missed": "late", "met": "ok", "stopped": "ok"}


def _shown_reading(reading: Reading, now: datetime) -> dict[str, Any]:
    states = {
        "running": _("计时中"), "paused": _("中止"), "overdue": _("已超期"), "met": _("按期"),
        "missed": _("逾期办理"), "stopped": _("已办理"), "restarted": _("已重新起算"),
    }  # fmt: skip
    tone = _TONES.get(reading.state, "said")
    if reading.is_open and reading.due is not None and tone == "said":
        day = reading.due if not hasattr(reading.due, "date") else reading.due.date()
        tone = "soon" if day <= now.date() + timedelta(days=3) else "ok"
    text = f"{reading.due:%Y-%m-%d %H:%M}" if hasattr(reading.due, "hour") else ""
    return {
        "title": _(reading.clock.title),
        "state": states[reading.state],
        "tone": tone,
        "due": text or (f"{reading.due:%Y-%m-%d}" if reading.due else ""),
        "is_paused": reading.state == "paused",
        "is_guess": reading.provisional,
        "why": reading.why,
        "citation": reading.citation,
        "extended": reading.extended,
    }


class _PeriodForm(forms.Form):
    kind = forms.ChoiceField(required=False)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)


@require_GET
def pairs(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    form = _PeriodForm(request.GET)
    form.fields["kind"].choices = [(one.code, one.title) for one in _ordered()]  # type: ignore[attr-defined]
    said = form.cleaned_data if form.is_valid() else {}
    code = said.get("kind") or next(iter(sorted(KINDS)), "")
    first = said.get("first") or today.replace(month=1, day=1)
    last = said.get("last") or today
    found = queries.pairs(
        request.member, kind_code=code, first=first, last=last, now=timezone.now()
    )
    context = {
        "pairs": found, "kind": code, "first": first, "last": last,
        "kinds": [(one.code, _(one.title)) for one in _ordered()],
    }  # fmt: skip
    return render(request, "handoffs/handoff_pairs.html", context)
