"""The law data over the API: instruments, rules and their due days, thresholds, the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from zhengpin.base.lawbase import queries, services
from zhengpin.base.lawbase.calendars import State, calendar_year
from zhengpin.base.lawbase.errors import InstrumentUnknown
from zhengpin.base.lawbase.instruments import Instrument, Mark, mark_of
from zhengpin.kernel.calendars import Announcement, CalendarUnknown, DayOn, DaysOff
from zhengpin.kernel.clocks import deadline, read_start
from zhengpin.kernel.lawdata import Rule, RuleUnknown, Threshold
from zhengpin.sites.api.requests import member_of
from zhengpin.sites.api.schemas import ProblemDetails

if TYPE_CHECKING:
    from zhengpin.base.lawbase.models import Override

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


class SourceIn(Schema):
    """出处: the document an addition rests on, and its text."""

    title: str
    number: str
    article: str = ""
    issued_on: date | None = None
    address: str = ""
    source_text: str

    def text(self) -> services.SourceText:
        return services.SourceText(
            title=self.title,
            text=self.source_text,
            number=self.number,
            article=self.article,
            address=self.address,
            issued_on=self.issued_on,
        )


class DaysOffIn(Schema):
    name: str
    first: date
    last: date


class DayOnIn(Schema):
    name: str
    day: date


class NoticeIn(SourceIn):
    """放假通知: the days off and the weekend days worked, as the notice says."""

    year: int
    amendment: bool = False
    off: list[DaysOffIn]
    on: list[DayOnIn]


class VersionIn(SourceIn):
    """规则版本: ``changes`` are fields of the row; the rest stays as it was."""

    on: date
    changes: dict[str, Any]


class WithdrawalIn(Schema):
    reason: str


class OverrideOut(Schema):
    """增订"""

    uuid: UUID
    kind: str
    subject: str
    content: dict[str, Any]
    effective_from: date | None
    citation: str | None
    address: str
    added_at: datetime
    added_by: UUID
    withdrawn: bool
    reason: str


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
        why=[str(one) for one in found.why],
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


@router.get("/overrides", response=list[OverrideOut], summary="增订")
def list_overrides(request: HttpRequest) -> list[OverrideOut]:
    """Return everything this installation added to the law data, the newest first."""
    return [_override_out(one) for one in queries.overrides()]


@router.post("/notices", response={201: OverrideOut, **REFUSALS}, summary="登记放假通知")
def add_notice(request: HttpRequest, body: NoticeIn) -> Status[OverrideOut]:
    """Add a holiday notice. What cannot be is refused with 409 and every reason."""
    announcement = Announcement(
        body.year,
        tuple(DaysOff(one.name, one.first, one.last) for one in body.off),
        tuple(DayOn(one.name, one.day) for one in body.on),
        is_amendment=body.amendment,
    )
    made = services.add_calendar_notice(
        announcement=announcement,
        source=body.text(),
        member=member_of(request),
        now=timezone.now(),
    )
    return Status(201, _override_out(made))


@router.post(
    "/rules/{id}/versions", response={201: OverrideOut, **REFUSALS}, summary="登记规则版本"
)
def add_version(request: HttpRequest, id: str, body: VersionIn) -> Status[OverrideOut]:  # noqa: A002
    """Add a version of a rule from a day on; the one before ends the day before."""
    made = services.add_rule_version(
        code=_rule(id).id,
        on=body.on,
        changes=body.changes,
        source=body.text(),
        member=member_of(request),
        now=timezone.now(),
    )
    return Status(201, _override_out(made))


@router.post(
    "/overrides/{uuid}/withdraw", response={201: OverrideOut, **REFUSALS}, summary="撤回增订"
)
def withdraw(request: HttpRequest, uuid: UUID, body: WithdrawalIn) -> Status[OverrideOut]:
    try:
        found = queries.override(uuid)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    made = services.withdraw_override(
        override=found, reason=body.reason, member=member_of(request), now=timezone.now()
    )
    return Status(201, _override_out(made))


def _override_out(one: Override) -> OverrideOut:
    return OverrideOut(
        uuid=one.uuid,
        kind=one.kind,
        subject=one.subject,
        content=one.content,
        effective_from=one.effective_from,
        citation=one.citation if one.title else None,
        address=one.address,
        added_at=one.added_at,
        added_by=one.added_by.uuid,
        withdrawn=hasattr(one, "withdrawal"),
        reason=one.reason,
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
