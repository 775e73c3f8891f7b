"""The law data over the API: instruments, rules and their due days, thresholds, the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from zhengpin.base.lawbase import queries
from zhengpin.base.lawbase.calendars import State, calendar_year
from zhengpin.base.lawbase.errors import InstrumentUnknown
from zhengpin.base.lawbase.instruments import Instrument, Mark, mark_of
from zhengpin.kernel.calendars import CalendarUnknown
from zhengpin.kernel.clocks import deadline, read_start
from zhengpin.kernel.lawdata import Rule, RuleUnknown, Threshold
from zhengpin.sites.api.schemas import ProblemDetails

router = Router(tags=["法律"])
REFUSALS = {409: ProblemDetails}


class ExtensionOut(Schema):
    """延长"""

    length: int | None
    unit: str | None
    by: str
    condition: str


class RuleOut(Schema):
    """期限规则: a field the law does not set is null."""

    id: str
    procedure: str
    kind: str
    from_event: str
    to_event: str
    length: int
    unit: str
    immediate: bool
    counting_rule: str | None
    extension: list[ExtensionOut]
    obliged_party: str
    excluded_time: str | None
    citation: str
    title: str
    number: str
    article: str
    effective_from: date
    effective_to: date | None
    superseded_by: str | None
    verified: str
    verified_at: str | None
    mark: str
    unsettled: list[str]
    corrections: list[dict[str, str | None]]
    note: str | None


class DeadlineOut(Schema):
    """到期: null where the rule has no single due day; the reasons say why."""

    rule: str
    start: str
    extended: int
    due: date | datetime | None
    provisional: bool
    citation: str
    why: list[str]


class ThresholdOut(Schema):
    """数额标准"""

    id: str
    offence: str
    article: str
    tier: str
    statutory_phrase: str
    scope: str | None
    when: dict[str, Any]
    layer: str
    citation: str
    effective_from: date
    effective_to: date | None
    verified: str
    mark: str
    note: str | None


class InstrumentOut(Schema):
    """法律文件: how many rows it has, and how sure they are."""

    code: str
    title: str
    number: str
    rules: list[str]
    thresholds: list[str]
    read: int
    recalled: int
    open: int


class DayOut(Schema):
    on: date
    name: str


class NoticeSourceOut(Schema):
    title: str
    number: str
    address: str


class CalendarOut(Schema):
    """工作日历: days off and weekend days worked; weekends are off and not listed."""

    year: int
    announced: bool
    basis: str
    sources: list[NoticeSourceOut]
    off: list[DayOut]
    on: list[DayOut]
    working_days: int


@router.get("/instruments", response=list[InstrumentOut], summary="法律文件")
def list_instruments(request: HttpRequest) -> list[InstrumentOut]:
    return [_instrument_out(one) for one in queries.instruments()]


@router.get("/instruments/{code}", response=InstrumentOut, summary="一件法律文件")
def read_instrument(request: HttpRequest, code: str) -> InstrumentOut:
    try:
        return _instrument_out(queries.instrument(code))
    except InstrumentUnknown as unknown:
        raise Http404 from unknown


@router.get("/rules", response=list[RuleOut], summary="期限规则")
def list_rules(request: HttpRequest, q: str = "", on: date | None = None) -> list[RuleOut]:
    """Return the rules that hold all the words of ``q``, in force on a day where one is given."""
    found = queries.search_rules(q)
    return [_rule_out(one) for one in found if on is None or one.covers(on)]


@router.get("/rules/{id}", response=RuleOut, summary="一条期限规则")
def read_rule(request: HttpRequest, id: str) -> RuleOut:  # noqa: A002 — the word of the address
    return _rule_out(_rule(id))


@router.get("/rules/{id}/deadline", response={200: DeadlineOut, **REFUSALS}, summary="算到期日")
def read_deadline(
    request: HttpRequest,
    id: str,  # noqa: A002 — as above
    start: str,
    extended: int = 0,
) -> DeadlineOut:
    """Return the due day of a rule for an event on a day, or at an instant with its offset.

    An event outside the rule's interval, an unknown extension or an unreadable start is 409.
    """
    law, begin = queries.law(), read_start(start)
    found = deadline(_rule(id), begin, extended=extended, calendar=law.calendar, table=law.table)
    return DeadlineOut(
        rule=found.rule.id,
        start=begin.isoformat(),
        extended=found.extended,
        due=found.due,
        provisional=found.provisional,
        citation=found.rule.citation,
        why=list(found.why),
    )


@router.get("/thresholds", response=list[ThresholdOut], summary="数额标准")
def list_thresholds(
    request: HttpRequest, q: str = "", on: date | None = None
) -> list[ThresholdOut]:
    found = queries.search_thresholds(q)
    return [_threshold_out(one) for one in found if on is None or one.covers(on)]


@router.get("/thresholds/{id}", response=ThresholdOut, summary="一条数额标准")
def read_threshold(request: HttpRequest, id: str) -> ThresholdOut:  # noqa: A002 — as above
    try:
        return _threshold_out(queries.threshold(id))
    except RuleUnknown as unknown:
        raise Http404 from unknown


@router.get("/calendar/{year}", response=CalendarOut, summary="一年的工作日历")
def read_calendar(request: HttpRequest, year: int) -> CalendarOut:
    """Return a year; without a notice it is provisional and ``announced`` is false."""
    try:
        found = calendar_year(queries.law(), year)
    except CalendarUnknown as unknown:
        raise Http404 from unknown
    return CalendarOut(
        year=year,
        announced=found.is_announced,
        basis=found.basis,
        sources=[
            NoticeSourceOut(title=one.title, number=one.number, address=one.address)
            for one in found.sources
        ],
        off=[DayOut(on=one.on, name=one.name) for one in found.days(State.HOLIDAY)],
        on=[DayOut(on=one.on, name=one.name) for one in found.days(State.MADE_UP)],
        working_days=found.working_days,
    )


def _rule(id_: str) -> Rule:
    try:
        return queries.row(id_)
    except RuleUnknown as unknown:
        raise Http404 from unknown


def _instrument_out(one: Instrument) -> InstrumentOut:
    return InstrumentOut(
        code=one.code,
        title=one.title,
        number=one.number,
        rules=[row.id for row in one.rules],
        thresholds=[row.id for row in one.thresholds],
        read=one.count(Mark.READ),
        recalled=one.count(Mark.RECALLED),
        open=one.count(Mark.OPEN),
    )


def _rule_out(one: Rule) -> RuleOut:
    law = queries.law()
    settled_not = [law.table.unsettled[one.id]] if one.id in law.table.unsettled else []
    return RuleOut(
        id=one.id,
        procedure=one.procedure,
        kind=one.kind,
        from_event=one.from_event,
        to_event=one.to_event,
        length=one.length,
        unit=one.unit,
        immediate=one.immediate,
        counting_rule=one.counting_rule,
        extension=[
            ExtensionOut(length=each.length, unit=each.unit, by=each.by, condition=each.condition)
            for each in one.extension
        ],
        obliged_party=one.obliged_party,
        excluded_time=one.excluded_time,
        citation=one.citation,
        title=one.source.title,
        number=one.source.number,
        article=one.source.article,
        effective_from=one.effective_from,
        effective_to=one.effective_to,
        superseded_by=one.superseded_by,
        verified=one.verified,
        verified_at=one.verified_at or one.corroborated_by,
        mark=mark_of(one, law),
        unsettled=[*settled_not, *(point.text for point in law.points_on(one.id))],
        corrections=[
            {"field": each.field, "was": each.was, "now": each.now, "basis": each.basis}
            for each in law.table.corrections
            if each.rule == one.id
        ],
        note=one.note,
    )


def _threshold_out(one: Threshold) -> ThresholdOut:
    return ThresholdOut(
        id=one.id,
        offence=one.offence,
        article=one.article,
        tier=one.tier,
        statutory_phrase=one.statutory_phrase,
        scope=one.scope,
        when=dict(one.when),
        layer=one.layer,
        citation=one.citation,
        effective_from=one.effective_from,
        effective_to=one.effective_to,
        verified=one.verified,
        mark=mark_of(one, queries.law()),
        note=one.note,
    )
