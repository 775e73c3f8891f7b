"""Joins the lines of PDF pages into paragraphs, by where they begin and end.

A line that reaches the right margin goes on in a line that begins at the left margin, also on
the next page. An indented line begins a paragraph; headings and centred titles stay alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from zhengpin.kernel.documents.characters import joins_closely

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpin.kernel.documents.pages import Line, Page

_SUPPORT_SHARE = 0.1
_FULL_PAGE = 8
_LOPSIDED = 6.0
_INDENT, _TWO_CHARACTERS, _NEAR = 1.0, 2.0, 0.6
_ALIKE = 1.15
_WIDE_STEP, _WIDE_STEP_UNINDENTED = 1.6, 1.2
_SLACK_INDENTED, _SLACK, _SLACK_AFTER_END = 3.0, 1.0, 0.5
_INDENTED_SHARE = 0.05
_ENDS = tuple("。；：！？!?;:）)")
_HANGING = tuple("，。、；：,.;:")
_NUMBERED = re.compile(
    r"[(（〔]?[0-9\uff10-\uff19一二三四五六七八九十百]{1,4}(?:[)）〕、]|[.．](?!\d))"
    r"|第[一二三四五六七八九十百]{1,4}[条章节]"
)
_FIRST_UNIT = re.compile(
    r"[（(《〈“‘「『〔【]*(?:[!-~·]+|.)[，。、；：！？）)》〉”’」』〕】…,.;:!?]*"
)


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the pages have in common: the size and step of their lines, whether they indent."""

    em: float
    step: float
    indents: bool


def paragraphs_of(pages: Sequence[Page]) -> list[str]:
    """Return the paragraphs and headings of pages without furniture, in order."""
    if not any(page.lines for page in pages):
        return []
    em = _size(pages)
    placed = [(line, margins) for page, margins in _margins(pages, em) for line in page.lines]
    layout = _Layout(em, _step(pages), _indents(placed, em))
    texts: list[str] = []
    last: tuple[Line, _Margins] | None = None
    for line, margins in placed:
        if last and _goes_on(last, (line, margins), layout):
            texts[-1] = _joined(texts[-1], line.text)
        else:
            texts.append(line.text)
        last = line, margins
    return texts


def _size(pages: Sequence[Page]) -> float:
    lines = [line for page in pages for line in page.lines]
    return median([line.em for line in lines if line.em] or [line.height for line in lines]) or 1.0


def _step(pages: Sequence[Page]) -> float:
    steps = [
        above.baseline - below.baseline
        for page in pages
        for above, below in pairwise(page.lines)
        if above.baseline > below.baseline
    ]
    return median(steps) if steps else 0.0


def _margins(pages: Sequence[Page], em: float) -> Iterator[tuple[Page, _Margins]]:
    """Yield each page with its margins, those of all pages of its width.

    A full page whose margins both lie elsewhere, as left and right pages of a book, has its own.
    """
    by_width: dict[int, list[Line]] = defaultdict(list)
    for page in pages:
        by_width[round(page.right - page.left)].extend(page.lines)
    shared = {width: _margins_of(lines, em) for width, lines in by_width.items() if lines}
    for page in pages:
        if not page.lines:
            continue
        margins = shared[round(page.right - page.left)]
        own = _margins_of(page.lines, em)
        shift = own.left - margins.left
        is_shifted = abs(shift) > em / 2 and abs(own.right - margins.right - shift) < em
        if is_shifted and len(page.lines) >= _FULL_PAGE:
            margins = own
        yield page, _widened(margins, page, em)


def _widened(margins: _Margins, page: Page, em: float) -> _Margins:
    """Where no line is full, the right margin is taken to be as wide as the left one."""
    mirrored = page.right - (margins.left - page.left)
    return (
        replace(margins, right=mirrored) if mirrored - margins.right > _LOPSIDED * em else margins
    )


def _margins_of(lines: Sequence[Line], em: float) -> _Margins:
    """The outermost places where several lines begin, and end; a comma may hang beyond."""
    level = [line for line in lines if not line.text.endswith(_HANGING)] or lines
    return _Margins(
        left=_outermost([line.left for line in lines], em / 2),
        right=-_outermost([-line.right for line in level], em),
    )


def _outermost(places: Sequence[float], near: float) -> float:
    ordered = sorted(places)
    support = max(2, round(_SUPPORT_SHARE * len(ordered)))
    for at, place in enumerate(ordered):
        if at + support <= len(ordered) and ordered[at + support - 1] - place <= near:
            return place
    return ordered[0]


def _indents(placed: Sequence[tuple[Line, _Margins]], em: float) -> bool:
    """Return whether paragraphs of these pages begin indented by two characters."""
    indented = sum(
        abs((line.left - margins.left) / em - _TWO_CHARACTERS) < _NEAR for line, margins in placed
    )
    return indented > _INDENTED_SHARE * len(placed)


def _goes_on(before: tuple[Line, _Margins], after: tuple[Line, _Margins], layout: _Layout) -> bool:
    (upper, upper_margins), (lower, lower_margins) = before, after
    if not _look_alike(upper, lower, layout):
        return False
    ends, numbered = upper.text.endswith(_ENDS), bool(_NUMBERED.match(lower.text))
    missing = (upper_margins.right - upper.right) / layout.em
    indent = (lower.left - lower_margins.left) / layout.em
    if indent >= _INDENT:
        may_hang = missing < 1 and not ends and not numbered and _is_body(lower, layout)
        return may_hang and not _is_centred(lower, lower_margins, layout)
    if _is_centred(upper, upper_margins, layout) or (numbered and (ends or not layout.indents)):
        return False
    return missing < _first_unit(lower.text) + _slack(layout, ends=ends)


def _first_unit(text: str) -> float:
    """Return the width in ems of what must stay together at the start of a line.

    Where the line above had more room than that, it was not broken for want of it.
    """
    unit = _FIRST_UNIT.match(text)
    return sum(0.5 if sign.isascii() else 1 for sign in unit.group()) if unit else 0


def _slack(layout: _Layout, *, ends: bool) -> float:
    if layout.indents:
        return _SLACK_INDENTED
    return _SLACK_AFTER_END if ends else _SLACK


def _look_alike(upper: Line, lower: Line, layout: _Layout) -> bool:
    """Return whether two lines have the size and the step of one paragraph."""
    if upper.em and lower.em and not _are_alike(upper.em, lower.em):
        return False
    widest = _WIDE_STEP if layout.indents else _WIDE_STEP_UNINDENTED
    return upper.baseline - lower.baseline <= widest * layout.step


def _is_body(line: Line, layout: _Layout) -> bool:
    """Return whether a line is set in the size of the text, which titles are not."""
    return not line.em or _are_alike(line.em, layout.em)


def _are_alike(size: float, other: float) -> bool:
    return 1 / _ALIKE < size / other < _ALIKE


def _is_centred(line: Line, margins: _Margins, layout: _Layout) -> bool:
    """Return whether a line stands in the middle, and not just at the indent of paragraphs."""
    before = (line.left - margins.left) / layout.em
    after = (margins.right - line.right) / layout.em
    is_indented = layout.indents and abs(before - _TWO_CHARACTERS) < _NEAR
    return after > _NEAR and not is_indented and abs(before - after) < _NEAR


def _joined(before: str, after: str) -> str:
    if joins_closely(before, after) or (before[-1].isdigit() and after[0].isdigit()):
        return before + after
    return f"{before} {after}"
