"""The pages that show the law data; everybody who is signed in may read them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhengpin.base.lawbase import queries
from zhengpin.base.lawbase.calendars import State, calendar_year
from zhengpin.base.lawbase.duties import MAINTAIN_LAW
from zhengpin.base.lawbase.errors import InstrumentUnknown
from zhengpin.base.lawbase.instruments import Mark, instrument_code, mark_of
from zhengpin.base.lawbase.web import words
from zhengpin.base.lawbase.web.forms import ReckonForm, SearchForm
from zhengpin.base.refusals import sentence
from zhengpin.kernel.calendars import CalendarUnknown
from zhengpin.kernel.clocks import deadline
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.lawdata import RuleUnknown, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpResponse

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.base.lawbase.law import Law
    from zhengpin.kernel.clocks import Deadline
    from zhengpin.kernel.lawdata import Rule, Threshold

_Values = list[tuple[str, object]]


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    wanted = SearchForm(request.GET).words()
    law = queries.law()
    shown: dict[str, object] = {"words": wanted, "law": law, "here": "instruments"}
    if wanted:
        shown["rules"] = _rule_rows(queries.search_rules(wanted), law)
        shown["thresholds"] = _threshold_rows(queries.search_thresholds(wanted), law)
    else:
        shown["instruments"] = [
            {
                "instrument": one,
                "read": one.count(Mark.READ),
                "recalled": one.count(Mark.RECALLED),
                "open": one.count(Mark.OPEN),
            }
            for one in queries.instruments()
        ]
    return render(request, "lawbase/index.html", shown)


@require_GET
def instrument(request: MemberRequest, code: str) -> HttpResponse:
    try:
        found = queries.instrument(code)
    except InstrumentUnknown as unknown:
        raise Http404 from unknown
    law = queries.law()
    shown = {
        "instrument": found,
        "rules": _rule_rows(found.rules, law),
        "thresholds": _threshold_rows(found.thresholds, law),
        "here": "instruments",
    }
    return render(request, "lawbase/instrument_detail.html", shown)


def _rule_rows(rules: Iterable[Rule], law: Law) -> list[dict[str, object]]:
    return [
        {
            "rule": one,
            "length": words.length(one),
            "interval": words.interval(one),
            "mark": mark_of(one, law),
            "mark_text": words.MARKS[mark_of(one, law)],
        }
        for one in rules
    ]


def _threshold_rows(thresholds: Iterable[Threshold], law: Law) -> list[dict[str, object]]:
    tiers = law.thresholds.document["tiers"]
    return [
        {
            "threshold": one,
            "tier": tiers[one.tier],
            "interval": words.interval(one),
            "condition": in_words(one.when, law.thresholds.metrics),
            "mark": mark_of(one, law),
            "mark_text": words.MARKS[mark_of(one, law)],
        }
        for one in thresholds
    ]


@require_GET
def rule(request: MemberRequest, id: str) -> HttpResponse:  # noqa: A002 — the address's own word
    try:
        found = queries.row(id)
    except RuleUnknown as unknown:
        raise Http404 from unknown
    law = queries.law()
    form = ReckonForm(request.GET if "from" in request.GET else None, rule=found)
    result, refused = _reckoned(form, law)
    shown = {
        "rule": found,
        "instrument": instrument_code(found.source),
        "mark": mark_of(found, law),
        "mark_text": words.MARKS[mark_of(found, law)],
        "length": words.length(found),
        "interval": words.interval(found),
        "values": _rule_values(found, law),
        "versions": _rule_rows(queries.versions(found), law),
        "unsettled": law.table.unsettled.get(found.id),
        "points": law.points_on(found.id),
        "corrections": [one for one in law.table.corrections if one.rule == found.id],
        "may_maintain": request.member.holds(MAINTAIN_LAW),
        "form": form,
        "result": result,
        "refused": refused,
        "here": "instruments",
    }
    status = 422 if refused or form.errors else 200
    return render(request, "lawbase/rule_detail.html", shown, status=status)


def _reckoned(form: ReckonForm, law: Law) -> tuple[Deadline | None, str]:
    """Return the due day asked for, or the sentence that refuses it."""
    if not form.is_bound or not form.is_valid():
        return None, ""
    try:
        found = deadline(
            form.rule,
            form.start(),
            extended=form.extensions(),
            calendar=law.calendar,
            table=law.table,
        )
    except DomainError as refusal:
        return None, sentence(refusal)
    return found, ""


def _rule_values(one: Rule, law: Law) -> _Values:
    counting = law.table.counting_rules.get(one.counting_rule or "")
    unset = words.unset()
    return [
        (_("规则编号"), one.id),
        (_("程序"), one.procedure),
        (_("类别"), law.table.kinds[one.kind]),
        (_("自"), one.from_event),
        (_("至"), one.to_event),
        (_("期间"), words.length(one)),
        (_("计算口径"), counting.text if counting else unset),
        *_extensions(one),
        (_("不计入的时间"), one.excluded_time or unset),
        (_("义务人"), one.obliged_party),
        (_("施行"), words.interval(one)),
        (_("后继规则"), one.superseded_by or unset),
        (_("见于"), one.verified_at or one.corroborated_by or unset),
        (_("备注"), one.note or unset),
    ]


def _extensions(one: Rule) -> _Values:
    if not one.extension:
        return [(_("延长"), words.unset())]
    return [
        (
            _("第 %(n)s 次延长") % {"n": number},
            f"{words.extension(each)}（{each.by}：{each.condition}）",
        )
        for number, each in enumerate(one.extension, 1)
    ]


@require_GET
def threshold(request: MemberRequest, id: str) -> HttpResponse:  # noqa: A002 — as above
    try:
        found = queries.threshold(id)
    except RuleUnknown as unknown:
        raise Http404 from unknown
    law = queries.law()
    lines = in_words(found.when, law.thresholds.metrics)
    shown = {
        "threshold": found,
        "instrument": instrument_code(found.source),
        "tier": law.thresholds.document["tiers"][found.tier],
        "mark": mark_of(found, law),
        "mark_text": words.MARKS[mark_of(found, law)],
        "interval": words.interval(found),
        "condition": lines,
        "definitions": list({one.metric: one for one in lines if one.metric}.values()),
        "values": _threshold_values(found, law),
        "points": law.points_on(found.id),
        "siblings": _threshold_rows(_siblings(found, law), law),
        "use": law.thresholds.document["use"],
        "here": "instruments",
    }
    return render(request, "lawbase/threshold_detail.html", shown)


def _siblings(one: Threshold, law: Law) -> Sequence[Threshold]:
    """Return the figures of the same offence, tier and scope, the oldest first."""
    same = [
        each
        for each in law.thresholds.thresholds.values()
        if (each.article, each.tier, each.scope) == (one.article, one.tier, one.scope)
    ]
    return sorted(same, key=lambda each: (each.effective_from, each.id))


def _threshold_values(one: Threshold, law: Law) -> _Values:
    document, unset = law.thresholds.document, words.unset()
    completion = document["completion"].get(one.completion) if one.completion else None
    return [
        (_("规则编号"), one.id),
        (_("罪名"), one.offence),
        (_("条文"), one.article),
        (_("档次"), document["tiers"][one.tier]),
        (_("法条用语"), one.statutory_phrase),
        (_("适用范围"), one.scope or unset),
        (_("层级"), document["layers"][one.layer]),
        (_("形态"), completion or unset),
        (_("推算"), _derived(one) or unset),
        (_("施行"), words.interval(one)),
        (_("见于"), one.verified_at or one.corroborated_by or unset),
        (_("备注"), one.note or unset),
    ]


def _derived(one: Threshold) -> str:
    if isinstance(one.derived, dict) and "from" in one.derived:
        said = _("由 %(from)s 乘以 %(factor)s")
        return said % {"from": one.derived["from"], "factor": one.derived.get("factor", "?")}
    return str(one.derived) if one.derived else ""


@require_GET
def calendar(request: MemberRequest, year: int | None = None) -> HttpResponse:
    law, today = queries.law(), timezone.localdate()
    try:
        found = calendar_year(law, today.year if year is None else year)
    except CalendarUnknown as unknown:
        raise Http404 from unknown
    announced = sorted(law.notices.years)
    shown = {
        "found": found,
        "today": today,
        "years": [*reversed(announced)],
        "before": found.year - 1 if law.calendar.knows(date(found.year - 1, 1, 1)) else None,
        "after": found.year + 1 if law.calendar.knows(date(found.year + 1, 1, 1)) else None,
        "off": found.holidays(),
        "on": found.days(State.MADE_UP),
        "here": "calendar",
    }
    return render(request, "lawbase/calendar_year.html", shown)


@require_GET
def open_points(request: MemberRequest) -> HttpResponse:
    law = queries.law()
    shown = {
        "points": law.points,
        "unsettled": sorted(law.table.unsettled.items()),
        "corrections": law.table.corrections,
        "changes": law.table.changes,
        "as_of": law.table.as_of,
        "here": "open",
    }
    return render(request, "lawbase/open_points.html", shown)
