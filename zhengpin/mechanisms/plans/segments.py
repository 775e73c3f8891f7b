"""The source text of a plan cut into what it was read as, for a page that shows it highlighted.

Invariant: the texts of the segments put together are the source text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.model import PieceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from zhengpin.kernel.plantext.model import Piece
    from zhengpin.mechanisms.plans.models import Clause, Problem
    from zhengpin.mechanisms.plans.queries import UnitRead


class SegmentKind(StrEnum):
    """What a stretch of source text is to a person who reviews it."""

    PLAIN = "plain"
    SECTION = "section"
    ITEM = "item"
    CLAUSE = "clause"
    ASSIGNMENT = "assignment"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of the source; ``clause`` and ``unit`` (its id) where it belongs to them."""

    kind: SegmentKind
    start: int
    text: str
    clause: UUID | None = None
    unit: int | None = None
    is_problem: bool = False


_HEADINGS = {PieceKind.SECTION: SegmentKind.SECTION, PieceKind.ITEM: SegmentKind.ITEM}


def segments(
    pieces: Iterable[Piece],
    clauses: Sequence[Clause],
    units: Mapping[int, Sequence[UnitRead]],
    problems: Iterable[Problem],
) -> list[Segment]:
    """Return the segments of a source text; ``problems`` are those to be marked.

    ``clauses`` come in the order of the text, ``units`` by the key of their clause.
    """
    open_problems = list(problems)
    reader = _Reader(clauses, units, open_problems)
    cut = (segment for piece in pieces for segment in reader.read(piece))
    loose = [one for one in open_problems if one.clause_id is None and _has_place(one)]
    return _joined(_marked(segment, loose) for segment in cut)


class _Reader:
    """Says which clause and unit a piece belongs to."""

    def __init__(
        self,
        clauses: Sequence[Clause],
        units: Mapping[int, Sequence[UnitRead]],
        problems: Iterable[Problem],
    ) -> None:
        self._units = units
        self._actions = sorted(clauses, key=lambda one: one.start)
        self._starts = [one.start for one in self._actions]
        self._assigned = sorted(
            (one for one in clauses if one.assignment_start is not None),
            key=lambda one: one.assignment_start or 0,
        )
        self._assigned_starts = [one.assignment_start or 0 for one in self._assigned]
        self._clauses_asked = {one.clause_id for one in problems if one.unit_id is None}
        self._units_asked = {one.unit_id for one in problems if one.unit_id is not None}

    def read(self, piece: Piece) -> Iterator[Segment]:
        end = piece.start + len(piece.text)
        if piece.kind is PieceKind.ACTION:
            clause = _around(self._actions, self._starts, piece.start)
            if clause is not None and piece.start < clause.end:
                yield self._of(SegmentKind.CLAUSE, piece.start, piece.text, clause)
                return
        if piece.kind is PieceKind.ASSIGNMENT:
            clause = _around(self._assigned, self._assigned_starts, piece.start)
            if clause is not None and piece.start < (clause.assignment_end or 0):
                yield from self._assignment(piece, end, clause)
                return
        yield Segment(_HEADINGS.get(piece.kind, SegmentKind.PLAIN), piece.start, piece.text)

    def _assignment(self, piece: Piece, end: int, clause: Clause) -> Iterator[Segment]:
        place = piece.start
        for unit in sorted(self._units.get(clause.pk, ()), key=lambda one: one.start or 0):
            if unit.start is None or unit.end is None or not place <= unit.start < unit.end <= end:
                continue
            if place < unit.start:
                text = piece.text[place - piece.start : unit.start - piece.start]
                yield self._of(SegmentKind.ASSIGNMENT, place, text, clause)
            yield self._unit(piece, unit, clause)
            place = unit.end
        if place < end:
            text = piece.text[place - piece.start :]
            yield self._of(SegmentKind.ASSIGNMENT, place, text, clause)

    def _unit(self, piece: Piece, unit: UnitRead, clause: Clause) -> Segment:
        start, end = unit.start or 0, unit.end or 0
        text = piece.text[start - piece.start : end - piece.start]
        asked = unit.pk in self._units_asked
        return Segment(SegmentKind.UNIT, start, text, clause.uuid, unit.pk, asked)

    def _of(self, kind: SegmentKind, start: int, text: str, clause: Clause) -> Segment:
        asked = kind is SegmentKind.CLAUSE and clause.pk in self._clauses_asked
        return Segment(kind, start, text, clause.uuid, None, asked)


def _around(ordered: Sequence[Clause], starts: Sequence[int], place: int) -> Clause | None:
    index = bisect_right(starts, place) - 1
    return ordered[index] if index >= 0 else None


def _has_place(problem: Problem) -> bool:
    """Tell whether a problem is at its line; what a plan does not state is nowhere."""
    return not problem.code.endswith("-missing") and problem.code != "no-assignment"


def _marked(segment: Segment, problems: Sequence[Problem]) -> Segment:
    end = segment.start + len(segment.text)
    if not problems or not segment.text.strip():
        return segment
    here = any(one.start < end and segment.start < one.end for one in problems)
    return replace(segment, is_problem=True) if here else segment


def _joined(cut: Iterable[Segment]) -> list[Segment]:
    """Return neighbours that are the same thing as one."""
    joined: list[Segment] = []
    for segment in cut:
        last = joined[-1] if joined else None
        if last is not None and _what(last) == _what(segment):
            joined[-1] = replace(last, text=last.text + segment.text)
        else:
            joined.append(segment)
    return joined


def _what(segment: Segment) -> tuple[object, ...]:
    return segment.kind, segment.clause, segment.unit, segment.is_problem
