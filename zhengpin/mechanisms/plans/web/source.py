"""The source text as the pages show it: line by line, with what was read out of each stretch."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.safestring import mark_safe

from zhengpin.mechanisms.plans.segments import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.utils.safestring import SafeString

    from zhengpin.mechanisms.plans.models import Clause
    from zhengpin.mechanisms.plans.queries import Review, UnitRead
    from zhengpin.mechanisms.plans.segments import Segment

_SHORT = 40  # a line of the front matter up to this length is centred as printed
_COLONS = ("：", ":")


@dataclass(slots=True)
class Stretch:
    """A piece of text and how it is marked: "" | "unit" | "odd"."""

    text: str
    mark: str = ""


@dataclass(slots=True)
class Run:
    """Neighbouring stretches of one line that belong to one clause, or to none.

    ``is_first``: the clause begins here; only there it takes part in moving by keyboard.
    """

    kind: SegmentKind
    clause: Clause | None
    is_first: bool
    stretches: list[Stretch] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """One line of the source; ``no`` counts as the problems do, from 1.

    ``kind``: "chapter" | "front" (centred) | "flush" | "body". ``content`` is markup, put together
    here because a plan has a thousand stretches and a template spends most of a page on them.
    """

    no: int
    kind: str
    is_doubtful: bool
    content: SafeString


def lines_of(review: Review, chosen: Clause | None = None) -> list[Line]:
    """Return the lines of the source that are not blank; the ``chosen`` clause is marked."""
    clauses = {clause.uuid: clause for clause in review.clauses}
    named = {unit.pk: unit for units in review.units.values() for unit in units}
    doubtful = {one.line for one in review.problems if one.kind.decides and not one.is_settled}
    body = min((one.start for one in review.items), default=0)
    begun: set[UUID] = set()
    lines = []
    for no, parts in enumerate(_split(review.segments), start=1):
        if not any(text.strip() for _, text in parts):
            continue
        runs: list[Run] = []
        for segment, text in parts:
            _add(runs, segment, text, clauses, named, begun)
        _strip(runs)
        kind = _kind(runs, is_front=parts[0][0].start < body)
        content = mark_safe("".join(_markup(run, chosen) for run in runs))  # noqa: S308 — escaped
        lines.append(Line(no, kind, no in doubtful, content))
    return lines


def _markup(run: Run, chosen: Clause | None) -> str:
    """Return a run as markup; all that comes from the document is escaped."""
    inner = "".join(
        f'<mark class="{one.mark}">{escape(one.text)}</mark>' if one.mark else escape(one.text)
        for one in run.stretches
    )
    if run.clause is None:
        return f"<b>{inner}</b>" if run.kind is SegmentKind.ITEM else inner
    address = escape(run.clause.address)
    link = f"?clause={quote(run.clause.address)}"
    place = f'id="c-{address}"' if run.is_first else 'tabindex="-1"'
    state = " fixed" if run.clause.is_corrected else ""
    current = ' aria-current="true"' if run.clause == chosen else ""
    return (
        f'<a class="clause{state}" {place} data-address="{address}" href="{link}#c-{address}"'
        f' hx-get="{link}"{current}>{inner}</a>'
    )


def _split(segments: tuple[Segment, ...]) -> Iterator[list[tuple[Segment, str]]]:
    """Yield the segments of each line, each with its text in that line."""
    line: list[tuple[Segment, str]] = []
    for segment in segments:
        for text in segment.text.splitlines(keepends=True):
            line.append((segment, text))
            if text.splitlines() != [text]:
                yield line
                line = []
    if line:
        yield line


def _add(
    runs: list[Run],
    segment: Segment,
    text: str,
    clauses: dict[UUID, Clause],
    units: dict[int, UnitRead],
    begun: set[UUID],
) -> None:
    """Add a stretch to the runs of its line; an assignment is not part of the clause's link."""
    is_action = segment.kind is SegmentKind.CLAUSE and segment.clause is not None
    clause = clauses.get(segment.clause) if is_action and segment.clause else None
    if not runs or runs[-1].clause is not clause or runs[-1].kind is not segment.kind:
        is_first = clause is not None and clause.uuid not in begun
        if clause is not None:
            begun.add(clause.uuid)
        runs.append(Run(segment.kind, clause, is_first))
    runs[-1].stretches.append(Stretch(text, _mark(segment, units)))


def _mark(segment: Segment, units: dict[int, UnitRead]) -> str:
    unit = units.get(segment.unit) if segment.unit is not None else None
    if unit is None:
        return ""
    return "unit" if unit.is_collective or unit.organization_id else "odd"


def _strip(runs: list[Run]) -> None:
    """Take the indent and the line end off; the page sets them itself."""
    first, last = runs[0].stretches[0], runs[-1].stretches[-1]
    first.text = first.text.lstrip()
    last.text = last.text.rstrip()


def _kind(runs: list[Run], *, is_front: bool) -> str:
    """Return how a line is set: as a chapter, centred, flush or as a paragraph."""
    text = "".join(one.text for run in runs for one in run.stretches)
    has_clause = any(run.clause for run in runs)
    if runs[0].kind is SegmentKind.SECTION and len(text) <= _SHORT and not has_clause:
        return "chapter"
    if text.endswith(_COLONS) and len(text) <= 3 * _SHORT:
        return "flush"
    return "front" if is_front and len(text) <= _SHORT else "body"
