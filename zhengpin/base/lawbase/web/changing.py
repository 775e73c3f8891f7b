"""The pages where somebody with the duty adds to the law data, or takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhengpin.base.lawbase import queries, services
from zhengpin.base.lawbase.duties import MAINTAIN_LAW
from zhengpin.base.lawbase.models import Override
from zhengpin.base.lawbase.web import words
from zhengpin.base.lawbase.web.forms import (
    CorrectionForm,
    DayOnForms,
    DaysOffForms,
    ExtensionForms,
    NoticeForm,
    VersionForm,
    WithdrawForm,
    days_off,
    days_on,
    extension_rows,
)
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.lawdata import RuleUnknown

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpResponse

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.base.lawbase.law import Law
    from zhengpin.kernel.lawdata import Rule


def _require_duty(request: MemberRequest) -> None:
    if not request.member.holds(MAINTAIN_LAW):
        raise PermissionDenied


def _refusal(refusal: DomainError, form: Form) -> str:
    """Return what is refused in one sentence; several faults are listed with the form."""
    faults = getattr(refusal, "faults", ())
    for fault in faults:
        form.add_error(None, fault)
    general = (type(refusal).__doc__ or "").strip()
    return _(general) if faults else sentence(refusal)


@require_GET
def overrides(request: MemberRequest) -> HttpResponse:
    law = queries.law()
    shown = {
        "rows": [_row(one, law) for one in queries.overrides()],
        "may_maintain": request.member.holds(MAINTAIN_LAW),
        "here": "overrides",
    }
    return render(request, "lawbase/override_list.html", shown)


def _row(one: Override, law: Law) -> dict[str, object]:
    is_withdrawn = hasattr(one, "withdrawal")
    return {
        "override": one,
        "is_withdrawn": is_withdrawn,
        "aside": "" if is_withdrawn else law.set_aside.get(one.pk, ""),
        "said": words.content(one),
    }


@require_http_methods(["GET", "POST"])
def override(request: MemberRequest, uuid: UUID) -> HttpResponse:
    try:
        found = queries.override(uuid)
    except Override.DoesNotExist as unknown:
        raise Http404 from unknown
    form, refused = WithdrawForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_override(
                override=found,
                reason=form.cleaned_data["reason"],
                member=request.member,
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            messages.success(request, _("已撤回；登记的内容仍可查阅。"))
            return redirect("lawbase:overrides")
    row = _row(found, queries.law())
    shown = row | {
        "row": row,
        "form": form,
        "refused": refused,
        "may_maintain": request.member.holds(MAINTAIN_LAW),
        "here": "overrides",
    }
    is_refused = bool(refused or form.errors)
    page = "lawbase/override_detail.html"
    return render(request, page, shown, status=422 if is_refused else 200)


@require_http_methods(["GET", "POST"])
def add_notice(request: MemberRequest) -> HttpResponse:
    _require_duty(request)
    data = request.POST or None
    form = NoticeForm(data, initial={"year": timezone.localdate().year + 1})
    off, on = DaysOffForms(data, prefix="off"), DayOnForms(data, prefix="on")
    refused = ""
    if request.method == "POST" and all(one.is_valid() for one in (form, off, on)):
        try:
            made = services.add_calendar_notice(
                announcement=form.announcement(days_off(off), days_on(on)),
                source=form.source(),
                member=request.member,
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = _refusal(refusal, form)
        else:
            said = _("已登记 %(year)s 年的放假通知；按工作日计算的期限会照它重算。")
            messages.success(request, said % {"year": made.subject})
            return redirect("lawbase:year", year=int(made.subject))
    is_refused = bool(refused or form.errors or any(off.errors) or any(on.errors))
    shown = {"form": form, "off": off, "on": on, "refused": refused, "here": "overrides"}
    return render(request, "lawbase/notice_form.html", shown, status=422 if is_refused else 200)


def _rule(id_: str) -> Rule:
    try:
        return queries.row(id_)
    except RuleUnknown as unknown:
        raise Http404 from unknown


@require_http_methods(["GET", "POST"])
def add_version(request: MemberRequest, id: str) -> HttpResponse:  # noqa: A002 — the address's word
    _require_duty(request)
    rule, law = _rule(id), queries.law()
    data = request.POST or None
    form = VersionForm(data, rule=rule, table=law.table)
    extensions = ExtensionForms(
        data, prefix="extension", initial=[words.extension_fields(one) for one in rule.extension]
    )
    refused = ""
    if request.method == "POST" and form.is_valid() and extensions.is_valid():
        try:
            services.add_rule_version(
                code=rule.id,
                on=form.cleaned_data["on"],
                changes=form.changes() | {"extension": extension_rows(extensions)},
                source=form.source(),
                member=request.member,
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = _refusal(refusal, form)
        else:
            messages.success(request, _("已登记新版本；此前的版本到前一日为止。"))
            return redirect("lawbase:rule", id=rule.id)
    is_refused = bool(refused or form.errors or any(extensions.errors))
    shown: dict[str, Any] = {
        "rule": rule,
        "form": form,
        "extensions": extensions,
        "refused": refused,
        "interval": words.interval(rule),
        "length": words.length(rule),
        "here": "overrides",
    }
    return render(request, "lawbase/version_form.html", shown, status=422 if is_refused else 200)


@require_http_methods(["GET", "POST"])
def add_correction(request: MemberRequest, id: str) -> HttpResponse:  # noqa: A002 — as above
    _require_duty(request)
    rule = _rule(id)
    form, refused = CorrectionForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            services.add_correction(
                code=rule.id,
                field=form.cleaned_data["field"],
                value=form.cleaned_data["value"],
                source=form.source(),
                member=request.member,
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = sentence(refusal)
        else:
            messages.success(request, _("已登记更正；原来的记载一并保留。"))
            return redirect("lawbase:rule", id=rule.id)
    shown = {
        "rule": rule,
        "form": form,
        "refused": refused,
        "values": [(field, str(getattr(rule, field) or "")) for field in form.FIELDS],
        "here": "overrides",
    }
    is_refused = bool(refused or form.errors)
    return render(
        request, "lawbase/correction_form.html", shown, status=422 if is_refused else 200
    )
