"""The register of instruments that plans cite: list, one instrument, what is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhengpin.base.lawbase import queries as law
from zhengpin.base.paging import PlaceMalformed, page_by
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.plantext.instruments import title_key
from zhengpin.mechanisms.plans import instruments, queries
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.plans.models import Citation, Instrument
from zhengpin.mechanisms.plans.web.changes import KEPT
from zhengpin.mechanisms.plans.web.instrument_forms import (
    InstrumentFilterForm,
    ParticularsForm,
    RemarkForm,
    StatusForm,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.mechanisms.plans.models import Clause, Plan

_SIZE = 50
_FLAGGED_FIRST = ("-is_flagged", "title_key", "number_key", "pk")
_NARROWING = ("q", "status", "plan")


@require_GET
def instrument_list(request: MemberRequest) -> HttpResponse:
    form = InstrumentFilterForm(request.GET)
    words, status, of, after = (form.value(name) for name in (*_NARROWING, "after"))
    plan = queries.plans_for(request.member).filter(uuid=of).first() if of else None
    if of and plan is None:
        raise Http404
    found = _narrowed(queries.instruments_flagged_first(request.member), words, status, plan)
    try:
        page = page_by(found, *_FLAGGED_FIRST, after=after, size=_SIZE)
    except PlaceMalformed as malformed:
        raise Http404 from malformed
    shown = {
        "rows": _counted(page.rows, request.member),
        "words": words or "",
        "status": status,
        "plan": plan,
        "statuses": Instrument.Status.choices,
        "is_narrowed": bool(words or status),
        "total": page.total.said,
        "next": _address(form, page.following) if page.following else "",
        "start": _address(form) if after else "",
    }
    return render(request, "plans/instrument_list.html", shown)


def _counted(listed: Sequence[Instrument], member: Member) -> list[dict[str, object]]:
    counts = queries.places_of(member, listed)
    return [
        {"instrument": one, "cited": counts[one.pk][0], "flagged": counts[one.pk][1]}
        for one in listed
    ]


def _narrowed(
    found: QuerySet[Instrument], words: str | None, status: str | None, plan: Plan | None
) -> QuerySet[Instrument]:
    if words:
        found = queries.search_instruments(found, words)
    if status in Instrument.Status.values:
        found = found.filter(status=status)
    if plan is not None:
        found = found.filter(pk__in=Citation.objects.filter(plan=plan).values("instrument"))
    return found


def _address(form: InstrumentFilterForm, after: str = "") -> str:
    kept = {name: form.value(name) for name in _NARROWING} | {"after": after}
    query = urlencode({name: value for name, value in kept.items() if value})
    return reverse("plans:instruments") + (f"?{query}" if query else "")


@dataclass(slots=True)
class _Sent:
    """What was sent and not saved: the forms as filled in, and the sentence that says why."""

    refused: str = ""
    forms: dict[str, Any] = field(default_factory=dict)
    remark: str = ""
    citation: int | None = None


@require_GET
def instrument_detail(request: MemberRequest, uuid: UUID) -> HttpResponse:
    return _page(request, _instrument(request, uuid), _Sent())


@require_http_methods(["GET", "POST"])
def set_status(request: MemberRequest, uuid: UUID) -> HttpResponse:
    instrument = _instrument(request, uuid)
    sent = _Sent(forms={"status_form": StatusForm(_posted(request))})
    form = sent.forms["status_form"]
    if request.method == "POST" and form.is_valid():
        try:
            instruments.set_status(
                instrument=instrument, status=form.cleaned_data["status"],
                source=form.cleaned_data["source"], member=request.member, now=timezone.now(),
            )  # fmt: skip
        except DomainError as refusal:
            sent.refused = sentence(refusal)
        else:
            messages.success(request, _("已登记；引用它的条款如需复核，都已标出。"))
            return redirect("plans:instrument", uuid=uuid)
    return _again(request, instrument, sent)


@require_http_methods(["GET", "POST"])
def describe(request: MemberRequest, uuid: UUID) -> HttpResponse:
    instrument = _instrument(request, uuid)
    sent = _Sent(forms={"particulars_form": ParticularsForm(_posted(request))})
    form = sent.forms["particulars_form"]
    if request.method == "POST" and form.is_valid():
        try:
            instruments.describe(
                instrument=instrument, **form.cleaned_data, member=request.member,
                now=timezone.now(),
            )  # fmt: skip
        except DomainError as refusal:
            sent.refused = sentence(refusal)
        else:
            messages.success(request, _("已保存。"))
            return redirect("plans:instrument", uuid=uuid)
    return _again(request, instrument, sent)


@require_http_methods(["GET", "POST"])
def settle_flag(request: MemberRequest, uuid: UUID, citation: int) -> HttpResponse:
    instrument = _instrument(request, uuid)
    cited = get_object_or_404(queries.citations_for(request.member), pk=citation)
    if cited.instrument_id != instrument.pk:
        raise Http404
    form = RemarkForm(_posted(request))
    sent = _Sent(citation=citation, remark=form["remark"].value() or "")
    if request.method == "POST" and form.is_valid():
        try:
            instruments.settle_flag(
                citation=cited, remark=form.cleaned_data["remark"], member=request.member,
                now=timezone.now(),
            )  # fmt: skip
        except DomainError as refusal:
            sent.refused = sentence(refusal)
        else:
            messages.success(request, _("已记下复核意见。"))
            return redirect(_back(cited))
    elif form.errors:
        sent.refused = " ".join(str(one) for one in form["remark"].errors)
    return _again(request, instrument, sent)


def _back(cited: Citation) -> str:
    if cited.clause is None:
        return reverse("plans:instrument", args=[cited.instrument.uuid])
    return reverse("plans:clause", args=[cited.plan.uuid, cited.clause.address])


def _posted(request: MemberRequest) -> Any:
    """Return what was sent now, or before the member had to sign in again."""
    return request.POST if request.method == "POST" else request.kept


def _again(request: MemberRequest, instrument: Instrument, sent: _Sent) -> HttpResponse:
    """Return the page with what was sent and not saved; without anything sent, lead to it."""
    if request.method == "POST":
        return _page(request, instrument, sent, status=422)
    if request.kept is None:
        return redirect("plans:instrument", uuid=instrument.uuid)
    sent.refused = _(KEPT)
    return _page(request, instrument, sent)


def _instrument(request: MemberRequest, uuid: UUID) -> Instrument:
    seen = queries.instruments_for(request.member)
    instrument: Instrument = get_object_or_404(seen, uuid=uuid)
    return instrument


def _page(
    request: MemberRequest, instrument: Instrument, sent: _Sent, status: int = 200
) -> HttpResponse:
    try:
        page = page_by(
            queries.citing_places(request.member, instrument),
            "-is_open", "-plan_id", "start", "pk",
            after=request.GET.get("after") or None,
            size=_SIZE,
        )  # fmt: skip
    except PlaceMalformed as malformed:
        raise Http404 from malformed
    address = reverse("plans:instrument", args=[instrument.uuid])
    shown = {
        "instrument": instrument,
        "facts": _facts(instrument),
        "changes": _changes(instrument),
        "rows": _rows(page.rows, request.member),
        "total": page.total.said,
        "next": f"{address}?{urlencode({'after': page.following})}" if page.following else "",
        "start": address if request.GET.get("after") else "",
        "may_record": instruments.may_record(instrument, request.member),
        "status_form": StatusForm(),
        "particulars_form": ParticularsForm.of(instrument),
        **sent.forms,
        "sent": sent,
        "wrong": next((one for one in sent.forms.values() if one.errors), None),
    }
    return render(request, "plans/instrument_detail.html", shown, status=status)


def _facts(instrument: Instrument) -> list[tuple[str, str | SafeString]]:
    return [
        (_("文号"), instrument.number),
        (_("制发机关"), instrument.issuer),
        (_("成文日期"), instrument.issued_on.isoformat() if instrument.issued_on else ""),
        (_("法律数据"), _known_to_the_law(instrument)),
    ]


def _known_to_the_law(instrument: Instrument) -> SafeString | str:
    """Return links to what the law data hold under the same title, with the number they know."""
    same = [
        (reverse("lawbase:instrument", args=[one.code]), one.name)
        for one in law.instruments()
        if title_key(one.title) == instrument.title_key
    ]
    return format_html_join("；", '<a href="{}" lang="zh-Hans">{}</a>', same) or _("没有收录")


def _changes(instrument: Instrument) -> list[dict[str, object]]:
    rows = instrument.changes.select_related("member__post__organization").order_by("-pk")
    return [
        {"change": one, "by": one.member.post.organization.short_name, "at": one.changed_at}
        for one in rows
    ]


def _rows(cited: Sequence[Citation], member: Member) -> list[dict[str, object]]:
    return [{"citation": one, "may_settle": _may_settle(one, member)} for one in cited]


def _may_settle(cited: Citation, member: Member) -> bool:
    is_holder = cited.plan.organization_id == member.organization.pk
    return cited.is_flagged and is_holder and member.holds(IMPORT_PLANS)


def cited_by(clause: Clause, member: Member) -> list[dict[str, object]]:
    """Return what a clause cites, for its own page; the clause knows its plan."""
    cited = list(
        clause.citations.select_related("instrument", "settled_by__person").order_by("start")
    )
    for one in cited:
        one.plan = clause.plan
    return _rows(cited, member)
