"""Steps as the readings see them, with later corrections applied."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """A last day that a step itself fixed, with what it rests on."""

    due: date
    source: str


def limits_as_json(limits: Mapping[str, Limit]) -> dict[str, dict[str, str]]:
    """Return limits by clock as they are stored: ``{clock: {due, source}}``."""
    return {
        code: {"due": one.due.isoformat(), "source": one.source.strip()}
        for code, one in limits.items()
    }


def limits_of_json(stored: Mapping[str, Mapping[str, str]]) -> dict[str, Limit]:
    """Return limits as they were before they were stored."""
    return {
        code: Limit(date.fromisoformat(one["due"]), one["source"]) for code, one in stored.items()
    }


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
