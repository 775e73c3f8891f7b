"""The instruments the law data cites, each with its rows and how sure they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from zhengpin.kernel.lawdata import Certainty, Rule, Threshold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.base.lawbase.law import Law
    from zhengpin.kernel.lawdata import Source

_Row = TypeVar("_Row", Rule, Threshold)


class Mark(StrEnum):
    """How sure a row is: its text was read, it is from memory, or a point of it is open."""

    READ = "read"
    RECALLED = "recalled"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Instrument:
    """法律法规规章: one text by title and number; ``code`` is its address in pages and API."""

    code: str
    title: str
    number: str
    rules: tuple[Rule, ...]
    thresholds: tuple[Threshold, ...]
    marks: tuple[Mark, ...]

    @property
    def name(self) -> str:
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "")

    def count(self, mark: Mark) -> int:
        return self.marks.count(mark)


def mark_of(row: Rule | Threshold, law: Law) -> Mark:
    if row.verified is Certainty.RECALLED:
        return Mark.RECALLED
    is_open = row.id in law.table.unsettled or bool(law.points_on(row.id))
    return Mark.OPEN if is_open else Mark.READ


def instrument_code(source: Source) -> str:
    """Return a short code made from title and number; both stay the same over releases."""
    return hashlib.sha256(f"{source.title}\n{source.number}".encode()).hexdigest()[:10]


def instruments(law: Law) -> list[Instrument]:
    """Return the instruments with most rows first."""
    rules = _by_instrument(law.table.rules.values())
    thresholds = _by_instrument(law.thresholds.thresholds.values())
    found = []
    for code in rules.keys() | thresholds.keys():
        own, figures = tuple(rules.get(code, ())), tuple(thresholds.get(code, ()))
        rows: tuple[Rule | Threshold, ...] = (*own, *figures)
        source = rows[0].source
        marks = tuple(mark_of(row, law) for row in rows)
        found.append(Instrument(code, source.title, source.number, own, figures, marks))
    return sorted(found, key=lambda one: (-len(one.marks), one.title, one.number))


def _by_instrument(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(instrument_code(row.source), []).append(row)
    return found
