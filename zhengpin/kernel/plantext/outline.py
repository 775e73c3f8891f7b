"""The skeleton of a plan: which markers are chapters, which are items, which lie below.

Levels are read from the order in which official documents number (第一章, 一、, （一）, 1., (1)),
never from the words, so that a plan of any city and year finds its own two levels.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.markers import Marker, Style
from zhengpin.kernel.text.numerals import NUMERAL, parse_numeral

if TYPE_CHECKING:
    from zhengpin.kernel.plantext.layout import Page

_INLINE = re.compile(
    rf"(?:\((?P<b>{NUMERAL})\)、?|(?P<c>[一二三四五六七八九十]{{1,3}})、)(?=[\u4e00-\u9fff“《])"
)


@dataclass(slots=True)
class Block:
    """A chapter or an item before its words are read: compact places, marker included.

    ``number`` 0 and no marker: words that stand directly under a chapter.
    """

    number: int
    start: int
    body: int
    end: int
    section: int = 0
    below: list[Marker] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """Chapters and items in order, and where the plan's own body begins and ends."""

    sections: list[Block]
    items: list[Block]
    first: int
    last: int
    restarts: bool


def outline(page: Page, last: int, *, bare: bool = False) -> Outline:
    """Return the chapters and items of a page; the body ends at compact place ``last``.

    ``bare``: numbers 一、 alone, with no other below, are chapters and not items.
    """
    markers = [marker for marker in _with_inline(page) if marker.start < last]
    structural = [marker for marker in markers if marker.style is not Style.POINT]
    chapter = _chapter_style(structural, bare=bare)
    heads = [marker for marker in structural if marker.style is chapter]
    sections = _blocks(heads, last)
    items: list[Block] = []
    for section in sections or [Block(0, 0, 0, last)]:
        inside = _between(markers, section.body, section.end)
        items += _items_of(inside, section.number, section.end, structural)
    first = min([block.start for block in (*sections, *items)], default=last)
    return Outline(sections, items, first, last, _restarts(sections, items))


def _with_inline(page: Page) -> list[Marker]:
    """Return the markers at line starts and those run on inside a line, in order."""
    known = list(page.markers)
    expected = {style: _last_numbers(known, style) for style in (Style.CHAPTER, Style.BRACKETED)}
    if not any(_INLINE.finditer(page.text)):
        return known
    taken = {marker.start for marker in known}
    for match in _INLINE.finditer(page.text):
        style = Style.BRACKETED if match["b"] else Style.CHAPTER
        number = parse_numeral(match["b"] or match["c"])
        if number is None or match.start() in taken or not _may_open(page, match.start()):
            continue
        if _continues(known, style, number, match.start(), expected[style]):
            place = bisect_left([marker.start for marker in known], match.start())
            known.insert(
                place,
                Marker(style, number, match.start(), match.end(), page.line_at(match.start())),
            )
            page.paragraphs.insert(bisect_left(page.paragraphs, match.start()), match.start())
    return known


def _may_open(page: Page, place: int) -> bool:
    """Tell whether a number may begin here: behind a stop, or set apart by a blank."""
    if place == 0 or page.text[place - 1] in "。)】〕;!:”":
        return True
    gap = page.source.full[page.at[place - 1] + 1 : page.at[place]]
    return bool(gap) and not re.search(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]", gap)


def _last_numbers(markers: list[Marker], style: Style) -> set[int]:
    return {marker.number for marker in markers if marker.style is style}


def _continues(
    known: list[Marker], style: Style, number: int, place: int, printed: set[int]
) -> bool:
    """Tell whether a number inside a line is the next of its kind and stands nowhere else."""
    if number in printed:
        return False
    before = [marker for marker in known if marker.start < place]
    same = [marker for marker in before if marker.style is style]
    if number == 1:
        return style is Style.CHAPTER or bool(before and before[-1].style is Style.CHAPTER)
    return bool(same) and same[-1].number == number - 1


def _chapter_style(markers: list[Marker], *, bare: bool) -> Style | None:
    """Return the style of the chapters, or None where a plan has items only."""
    present = {marker.style for marker in markers}
    if Style.CHAPTER in present and present & {
        Style.STAGE, Style.BRACKETED, Style.ARABIC, Style.BRACKETED_ARABIC,
    }:  # fmt: skip
        return Style.CHAPTER
    if bare and present == {Style.CHAPTER}:
        return Style.CHAPTER
    if Style.PART in present and len(present) > 1:
        return Style.PART
    return None


def _blocks(markers: list[Marker], last: int) -> list[Block]:
    ends = [*(marker.start for marker in markers[1:]), last]
    return [
        Block(marker.number, marker.start, marker.end, end)
        for marker, end in zip(markers, ends, strict=bool(markers))
    ]


def _between(markers: list[Marker], start: int, end: int) -> list[Marker]:
    return [marker for marker in markers if start <= marker.start < end]


def _items_of(
    inside: list[Marker], section: int, end: int, all_markers: list[Marker]
) -> list[Block]:
    """Return the items under one chapter (``section`` 0: before or without chapters)."""
    levels = sorted({marker.style for marker in inside if marker.style is not Style.POINT})
    if not levels:
        return []
    style = levels[0]
    if Style.BRACKETED in levels and Style.ARABIC in levels and _runs_on(all_markers):
        style = Style.ARABIC
    heads = [marker for marker in inside if marker.style is style]
    items = _blocks(heads, end)
    for item in items:
        item.section = section
        item.below = [
            marker
            for marker in inside
            if item.body <= marker.start < item.end and marker.style > style
        ]
        if style is Style.ARABIC:
            _end_before_heading(item, inside)
    return items


def _end_before_heading(item: Block, inside: list[Marker]) -> None:
    headings = [
        marker.start
        for marker in inside
        if marker.style < Style.ARABIC and item.start < marker.start < item.end
    ]
    item.end = min([item.end, *headings])


def _runs_on(markers: list[Marker]) -> bool:
    """Tell whether 1. 2. 3. run on through the （一） headings, which are then mere headings."""
    going, restarts, previous = 0, 0, 0
    fresh = False
    for marker in markers:
        if marker.style is Style.BRACKETED:
            fresh = True
        elif marker.style is Style.ARABIC:
            if fresh and previous:
                going += marker.number == previous + 1
                restarts += marker.number == 1
            previous, fresh = marker.number, False
    return going > restarts


def _restarts(sections: list[Block], items: list[Block]) -> bool:
    """Tell whether item numbers restart in each chapter."""
    firsts: dict[int, int] = {}
    for item in items:
        firsts.setdefault(item.section, item.number)
    numbers = list(firsts.values())[1:]
    return bool(sections) and sum(number == 1 for number in numbers) * 2 > len(numbers)
