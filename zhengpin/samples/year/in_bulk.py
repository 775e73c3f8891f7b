"""Enters matters by the thousand: rows as the services would have written them, streamed.

Due days come from the same readings as everywhere, numbers from the same series, entries from the
same words. Nothing is told to anybody: there are no notices of what is entered here.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection

from zhengpin.base.copying import copy, reserve
from zhengpin.base.ledger import bulk as ledger
from zhengpin.base.searching import tokens_of
from zhengpin.kernel.clocks import Memo
from zhengpin.kernel.procedures import Fact, limits_as_json, read_clocks
from zhengpin.mechanisms.handoffs.models import Delivery, Handoff
from zhengpin.mechanisms.proceedings import due_days, law, register, services
from zhengpin.mechanisms.proceedings.models import DueDay, Proceeding, Standing, Step
from zhengpin.samples.year.course import Course
from zhengpin.samples.year.words import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from zhengpin.base.lawbase.law import Law
    from zhengpin.samples.year.cast import Side
    from zhengpin.samples.year.story import Matter

    Row = tuple[Any, ...]
    _Key = tuple[int, str, int]

_PROCEEDING = (
    "id", "uuid", "number", "title", "procedure_code", "version_on", "origin_id", "holder_id",
    "region_code", "stage", "is_inside", "opened_on", "last_on", "closed_on",
)  # fmt: skip
_STANDING = ("proceeding_id", "organization_id", "role", "ended_by_id")
_STEP = (
    "id", "proceeding_id", "move_code", "taken_on", "member_id", "organization_id", "note",
    "limits", "recorded_at",
)  # fmt: skip
_HANDOFF = (
    "id", "uuid", "proceeding_id", "kind_code", "sender_id", "receiver_id", "drafter_id",
    "ground", "content", "reply", "limits",
)  # fmt: skip
_DELIVERY = ("handoff_id", "receiver_id", "why", "sent_by_id", "accepted_by_id", "refused_by_id")

_STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS year_proceeding ON COMMIT DELETE ROWS AS
SELECT *, ''::text AS tokens FROM proceedings_proceeding WITH NO DATA
"""
_LANDING = """
INSERT INTO proceedings_proceeding ({columns}, search)
SELECT {columns}, to_tsvector('simple', tokens) FROM year_proceeding ORDER BY id
"""

# Whoever numbers by ``services`` waits for the row, as for one another.
_TAKE = """
INSERT INTO proceedings_series AS s (organization_id, procedure_code, year, last)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::int[])
ON CONFLICT (organization_id, procedure_code, year) DO UPDATE SET last = s.last + excluded.last
RETURNING organization_id, procedure_code, year, last
"""


@dataclass(slots=True)
class _Ids:
    """The ids of a batch, given out in their order."""

    proceedings: Iterator[int]
    steps: Iterator[int]
    handoffs: Iterator[int]


class Pen:
    """Enters batches of one year; it remembers days that were reckoned before."""

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._known = law.current()
        self._memo = Memo()
        self._calls = {one.procedure.code: one for one in register.entries()}

    def enter(self, matters: Sequence[Matter[Side]]) -> None:
        """Enter matters in the transaction that is open."""
        rows = _Rows(self._now, self._known, self._memo)
        numbers = _numbers(matters)
        ids = _Ids(
            iter(reserve(Proceeding, len(matters))),
            iter(reserve(Step, sum(len(one.acts) for one in matters))),
            iter(reserve(Handoff, len(matters))),
        )
        for matter, number in zip(matters, numbers, strict=True):
            rows.add(matter, number, ids)
        rows.write()


def _numbers(matters: Sequence[Matter[Side]]) -> Iterator[str]:
    """Yield the numbers of matters as their senders' series go on."""
    keys = [(one.sender.organization.pk, one.kind.code, one.acts[0].on.year) for one in matters]
    last = _taken(Counter(keys))
    for matter, key in zip(matters, keys, strict=True):
        last[key] += 1
        entry = register.in_force(matter.kind.code, matter.acts[0].on)
        yield entry.number(matter.sender.organization.short_name, key[2], last[key])


def _taken(wanted: Mapping[_Key, int]) -> dict[_Key, int]:
    """Take so many numbers of each series and return the ones before them."""
    rows = [(*key, count) for key, count in sorted(wanted.items())]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [list(column) for column in zip(*rows, strict=True)])
        return {tuple(key): last - wanted[tuple(key)] for *key, last in cursor.fetchall()}


class _Rows:
    """The rows of one batch, table by table."""

    def __init__(self, now: datetime, known: Law, memo: Memo) -> None:
        self._now, self._known, self._memo = now.isoformat(), known, memo
        self._at = now
        self._proceedings: list[Row] = []
        self._standings: list[Row] = []
        self._steps: list[Row] = []
        self._handoffs: list[Row] = []
        self._deliveries: list[Row] = []
        self._due_days: list[due_days.Cached] = []
        self._acts: list[ledger.Act] = []

    def add(self, matter: Matter[Side], number: str, ids: _Ids) -> None:
        """Add the rows of one matter."""
        course = Course(matter, next(ids.proceedings), str(uuid.uuid4()))
        facts = [self._step(course, place, next(ids.steps)) for place in range(len(matter.acts))]
        self._proceeding(course, number)
        self._handoff(course, next(ids.handoffs))
        self._standings += course.standings()
        if not course.is_final:
            self._due_days += self._due(course, facts)

    def _step(self, course: Course, place: int, pk: int) -> Fact:
        matter, act = course.matter, course.matter.acts[place]
        move = course.take(place, pk)
        side = course.actor(move, act.receiver)
        member = side.acting(move.duty)
        # What the drafter proposed is fixed by whoever sends.
        limits = matter.limits if act.move in {"send", "approve"} else act.limits
        stored = json.dumps(limits_as_json(limits)) if limits else "{}"
        organization = side.organization.pk
        self._steps.append(
            (pk, course.pk, act.move, act.on, member.pk, organization, act.note, stored, self._now)
        )
        self._acts.append(
            ledger.Act(
                f"{matter.kind.code}.{act.move}",
                course.uuid,
                str(member.uuid),
                services.recorded(move, pk, act.on, str(course.holder.organization.uuid)),
            )
        )
        return Fact(pk, act.move, act.on, sets=limits)

    def _proceeding(self, course: Course, number: str) -> None:
        matter = course.matter
        title, holder = wording(matter.kind.code, matter.variant).title, course.holder.organization
        stage, last = matter.kind.procedure.stage(course.stage), matter.acts[-1].on
        self._proceedings.append(
            (
                course.pk, course.uuid, number, title, matter.kind.code,
                matter.kind.procedure.in_force_from, matter.sender.organization.pk, holder.pk,
                holder.region.code, course.stage, stage.inside, matter.acts[0].on, last,
                last if stage.final else None, _tokens(number, title),
            )
        )  # fmt: skip

    def _handoff(self, course: Course, pk: int) -> None:
        matter = course.matter
        ground, content, reply = _letter(matter.kind.code, matter.variant)
        self._handoffs.append(
            (
                pk, str(uuid.uuid4()), course.pk, matter.kind.code, matter.sender.organization.pk,
                course.receiver.organization.pk, matter.sender.handler.pk, ground, content,
                reply if course.is_answered else None, json.dumps(limits_as_json(matter.limits)),
            )
        )  # fmt: skip
        self._deliveries += [(pk, *one) for one in course.deliveries]

    def _due(self, course: Course, facts: Sequence[Fact]) -> Iterator[due_days.Cached]:
        code = course.matter.kind.code
        readings = read_clocks(
            course.matter.kind.procedure,
            facts,
            now=due_days.ANY_TIME,
            rules=self._known.table.rules,
            calendar=self._known.calendar,
            reckon=self._memo,
        )
        return due_days.rows_of(course.pk, code, readings, course.parties())

    def write(self) -> None:
        """Stream everything into its tables."""
        _land(self._proceedings)
        copy(Step, _STEP, self._steps)
        copy(Standing, _STANDING, self._standings)
        copy(Handoff, _HANDOFF, self._handoffs)
        copy(Delivery, _DELIVERY, self._deliveries)
        copy(DueDay, due_days.Cached._fields, self._due_days)
        ledger.record_all(self._acts, now=self._at)


@cache
def _letter(kind_code: str, variant: int) -> tuple[str, str, str]:
    """Return ground, content and answer of a letter, the last two as they are stored."""
    said = wording(kind_code, variant)
    return said.ground, json.dumps(said.content), json.dumps(said.reply)


def _tokens(number: str, title: str) -> str:
    """Return the tokens of both, each once, as ``tokens_of`` gives them for the two together."""
    return " ".join(dict.fromkeys([*tokens_of(number).split(), *_tokens_of_title(title)]))


@cache
def _tokens_of_title(title: str) -> list[str]:
    return tokens_of(title).split()


def _land(rows: Iterable[Row]) -> None:
    """Enter proceedings with their search vectors, which the database makes."""
    columns = ", ".join(_PROCEEDING)
    with connection.cursor() as cursor:
        cursor.execute(_STAGING)
        copy(Proceeding, (*_PROCEEDING, "tokens"), rows, into="year_proceeding")
        cursor.execute(_LANDING.format(columns=columns))
