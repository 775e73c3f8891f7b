"""The page of one matter, put together from its steps; with a refused form where there is one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhengpin.kernel.procedures import limits_of_json
from zhengpin.mechanisms.proceedings import law, queries
from zhengpin.mechanisms.proceedings.web import slots
from zhengpin.mechanisms.proceedings.web.forms import CorrectionForm, MoveForm
from zhengpin.mechanisms.proceedings.web.words import (
    STATES,
    Pill,
    change_shown,
    law_address,
    pill_of_reading,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpResponse

    from zhengpin.base.access.models import Member
    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.base.lawbase.law import Law
    from zhengpin.kernel.procedures import Limit, Move, Procedure, Reading
    from zhengpin.mechanisms.proceedings.models import Proceeding, Step


@dataclass(frozen=True, slots=True)
class ClockShown:
    """One run of a clock, with what the page says of it."""

    reading: Reading
    pill: Pill
    state: str
    address: str


@dataclass(slots=True)
class StepShown:
    """A step with its corrections; ``form`` is there for those who may correct it."""

    step: Step
    move: Move | None
    corrections: list[Step] = field(default_factory=list)
    form: CorrectionForm | None = None
    is_refused: bool = False

    @property
    def limits(self) -> list[tuple[str, Limit]]:
        """The clocks whose last day the step fixed, by title."""
        clock = self.step.proceeding.procedure.clock
        fixed = limits_of_json(self.step.limits)
        return [(_(clock(code).title), limit) for code, limit in fixed.items()]

    @property
    def stands(self) -> Step:
        """The row whose day counts."""
        return self.corrections[-1] if self.corrections else self.step


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that the member may take now, with its form."""

    move: Move
    form: MoveForm
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class _Sent:
    """The law the page is read by, and the form that was refused, ``corrected`` its step."""

    known: Law
    form: Form | None
    corrected: int | None


def matter_for(member: Member, uuid: UUID) -> Proceeding:
    found = queries.proceedings_for(member).select_related("holder__region", "origin")
    matter: Proceeding = get_object_or_404(found, uuid=uuid)
    return matter


def page(
    request: MemberRequest,
    matter: Proceeding,
    *,
    refused: Form | None = None,
    corrected: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a matter; ``refused`` is the form that was sent, ``corrected`` the step it is for."""
    member, now = request.member, timezone.now()
    taken = list(matter.steps.select_related("organization", "member__person").order_by("pk"))
    steps = queries.steps_for(member, matter, taken)
    known = law.current()
    sent = _Sent(known, refused, corrected)
    moves = queries.moves_for(member, matter)
    has_left, counted = queries.counted_for(member, matter, taken)
    readings = queries.read(matter, counted, now=now, known=known)
    clocks = [_clock(one, now) for one in readings]
    shown = {
        "matter": matter,
        "procedure": matter.procedure,
        "left": steps[-1] if has_left else None,
        "stages": _stages(matter, taken, steps, is_whole=not has_left),
        "open_clocks": [one for one in clocks if one.reading.is_open],
        "past_clocks": [one for one in clocks if not one.reading.is_open],
        "steps": _steps(member, matter, steps, sent),
        "changes": [] if has_left else _changes(matter),
        "offers": _offers(matter, moves, taken[-1].pk, sent),
        "is_idle": matter.closed_on is None and not moves and not has_left,
        "parties": [] if has_left else _parties(matter),
        "refused": refused,
        "slot": slots.block(request, member, matter, moves, refused),
        "beside": slots.blocks_beside(request, member, matter),
        "today": timezone.localdate(),
    }
    return render(request, "proceedings/proceeding_detail.html", shown, status=status)


def _clock(reading: Reading, now: datetime) -> ClockShown:
    return ClockShown(
        reading,
        pill_of_reading(reading, now),
        str(STATES[reading.state]),
        law_address(reading.rule),
    )


def _stages(
    matter: Proceeding, taken: Iterable[Step], read: Iterable[Step], *, is_whole: bool
) -> list[dict[str, str]]:
    """Return the stages in the order of the declaration: reached, present, or still ahead.

    Of those reached, the ones the steps the member reads led to. What is still ahead is the usual
    way alone, and nothing once a matter is closed or, not being read as a ``whole``, was left.
    """
    procedure = matter.procedure
    days = _days_reached(procedure, read)
    unread = _days_reached(procedure, taken).keys() - days.keys()
    is_open = matter.closed_on is None and is_whole
    return [
        {
            "title": _(stage.title),
            "note": days.get(stage.code, ""),
            "state": _state(stage.code, matter, days) if is_whole else "done",
        }
        for stage in procedure.stages
        if stage.code in days or (is_open and not stage.aside and stage.code not in unread)
    ]


def _state(code: str, matter: Proceeding, days: Mapping[str, str]) -> str:
    if code == matter.stage:
        return "done" if matter.closed_on else "now"
    return "done" if code in days else ""


def _days_reached(procedure: Procedure, steps: Iterable[Step]) -> dict[str, str]:
    """Return when each stage was last reached, on the corrected days."""
    days: dict[str, str] = {}
    rows = {one.pk: one for one in steps if one.corrects_id is None}
    days_of = {one.corrects_id: one.taken_on for one in steps if one.corrects_id is not None}
    for pk, step in rows.items():
        move = procedure.move(step.move_code)
        if move is not None:
            days[move.target] = date_format(days_of.get(pk, step.taken_on), "SHORT_DATE_FORMAT")
    return days


def _steps(
    member: Member,
    matter: Proceeding,
    steps: Iterable[Step],
    sent: _Sent,
) -> list[StepShown]:
    """Return the steps, the latest first, each with its corrections beside it."""
    shown: dict[int, StepShown] = {}
    for step in steps:
        if step.corrects_id is not None:
            shown[step.corrects_id].corrections.append(step)
        else:
            shown[step.pk] = StepShown(step, matter.procedure.move(step.move_code))
    for one in shown.values():
        if one.step.organization_id == member.organization.pk:
            one.is_refused = one.step.pk == sent.corrected
            refused = sent.form if isinstance(sent.form, CorrectionForm) else None
            one.form = refused if one.is_refused else _correction(one, sent.known)
    return list(reversed(shown.values()))


def _correction(shown: StepShown, known: Law) -> CorrectionForm:
    at = shown.stands.taken_at
    initial = {
        "on": shown.stands.taken_on,
        "at": timezone.localtime(at).time().replace(second=0, microsecond=0) if at else None,
    }
    return CorrectionForm(shown.step, initial=initial, known=known)


def _offers(matter: Proceeding, moves: Iterable[Move], last: int, sent: _Sent) -> list[Offer]:
    refused = sent.form if isinstance(sent.form, MoveForm) else None
    initial = {"on": timezone.localdate(), "after": last}
    offers = [
        Offer(move, refused, is_refused=True)
        if refused is not None and move.code == refused.move.code
        else Offer(move, MoveForm(move, matter.procedure, initial=initial, known=sent.known))
        for move in moves
        if not move.carries
    ]
    if refused is not None and not any(one.is_refused for one in offers):
        offers.append(Offer(refused.move, refused, is_refused=True))
    return offers


def _changes(matter: Proceeding) -> list[dict[str, object]]:
    """Return the due days that came out otherwise than they had been shown, the latest first."""
    return [change_shown(one) for one in matter.due_changes.order_by("-pk")]


def _parties(matter: Proceeding) -> list[str]:
    """Return the short names of the organizations that take part beside the holder."""
    named = matter.standings.standing().select_related("organization").order_by("pk")
    others = [one.organization for one in named if one.organization_id != matter.holder_id]
    return list(dict.fromkeys(one.short_name for one in others))
