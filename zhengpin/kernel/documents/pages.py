"""Puts the glyphs of a PDF page together into lines and takes the page furniture away."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from statistics import median
from typing import TYPE_CHECKING

from zhengpin.kernel.documents.characters import WIDE, unified, without_unseen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_IS_WIDE = re.compile(f"[{WIDE}]")
_WIDE_GAP, _NARROW_GAP = 0.8, 0.2
_SAME_LINE = 0.5
_BESIDE_SHARE = 0.4

_NUMBER = r"(?:[0-9\uff10-\uff19]{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})"
_PAGE_NUMBER = re.compile(
    rf"[-－—–―─~～·•\s]*{_NUMBER}(?:\s*[/／]\s*{_NUMBER})?[-－—–―─~～·•\s]*"
    rf"|[-－—\s]*第\s*{_NUMBER}\s*页[\s,，/／]*(?:共\s*{_NUMBER}\s*页)?[-－—\s]*"
    rf"|(?i:page)\s*{_NUMBER}(?:\s*(?i:of)\s*{_NUMBER})?"
)
_DIGITS = re.compile(r"[0-9\uff10-\uff19]+|\s+")
_EDGE_LINES = 3
_EDGE_SHARE = 0.2
_REPEATED_SHARE = 0.4
_SAME_HEIGHT = 6.0
_APART = 1.2


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character of the text layer, in points, turned to read from left to right."""

    text: str
    left: float
    right: float
    baseline: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; ``em`` is the width of its Chinese characters, 0 when it has none."""

    text: str
    left: float
    right: float
    baseline: float
    height: float
    em: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines in reading order; ``is_picture`` when a picture covers it instead."""

    lines: tuple[Line, ...]
    left: float
    right: float
    bottom: float
    top: float
    is_picture: bool = False


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page in reading order.

    From top to bottom, unless much of the page stands side by side in columns: then the order
    in which the page was written is kept.
    """
    runs = list(_runs(glyphs))
    ordered = sorted(runs, key=lambda run: -run[0].baseline)
    rows = list(_rows(ordered))
    beside = sum(len(row) for row in rows if len(row) > 1)
    if beside > _BESIDE_SHARE * len(runs):
        rows = [[run] for run in runs]
    lines = (_line([glyph for run in row for glyph in run]) for row in rows)
    return [line for line in lines if line.text]


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield what was written from left to right on one baseline, without blank ends."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield from _trimmed(run)
            run = []
        run.append(glyph)
    yield from _trimmed(run)


def _follows(before: Glyph, after: Glyph) -> bool:
    height = max(before.height, after.height)
    if abs(before.baseline - after.baseline) > _SAME_LINE * height:
        return False
    return after.left > before.left - _SAME_LINE * height


def _trimmed(run: list[Glyph]) -> Iterator[list[Glyph]]:
    inked = [place for place, glyph in enumerate(run) if without_unseen(glyph.text).strip()]
    if inked:
        yield run[inked[0] : inked[-1] + 1]


def _rows(ordered: Sequence[list[Glyph]]) -> Iterator[list[list[Glyph]]]:
    """Yield the runs that share a baseline, from left to right."""
    row: list[list[Glyph]] = []
    for run in ordered:
        if row and row[0][0].baseline - run[0].baseline > _SAME_LINE * row[0][0].height:
            yield sorted(row, key=lambda run: run[0].left)
            row = []
        row.append(run)
    if row:
        yield sorted(row, key=lambda run: run[0].left)


def _line(glyphs: Sequence[Glyph]) -> Line:
    wide = [glyph.right - glyph.left for glyph in glyphs if _IS_WIDE.match(glyph.text)]
    em = median(wide) if wide else 0.0
    height = median(glyph.height for glyph in glyphs)
    pieces = [glyphs[0].text]
    for before, after in pairwise(glyphs):
        is_wide = _IS_WIDE.match(before.text) or _IS_WIDE.match(after.text)
        gap = (_WIDE_GAP if is_wide else _NARROW_GAP) * (em or height)
        is_apart = after.left - before.right > gap
        if is_apart and not before.text.isspace() and not after.text.isspace():
            pieces.append(" ")
        pieces.append(after.text)
    text = unified(without_unseen("".join(pieces))).replace("\xa0", " ").strip()
    right = max(glyph.right for glyph in glyphs)
    return Line(" ".join(text.splitlines()), glyphs[0].left, right, glyphs[0].baseline, height, em)


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without page numbers and running headers and footers.

    A running line stands apart from the text, at the same height on many pages, its digits apart
    from that alike.
    """
    running = _running(pages)
    kept = []
    for number, page in enumerate(pages):
        outer = chain.from_iterable(_near_edges(page))
        furniture = {line for line in outer if _PAGE_NUMBER.fullmatch(line.text)} | running[number]
        lines = tuple(line for line in page.lines if line not in furniture)
        kept.append(replace(page, lines=lines))
    return kept


def _near_edges(page: Page) -> tuple[list[Line], list[Line]]:
    """Return the few lines nearest the upper and the lower edge of a page, outermost first."""
    margin = _EDGE_SHARE * (page.top - page.bottom)
    falling = sorted(page.lines, key=lambda line: -line.baseline)
    upper = [line for line in falling[:_EDGE_LINES] if line.baseline > page.top - margin]
    lower = [line for line in falling[-_EDGE_LINES:] if line.baseline < page.bottom + margin]
    return upper, lower[::-1]


def _running(pages: Sequence[Page]) -> list[set[Line]]:
    """Return, page by page, the lines that many pages have alike, apart from their text."""
    apart = [_apart(page) for page in pages]
    places: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, lines in enumerate(apart):
        for line in lines:
            places[_without_digits(line)].append((number, line))
    return [
        {line for line in lines if _is_running(line, places[_without_digits(line)], len(pages))}
        for lines in apart
    ]


def _apart(page: Page) -> list[Line]:
    """Return the lines near the edges that a wide gap parts from the text between them."""
    heights = sorted(line.baseline for line in page.lines)
    gap = _APART * median([above - below for below, above in pairwise(heights)] or [0.0])
    upper, lower = _near_edges(page)
    lines: list[Line] = []
    for edge, inward in ((upper, heights[::-1]), (lower, heights)):
        parted = [
            count
            for count in range(1, len(edge) + 1)
            if count == len(inward) or abs(inward[count - 1] - inward[count]) > gap
        ]
        lines += edge[: max(parted, default=0)]
    return lines


def _is_running(line: Line, places: Sequence[tuple[int, Line]], pages: int) -> bool:
    level = {page for page, its in places if abs(its.baseline - line.baseline) < _SAME_HEIGHT}
    return len(level) > 1 and len(level) >= _REPEATED_SHARE * pages


def _without_digits(line: Line) -> str:
    return _DIGITS.sub("", line.text)
