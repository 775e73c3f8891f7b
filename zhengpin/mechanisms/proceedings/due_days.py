"""The one writer of the cache of due days; it holds what the readings say, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from zhengpin.kernel.clocks.starts import BEIJING, day_of
from zhengpin.kernel.procedures.model import HOLDER
from zhengpin.kernel.procedures.readings import State, last_instant
from zhengpin.mechanisms.proceedings import queries
from zhengpin.mechanisms.proceedings.models import DueChange, DueDay

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from zhengpin.base.organizations.models import Organization
    from zhengpin.kernel.procedures import Reading
    from zhengpin.mechanisms.proceedings.models import Proceeding

# What a cached row says does not depend on the time of day: overdue is read from due_at.
ANY_TIME = datetime(2000, 1, 1, tzinfo=BEIJING)


class Party(NamedTuple):
    """An organization in a role of a matter: its id, and the code of its region."""

    organization: int
    region_code: str


class Cached(NamedTuple):
    """One row of the cache as values, the names those of its columns."""

    proceeding_id: int
    procedure_code: str
    clock_code: str
    owed_by_id: int
    owed_to_id: int | None
    region_code: str
    started_on: date
    due_on: date | None
    due_at: datetime | None
    is_paused: bool
    is_provisional: bool
    extended: int
    citation: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why due days may come out otherwise than before, and when that was noticed."""

    because: str
    now: datetime
    recomputation: int | None = None


def derived(proceeding: Proceeding) -> list[Cached]:
    """Return what the cache must hold for a matter, by clock."""
    readings = queries.readings_of(proceeding, now=ANY_TIME)
    if not any(one.is_open for one in readings):
        return []
    standings = proceeding.standings.standing().order_by("-pk")
    standings = standings.select_related("organization__region")
    parties = {one.role: _party(one.organization_id, one.organization) for one in standings}
    parties[HOLDER] = _party(proceeding.holder_id, proceeding.holder)
    return list(rows_of(proceeding.pk, proceeding.procedure_code, readings, parties))


def _party(pk: int, organization: Organization) -> Party:
    return Party(pk, organization.region.code)


def rows_of(
    pk: int, procedure_code: str, readings: Iterable[Reading], parties: Mapping[str, Party]
) -> Iterator[Cached]:
    """Yield what the cache must hold of the open ones of a matter's readings."""
    for one in readings:
        if not one.is_open:
            continue
        clock, due = one.clock, one.due
        owed_by = parties.get(clock.owed_by) or parties[HOLDER]
        owed_to = parties.get(clock.owed_to) if clock.owed_to else None
        yield Cached(
            pk,
            procedure_code,
            clock.code,
            owed_by.organization,
            owed_to.organization if owed_to else None,
            owed_by.region_code,
            one.start.on,
            day_of(due) if due is not None else None,
            last_instant(due) if due is not None else None,
            one.state is State.PAUSED,
            one.provisional,
            one.extended,
            one.citation,
        )


def held(proceedings: range) -> dict[tuple[int, str], Cached]:
    """Return what the cache holds for matters with these ids, by matter and clock. One query."""
    inside = DueDay.objects.filter(proceeding__gte=proceedings[0], proceeding__lte=proceedings[-1])
    rows = inside.values_list(*Cached._fields)
    return {(row[0], row[2]): Cached(*row) for row in rows}


def refresh(proceeding: Proceeding, reason: Reason | None = None) -> list[DueChange]:
    """Write the cache of one matter anew, in the transaction that changed it.

    With a reason, a due day that came out otherwise is kept as a change and returned.
    """
    return write(
        [proceeding.pk], derived(proceeding), held(range(proceeding.pk, proceeding.pk + 1)), reason
    )


def write(
    proceedings: Iterable[int],
    wanted: Iterable[Cached],
    before: Mapping[tuple[int, str], Cached],
    reason: Reason | None = None,
) -> list[DueChange]:
    """Make the cache of these matters hold what is wanted; return the due days that changed."""
    after = {(one.proceeding_id, one.clock_code): one for one in wanted}
    inside = set(proceedings)
    gone = [key for key in before if key not in after and key[0] in inside]
    for pk, clock_code in gone:
        DueDay.objects.filter(proceeding=pk, clock_code=clock_code).delete()
    changed = [one for key, one in after.items() if before.get(key) != one]
    DueDay.objects.bulk_create(
        [DueDay(**one._asdict()) for one in changed],
        update_conflicts=True,
        unique_fields=["proceeding", "clock_code"],
        update_fields=list(Cached._fields[3:] + Cached._fields[1:2]),
        batch_size=2000,
    )
    if reason is None:
        return []
    changes = [
        _change(was, one, reason)
        for one in changed
        if (was := before.get((one.proceeding_id, one.clock_code))) and _differs(was, one)
    ]
    return DueChange.objects.bulk_create(changes, batch_size=2000)


def _differs(was: Cached, one: Cached) -> bool:
    return (was.due_at, was.is_provisional) != (one.due_at, one.is_provisional)


def _change(was: Cached, one: Cached, reason: Reason) -> DueChange:
    return DueChange(
        proceeding_id=one.proceeding_id,
        clock_code=one.clock_code,
        before_at=was.due_at,
        after_at=one.due_at,
        is_provisional=one.is_provisional,
        because=reason.because,
        recomputation_id=reason.recomputation,
        changed_at=reason.now,
    )
