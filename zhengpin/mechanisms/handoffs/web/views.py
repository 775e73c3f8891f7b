"""What is read: the list, the kinds one may send, one hand-off, pairs without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhengpin.base import searching
from zhengpin.base.paging import PlaceMalformed, page_by
from zhengpin.mechanisms.handoffs import addressing, queries
from zhengpin.mechanisms.handoffs.kinds import ordered
from zhengpin.mechanisms.proceedings import queries as proceedings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.mechanisms.handoffs.models import Handoff, HandoffQuerySet

_SIZE = 50
_COUNTED = 99  # who sees what is asked row by row: a list of many thousands is not counted out


@require_GET
def handoff_list(request: MemberRequest) -> HttpResponse:
    member = request.member
    side = request.GET.get("side", "")
    kind = request.GET.get("kind", "")
    words = request.GET.get("q", "").strip()[:100]
    after = request.GET.get("after", "")
    found = _narrowed(queries.handoffs_for(member), member, side, kind, words)
    try:
        page = page_by(found, "-pk", after=after or None, size=_SIZE, counted=_COUNTED)
    except PlaceMalformed as malformed:
        raise Http404 from malformed
    kept = {"side": side, "kind": kind, "q": words}
    onward = urlencode({**kept, "after": page.following}) if page.following else ""
    address = reverse("handoffs:list")
    context = {
        "rows": _rows(page.rows, member),
        "side": side, "kind": kind, "words": words,
        "kinds": [(one.code, _(one.title)) for one in ordered()],
        "may_send": bool(addressing.kinds_for(member.organization, on=timezone.localdate())),
        "is_narrowed": bool(side or kind or words),
        "total": page.total.said,
        "next": f"{address}?{onward}" if onward else "",
        "start": f"{address}?{urlencode(kept)}" if after else "",
    }  # fmt: skip
    return render(request, "handoffs/handoff_list.html", context)


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
        question = searching.question(words)
        rows = rows.filter(proceeding__search=question) if question else rows.none()
    return rows


def _rows(handoffs: Sequence[Handoff], member: Member) -> list[dict[str, Any]]:
    left = proceedings.reads_to(member, [one.proceeding for one in handoffs])
    return [_row(one, member, has_left=one.proceeding_id in left) for one in handoffs]


def _row(handoff: Handoff, member: Member, *, has_left: bool) -> dict[str, Any]:
    proceeding = handoff.proceeding
    is_mine = handoff.sender_id == member.organization.pk
    return {
        "handoff": handoff,
        "kind": _(handoff.kind.title),
        "stage": _("已不再参与") if has_left else _(proceeding.stage_declared.title),
        "holder": "" if has_left else proceeding.holder.short_name,
        "other": handoff.receiver if is_mine else handoff.sender,
        "is_mine": is_mine,
    }


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
        for kind in addressing.kinds_for(request.member.organization, on=timezone.localdate())
    ]
    return render(request, "handoffs/handoff_kinds.html", {"kinds": offered})


class _PeriodForm(forms.Form):
    kind = forms.ChoiceField(required=False)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)


@require_GET
def pairs(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    form = _PeriodForm(request.GET)
    answered = [one for one in ordered() if one.reply is not None]
    form.fields["kind"].choices = [(one.code, one.title) for one in answered]  # type: ignore[attr-defined]
    said = form.cleaned_data if form.is_valid() else {}
    code = said.get("kind") or min((one.code for one in answered), default="")
    first = said.get("first") or today.replace(month=1, day=1)
    last = said.get("last") or today
    found = queries.pairs(
        request.member, kind_code=code, first=first, last=last, now=timezone.now()
    )
    context = {
        "pairs": found, "kind": code, "first": first, "last": last,
        "kinds": [(one.code, _(one.title)) for one in answered],
    }  # fmt: skip
    return render(request, "handoffs/handoff_pairs.html", context)
