"""Reading the clocks of every open matter anew: after a holiday notice or a version of a rule.

Matters are read in batches without a lock; only those whose due days come out otherwise are
locked, and left alone where somebody took a step meanwhile: that step wrote its own cache.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_noop

from zhengpin.base.lawbase import queries as lawbase
from zhengpin.base.ledger import services as ledger
from zhengpin.kernel.clocks import Memo
from zhengpin.kernel.procedures import Fact, in_effect, limits_of_json, read_clocks
from zhengpin.kernel.procedures.model import HOLDER
from zhengpin.mechanisms.proceedings import due_days, law, register
from zhengpin.mechanisms.proceedings.due_days import Party, Reason
from zhengpin.mechanisms.proceedings.models import Proceeding, Recomputation, Standing, Step
from zhengpin.mechanisms.proceedings.telling import tell_of_recomputation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from zhengpin.base.lawbase.law import Law, LawState
    from zhengpin.mechanisms.proceedings.models import DueChange

BATCH = 5000
_LONGEST = 200
_PACKAGE = gettext_noop("平台随附的法律数据有更新")


@dataclass(slots=True)
class _Matter:
    """A matter as far as its clocks need it."""

    procedure_code: str
    version_on: date
    parties: dict[str, Party]
    facts: list[Fact] = field(default_factory=list)


def follow_law(*, now: datetime) -> None:
    """Read all due days anew where the law is in another state than the last time.

    A run that was cut off goes on where it was; one that the law overtook is closed, and the
    next begins from the first matter. To be called again and again.
    """
    run = _run(now)
    if run is not None:
        deque(_carried(run, now, BATCH), maxlen=0)


def recompute_all(*, because: str, now: datetime, batch: int = BATCH) -> Iterator[DueChange]:
    """Refresh the due days of all open matters; yield those that came out otherwise.

    One transaction and one ledger entry for each batch; who is concerned is told in the end.
    """
    yield from _carried(_begun(lawbase.state(), because, now), now, batch)


@transaction.atomic
def _run(now: datetime) -> Recomputation | None:
    """Return the run to be carried on, a new one where the law has changed; None if none is."""
    state = lawbase.state()
    last = Recomputation.objects.select_for_update().order_by("-pk").first()
    if last is not None and (last.package, last.override) == state:
        return last if last.finished_at is None else None
    if last is not None and last.finished_at is None:
        _finish(last, now)
    return _begun(state, _because(last, state), now)


def _begun(state: LawState, because: str, now: datetime) -> Recomputation:
    return Recomputation.objects.create(
        package=state.package, override=state.override, because=because, started_at=now
    )


def _because(last: Recomputation | None, state: LawState) -> str:
    """Return what changed since the last run: the sources of what was added or taken back."""
    after = last.override if last else 0
    added = [one for one in lawbase.overrides_after(after) if one.pk <= state.override]
    sources = [
        one.citation if one.withdraws is None else f"撤回{one.withdraws.citation}" for one in added
    ]
    if last is None or last.package != state.package:
        sources.insert(0, _PACKAGE)
    return _shortened("、".join(dict.fromkeys(sources)))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]}……"


def _carried(run: Recomputation, now: datetime, batch: int) -> Iterator[DueChange]:
    memo = Memo()
    while (changes := _go_on(run, memo, now, batch)) is not None:
        yield from changes


@transaction.atomic
def _go_on(run: Recomputation, memo: Memo, now: datetime, batch: int) -> list[DueChange] | None:
    """Read the next matters of a run anew; None where none is left or the law moved on."""
    locked = Recomputation.objects.select_for_update().get(pk=run.pk)
    if locked.finished_at is not None or lawbase.state() != (locked.package, locked.override):
        return None
    pks = _next(locked.reached, batch)
    if not pks:
        _finish(locked, now)
        return None
    reason = Reason(locked.because, now, locked.pk)
    changes = recompute(proceedings=pks, reason=reason, memo=memo)
    locked.reached, locked.changed = pks[-1], locked.changed + len(changes)
    locked.save(update_fields=["reached", "changed"])
    return changes


def _finish(run: Recomputation, now: datetime) -> None:
    run.finished_at = now
    run.save(update_fields=["finished_at"])
    tell_of_recomputation(run, now)


def _next(after: int, batch: int) -> list[int]:
    rows = Proceeding.objects.open().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:batch])


@transaction.atomic
def recompute(*, proceedings: Sequence[int], reason: Reason, memo: Memo) -> list[DueChange]:
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
        member=None,
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
