"""The one writer of the cache of due days; it holds what the readings say, or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from zhengpin.kernel.clocks.starts import BEIJING, day_of
from zhengpin.kernel.procedures.model import HOLDER
from zhengpin.kernel.procedures.readings import State, last_instant
from zhengpin.mechanisms.proceedings import queries
from zhengpin.mechanisms.proceedings.models import DueDay

if TYPE_CHECKING:
    from zhengpin.base.organizations.models import Organization
    from zhengpin.kernel.procedures import Reading
    from zhengpin.mechanisms.proceedings.models import Proceeding

# What a cached row says does not depend on the time of day: overdue is read from due_at.
_ANY_TIME = datetime(2000, 1, 1, tzinfo=BEIJING)


def derived(proceeding: Proceeding) -> list[DueDay]:
    """Return the rows the cache must hold for a matter, unsaved, by clock."""
    open_ones = [one for one in queries.readings_of(proceeding, now=_ANY_TIME) if one.is_open]
    if not open_ones:
        return []
    parties = _parties(proceeding)
    return [_row(proceeding, one, parties) for one in open_ones]


def _parties(proceeding: Proceeding) -> dict[str, Organization]:
    standings = proceeding.standings.select_related("organization__region").order_by("-pk")
    named = {one.role: one.organization for one in standings}
    return named | {HOLDER: proceeding.holder}


def _row(proceeding: Proceeding, reading: Reading, parties: dict[str, Organization]) -> DueDay:
    clock, due = reading.clock, reading.due
    owed_by = parties.get(clock.owed_by, proceeding.holder)
    return DueDay(
        proceeding=proceeding,
        procedure_code=proceeding.procedure_code,
        clock_code=clock.code,
        owed_by=owed_by,
        owed_to=parties.get(clock.owed_to) if clock.owed_to else None,
        region_code=owed_by.region.code,
        started_on=reading.start.on,
        due_on=day_of(due) if due is not None else None,
        due_at=last_instant(due) if due is not None else None,
        is_paused=reading.state is State.PAUSED,
        is_provisional=reading.provisional,
        extended=reading.extended,
        citation=reading.citation,
    )


def refresh(proceeding: Proceeding) -> list[DueDay]:
    """Write the cache of one matter anew, in the transaction that changed it."""
    rows = derived(proceeding)
    kept = [one.clock_code for one in rows]
    proceeding.due_days.exclude(clock_code__in=kept).delete()
    fields = [one.name for one in DueDay._meta.concrete_fields if not one.primary_key]
    updated = [name for name in fields if name not in {"proceeding", "clock_code"}]
    return DueDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["proceeding", "clock_code"],
        update_fields=updated,
    )
