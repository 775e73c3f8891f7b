"""Matters and their due days over the API: the worklist, reading, moving, correcting."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime

from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.proceedings import law, queries, services, worklist
from zhengpin.mechanisms.proceedings.models import Proceeding, Step
from zhengpin.mechanisms.proceedings.particulars import Particulars
from zhengpin.sites.api.requests import member_of
from zhengpin.sites.api.schemas import OrganizationOut, ProblemDetails, organization_out

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.kernel.procedures import Reading

router = Router(tags=["事项"])
due_days = Router(tags=["待办"])
REFUSALS = {409: ProblemDetails}


class DueDayOut(Schema):
    """到期日: one open clock, owed by one organization."""

    proceeding: UUID
    number: str
    title: str
    procedure: str
    clock: str
    clock_title: str
    group: str
    owed_by: OrganizationOut
    owed_to: OrganizationOut | None
    started_on: date
    due_on: date | None
    due_at: datetime | None
    paused: bool
    provisional: bool
    extended: int
    citation: str
    moves: list[str]


class WorklistOut(Schema):
    """One page of the worklist; ask for the next with ``after=following``."""

    due_days: list[DueDayOut]
    following: str | None
    total: int
    total_is_estimate: bool


class WorklistIn(Schema):
    """What the worklist is narrowed to."""

    side: Literal["ours", "others", "region"] = "ours"
    group: Literal["overdue", "today", "week", "later", "unset", "paused"] | None = None
    procedure: str = ""
    clock: str = ""
    organization: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None
    after: str = ""
    size: int = 100


class MoveOut(Schema):
    """动作: a move the caller may take now, and what it asks for."""

    code: str
    title: str
    basis: str
    needs_note: bool
    needs_time: bool
    sets: list[str]


class ReadingOut(Schema):
    """读数: how one run of a clock stands, and why."""

    clock: str
    title: str
    state: str
    started_on: date
    stopped_on: date | None
    due: date | datetime | None
    rule: str | None
    citation: str
    extended: int
    provisional: bool
    why: list[str]


class StepOut(Schema):
    """步骤: a move that was made; one that ``corrects`` another puts its day right."""

    id: int
    move: str
    on: date
    at: datetime | None
    organization: OrganizationOut
    note: str
    corrects: int | None
    recorded_at: datetime


class ProceedingOut(Schema):
    """事项; one whose organization ``left`` it reads nothing of what came later."""

    uuid: UUID
    number: str
    title: str
    procedure: str
    left: bool
    stage: str | None
    holder: OrganizationOut | None
    opened_on: date
    last_on: date | None
    closed_on: date | None


class ProceedingPageOut(Schema):
    """One page of matters, newest first; ask for the next with ``after=following``."""

    proceedings: list[ProceedingOut]
    following: int | None


class ProceedingDetailOut(ProceedingOut):
    """事项 with its clocks, its steps and what the caller may do."""

    readings: list[ReadingOut]
    steps: list[StepOut]
    moves: list[MoveOut]


class LimitIn(Schema):
    """A last day that the step itself fixes, and what it rests on."""

    due: date
    source: str


class MoveIn(Schema):
    """A step to take; ``after`` is the last step the caller saw."""

    move: str
    on: date
    at: AwareDatetime | None = None
    note: str = ""
    limits: dict[str, LimitIn] = {}
    after: int | None = None


class CorrectionIn(Schema):
    """The day a step should have borne, with reasons."""

    on: date
    at: AwareDatetime | None = None
    note: str


@due_days.get("", response=WorklistOut, summary="待办")
def read_worklist(request: HttpRequest, asked: Query[WorklistIn]) -> WorklistOut:
    """List open due days: dated by day, then unset, then paused; at most 1,000 at once."""
    member = member_of(request)
    page = worklist.page(
        member,
        worklist.Side(asked.side),
        worklist.Filters(
            asked.procedure, asked.clock, asked.organization, asked.words, asked.since, asked.until
        ),
        now=timezone.now(),
        group=worklist.Group(asked.group) if asked.group else None,
        after=asked.after,
        size=asked.size,
    )
    return WorklistOut(
        due_days=[_due_day_out(one) for one in page.lines],
        following=page.following,
        total=page.total.count,
        total_is_estimate=page.total.is_estimate,
    )


@router.get("", response=ProceedingPageOut, summary="事项列表")
def list_proceedings(
    request: HttpRequest, after: int | None = None, size: int = 50
) -> ProceedingPageOut:
    """List the matters one may see, newest first, at most 200 at once."""
    size = max(1, min(size, 200))
    member = member_of(request)
    rows = queries.proceedings_for(member).newest_first()
    if after is not None:
        rows = rows.filter(pk__lt=min(after, 2**63 - 1))
    found = list(rows[: size + 1])
    following = found[size - 1].pk if len(found) > size else None
    left = queries.reads_to(member, found[:size])
    return ProceedingPageOut(
        proceedings=[
            ProceedingOut.model_validate(_fields(one, has_left=one.pk in left))
            for one in found[:size]
        ],
        following=following,
    )


@router.get("/{uuid}", response=ProceedingDetailOut, summary="一件事项")
def read_proceeding(request: HttpRequest, uuid: UUID) -> ProceedingDetailOut:
    """Return a matter with the reading of each clock, its reasons, and the steps taken."""
    member = member_of(request)
    return _detail_out(member, _proceeding(member, uuid))


@router.post("/{uuid}/moves", response={201: ProceedingDetailOut, **REFUSALS}, summary="办理一步")
def make_move(request: HttpRequest, uuid: UUID, body: MoveIn) -> Status[ProceedingDetailOut]:
    """Take one step. Refused with 409 and the reason; nothing is then saved."""
    member = member_of(request)
    limits = {code: Limit(one.due, one.source) for code, one in body.limits.items()}
    services.make_move(
        proceeding=_proceeding(member, uuid),
        move_code=body.move,
        member=member,
        said=Particulars(body.on, at=body.at, note=body.note, limits=limits),
        now=timezone.now(),
        after=body.after,
    )
    return Status(201, _detail_out(member, Proceeding.objects.get(uuid=uuid)))


@router.post(
    "/{uuid}/steps/{step}/correction",
    response={201: ProceedingDetailOut, **REFUSALS},
    summary="更正步骤的日期",
)
def correct_step(
    request: HttpRequest, uuid: UUID, step: int, body: CorrectionIn
) -> Status[ProceedingDetailOut]:
    """Put the day of a step right by a new one. Refused with 409 and the reason."""
    member = member_of(request)
    wrong = _proceeding(member, uuid).steps.filter(pk=min(step, 2**63 - 1)).first()
    if wrong is None:
        raise Http404
    said = Particulars(body.on, at=body.at, note=body.note)
    services.correct_step(step=wrong, member=member, said=said, now=timezone.now())
    return Status(201, _detail_out(member, Proceeding.objects.get(uuid=uuid)))


def _proceeding(member: Member, uuid: UUID) -> Proceeding:
    found = queries.proceedings_for(member).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _due_day_out(line: worklist.Line) -> DueDayOut:
    due, matter = line.due, line.due.proceeding
    return DueDayOut(
        proceeding=matter.uuid,
        number=matter.number,
        title=matter.title,
        procedure=due.procedure_code,
        clock=due.clock_code,
        clock_title=line.clock.title,
        group=line.group.value,
        owed_by=organization_out(due.owed_by),
        owed_to=organization_out(due.owed_to) if due.owed_to else None,
        started_on=due.started_on,
        due_on=due.due_on,
        due_at=due.due_at,
        paused=due.is_paused,
        provisional=due.is_provisional,
        extended=due.extended,
        citation=due.citation,
        moves=[one.code for one in line.moves],
    )


def _fields(matter: Proceeding, *, has_left: bool) -> dict[str, object]:
    return {
        "uuid": matter.uuid,
        "number": matter.number,
        "title": matter.title,
        "procedure": matter.procedure_code,
        "left": has_left,
        "stage": None if has_left else matter.stage,
        "holder": None if has_left else organization_out(matter.holder),
        "opened_on": matter.opened_on,
        "last_on": None if has_left else matter.last_on,
        "closed_on": None if has_left else matter.closed_on,
    }


def _detail_out(member: Member, matter: Proceeding) -> ProceedingDetailOut:
    taken = list(matter.steps.select_related("organization__region").order_by("pk"))
    known = law.current()
    has_left, counted = queries.counted_for(member, matter, taken)
    readings = queries.read(matter, counted, now=timezone.now(), known=known)
    moves = queries.moves_for(member, matter)
    return ProceedingDetailOut.model_validate(
        {
            **_fields(matter, has_left=has_left),
            "readings": [_reading_out(one) for one in readings],
            "steps": [_step_out(one) for one in queries.steps_for(member, matter, taken)],
            "moves": [
                MoveOut(
                    code=one.code,
                    title=one.title,
                    basis=str(one.basis or ""),
                    needs_note=one.needs_note,
                    needs_time=queries.needs_instant(matter.procedure, one.code, known),
                    sets=sorted(one.sets),
                )
                for one in moves
            ],
        }
    )


def _reading_out(reading: Reading) -> ReadingOut:
    return ReadingOut(
        clock=reading.clock.code,
        title=reading.clock.title,
        state=reading.state.value,
        started_on=reading.start.on,
        stopped_on=reading.stop.on if reading.stop else None,
        due=reading.due,
        rule=reading.rule.id if reading.rule else None,
        citation=reading.citation,
        extended=reading.extended,
        provisional=reading.provisional,
        why=[str(one) for one in reading.why],
    )


def _step_out(step: Step) -> StepOut:
    return StepOut(
        id=step.pk,
        move=step.move_code,
        on=step.taken_on,
        at=step.taken_at,
        organization=organization_out(step.organization),
        note=step.note,
        corrects=step.corrects_id,
        recorded_at=step.recorded_at,
    )
