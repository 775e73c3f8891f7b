"""Reading the clocks of every open matter anew: after a holiday notice or a version of a rule.

Matters are read in batches without a lock; only those whose due days come out otherwise are
locked, and left alone where somebody took a step meanwhile: that step wrote its own cache.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q, TextField
from django.db.models.functions import Cast

from zhengpin.base.ledger import services as ledger
from zhengpin.kernel.clocks import Memo
from zhengpin.kernel.procedures import Fact, in_effect, limits_of_json, read_clocks
from zhengpin.kernel.procedures.model import HOLDER
from zhengpin.mechanisms.proceedings import due_days, law, register
from zhengpin.mechanisms.proceedings.due_days import Party, Reason
from zhengpin.mechanisms.proceedings.models import Proceeding, Standing, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from zhengpin.base.lawbase.law import Law
    from zhengpin.mechanisms.proceedings.models import DueChange

BATCH = 5000


@dataclass(slots=True)
class _Matter:
    """A matter as far as its clocks need it."""

    procedure_code: str
    version_on: date
    parties: dict[str, Party]
    facts: list[Fact] = field(default_factory=list)


def recompute_all(
    *, because: str, now: datetime, member: UUID | None = None, batch: int = BATCH
) -> Iterator[DueChange]:
    """Refresh the due days of all open matters; yield those that came out otherwise.

    One transaction and one ledger entry for each batch: it can be stopped and started again.
    """
    memo, after = Memo(), 0
    while pks := _next(after, batch):
        yield from recompute(
            proceedings=pks, reason=Reason(because, now), member=member, memo=memo
        )
        after = pks[-1]


def _next(after: int, batch: int) -> list[int]:
    rows = Proceeding.objects.open().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:batch])


@transaction.atomic
def recompute(
    *, proceedings: Sequence[int], reason: Reason, member: UUID | None = None, memo: Memo
) -> list[DueChange]:
    """Refresh the due days of these matters, in the order of their ids, and record it.

    Returns those that changed.
    """
    matters = _read(proceedings)
    before = due_days.held(range(proceedings[0], proceedings[-1] + 1))
    known = law.current()
    wanted = [row for pk, one in matters.items() for row in _derived(pk, one, known, memo)]
    still = _locked(_otherwise(wanted, before) & matters.keys(), matters)
    changes = due_days.write(
        still,
        [row for row in wanted if row.proceeding_id in still],
        {key: row for key, row in before.items() if key[0] in still},
        reason,
    )
    ledger.record(
        action="proceedings.recompute",
        subject="proceedings",
        member=member,
        facts={
            "because": reason.because,
            "first": proceedings[0],
            "last": proceedings[-1],
            "changed": len(changes),
        },
        now=reason.now,
    )
    return changes


def _read(proceedings: Sequence[int]) -> dict[int, _Matter]:
    """Return open matters, given in order, with their parties and steps. Three queries."""
    # A range of ids, and what is not wanted left out afterwards: thousands of ids are slower.
    ids = (proceedings[0], proceedings[-1])
    rows = Proceeding.objects.open().filter(pk__range=ids)
    wanted = set(proceedings)
    matters = {
        pk: _Matter(code, version, {HOLDER: Party(holder, region)})
        for pk, code, version, holder, region in rows.values_list(
            "pk", "procedure_code", "version_on", "holder_id", "holder__region__code"
        )
        if pk in wanted
    }
    inside = Q(proceeding__gte=ids[0], proceeding__lte=ids[1], proceeding__closed_on=None)
    standings = Standing.objects.standing().filter(inside).order_by("-pk")
    for pk, role, organization, region in standings.values_list(
        "proceeding_id", "role", "organization_id", "organization__region__code"
    ):
        if pk in matters:
            matters[pk].parties[role] = Party(organization, region)
    steps = Step.objects.filter(inside).order_by("pk").annotate(said=Cast("limits", TextField()))
    for pk, *step in steps.values_list(
        "proceeding_id", "pk", "move_code", "taken_on", "taken_at", "corrects_id", "said"
    ):
        if pk in matters:
            matters[pk].facts.append(_fact(*step))
    return {pk: one for pk, one in matters.items() if one.facts}


def _fact(
    pk: int, move: str, on: date, at: datetime | None, corrects: int | None, limits: str
) -> Fact:
    if limits == "{}":
        return Fact(pk, move, on, at, corrects)
    return Fact(pk, move, on, at, corrects, limits_of_json(json.loads(limits)))


def _derived(pk: int, matter: _Matter, known: Law, memo: Memo) -> Iterator[due_days.Cached]:
    readings = read_clocks(
        register.version(matter.procedure_code, matter.version_on),
        in_effect(matter.facts),
        now=due_days.ANY_TIME,
        rules=known.table.rules,
        calendar=known.calendar,
        reckon=memo,
    )
    return due_days.rows_of(pk, matter.procedure_code, readings, matter.parties)


def _otherwise(
    wanted: Sequence[due_days.Cached], before: dict[tuple[int, str], due_days.Cached]
) -> set[int]:
    """Return the matters whose cache does not hold what is wanted."""
    after = {(one.proceeding_id, one.clock_code): one for one in wanted}
    changed = {key[0] for key, one in after.items() if before.get(key) != one}
    return changed | {key[0] for key in before if key not in after}


def _locked(touched: set[int], matters: dict[int, _Matter]) -> set[int]:
    """Lock matters, and return those in which no step was taken since they were read."""
    locked = Proceeding.objects.select_for_update().filter(pk__in=touched).order_by("pk")
    pks = list(locked.values_list("pk", flat=True))
    latest = Step.objects.filter(proceeding__in=pks).values("proceeding_id")
    return {
        one["proceeding_id"]
        for one in latest.annotate(last=Max("pk"))
        if one["last"] == matters[one["proceeding_id"]].facts[-1].id
    }
