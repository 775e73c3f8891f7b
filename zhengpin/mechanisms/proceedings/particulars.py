"""What a member says of a step: the day, the instant, the reasons, the days it fixes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import MAXYEAR
from typing import TYPE_CHECKING

from zhengpin.kernel.clocks.starts import BEIJING, day_of
from zhengpin.mechanisms.proceedings import errors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from zhengpin.kernel.procedures import Limit, Move


@dataclass(frozen=True, slots=True)
class Particulars:
    """具体情况: the legal day of a step and what goes with it.

    ``at`` is needed where hours are counted. ``limits`` are last days by clock; ``facts`` are
    what else the ledger entry says.
    """

    on: date
    at: datetime | None = None
    note: str = ""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def reasons(self) -> str:
        return self.note.strip()

    def check_day(self, now: datetime) -> None:
        """Raise StepInFuture or InstantElsewhere."""
        if self.on > now.astimezone(BEIJING).date() or (self.at is not None and self.at > now):
            raise errors.StepInFuture
        if self.at is not None and day_of(self.at) != self.on:
            raise errors.InstantElsewhere

    def check_for(self, move: Move) -> None:
        """Raise NoteMissing, LimitNotHere, LimitBeforeStep, LimitTooFar or LimitWithoutSource.

        The rules themselves are asked whether a limit must be given (``services``).
        """
        if move.needs_note and not self.reasons:
            raise errors.NoteMissing
        if self.limits.keys() - move.sets:
            raise errors.LimitNotHere
        for one in self.limits.values():
            if one.due < self.on:
                raise errors.LimitBeforeStep
            if one.due.year == MAXYEAR:
                raise errors.LimitTooFar
            if not one.source.strip():
                raise errors.LimitWithoutSource
