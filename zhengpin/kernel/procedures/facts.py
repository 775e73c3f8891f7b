"""Steps as the readings see them, with later corrections applied."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """A last day that a step itself fixed, with what it rests on."""

    due: date
    source: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One step: which move was made on which legal day, or at which instant.

    ``corrects`` is the id of an earlier step whose day this one puts right; it moves nothing.
    """

    id: int
    move: str
    on: date
    at: datetime | None = None
    corrects: int | None = None
    sets: Mapping[str, Limit] = field(default_factory=dict)

    @property
    def moment(self) -> date | datetime:
        return self.at or self.on


def in_effect(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the steps in the order they were made, each on its corrected day.

    The last correction of a step counts; corrections themselves are not steps of the procedure.
    """
    ordered = sorted(facts, key=lambda one: one.id)
    days = {one.corrects: one for one in ordered if one.corrects is not None}
    return tuple(
        replace(one, on=days[one.id].on, at=days[one.id].at) if one.id in days else one
        for one in ordered
        if one.corrects is None
    )
