"""Cuts an item into clauses: one stretch of action text, and the words that assign it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.brackets import Found, join, join_adjacent
from zhengpin.kernel.plantext.markers import Style
from zhengpin.kernel.plantext.prose import Stretch, read_head, read_prose
from zhengpin.kernel.plantext.wording import TASK_LABEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpin.kernel.plantext.layout import Page
    from zhengpin.kernel.plantext.outline import Block

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause before its units are named: compact ``[start, end)`` and what assigns it."""

    start: int
    end: int
    found: Found | None = None
    prose: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An item read: its title's compact range (empty where it has none) and its clauses."""

    title: Place
    drafts: tuple[Draft, ...]


_LONGEST_TITLE = 40
_LONGEST_TITLE_WITH_COMMA = 28
_TITLE_END = re.compile(r"[。!;:]")
_SIGNS = "。,;、:.—-·*】"
_BOXED_TITLE = re.compile(r"【(?P<title>[^【】]{2,40})】")
_ANNOUNCES = re.compile(r"(?::|如下。?|以下(?:工作|方面|任务|措施)。?|几(?:个方面|项工作)。?)\Z")
_POINT = re.compile(r"[一二三四五六七八九十]{1,3}(?:是|要)(?!否|求)[:,]?")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")


def read_item(page: Page, item: Block, found: Sequence[Found]) -> Reading:
    """Return the title and the clauses of one item; ``found`` are the places inside it."""
    joined = join_adjacent(page, found)
    title = _title(page, item, joined)
    drafts = _drafts(page, item, joined, title[1])
    if not drafts and title[1] > title[0]:
        told = [] if joined else _prose(page, item, item.body, item.end, [])
        if any(draft.prose and draft.prose.subjects for draft in told):
            return Reading((item.body, item.body), tuple(told))
        drafts = [_whole_title(page, item, title, joined)]
    return Reading(title, tuple(_under_head(page, title, drafts)))


def _under_head(page: Page, title: Place, drafts: list[Draft]) -> list[Draft]:
    """Give the work under a title that is nothing but names to the units it names."""
    head = read_head(page.text, *title)
    if head is None:
        return drafts
    return [
        draft
        if (draft.found and draft.found.assignment) or (draft.prose and draft.prose.subjects)
        else replace(draft, prose=Stretch(draft.start, draft.end, (head,)))
        for draft in drafts
    ]


def _whole_title(page: Page, item: Block, title: Place, found: Sequence[Found]) -> Draft:
    """Return the clause of an item that is nothing but its heading."""
    end = title[1]
    end += end < item.end and page.text[end] == "。"
    return Draft(title[0], end, next((one for one in found if one.assignment), None))


def _title(page: Page, item: Block, found: Sequence[Found]) -> Place:
    """Return the compact range of an item's heading, empty where its first words are work."""
    none = (item.body, item.body)
    if item.start == item.body:
        return none
    boxed = _BOXED_TITLE.match(page.text, item.body, item.end)
    if boxed:
        return boxed.span("title")
    paragraph = min(page.paragraph_end(item.body), item.end)
    sentence = _TITLE_END.search(page.text, item.body, paragraph)
    ends = [sentence.start() if sentence else paragraph]
    ends += [one.start for one in found if one.start >= item.body][:1]
    end = _wide_blank(page, item.body, min(ends))
    words = page.text[item.body : end]
    longest = _LONGEST_TITLE_WITH_COMMA if "," in words else _LONGEST_TITLE
    return none if len(words) > longest or _POINT.match(words) else (item.body, end)


def _wide_blank(page: Page, start: int, end: int) -> int:
    """Return where a heading set apart by wide blanks ends (加强监管　　对……), else ``end``."""
    for place in range(start + 4, min(end, start + 30)):
        blank = page.source.source[page.at[place - 1] + 1 : page.at[place]]
        if "\n" not in blank and (len(blank) >= 2 or "\u3000" in blank):
            return end if re.search("[,、]", page.text[start:place]) else place
    return end


def _drafts(page: Page, item: Block, found: Sequence[Found], body: int) -> list[Draft]:
    assigning = [one for one in found if one.assignment or one.due]
    if not any(one.assignment for one in assigning):
        return _prose(page, item, body, item.end, assigning)
    first, last = assigning[0], assigning[-1]
    if not _has_words(page, body, first.start):
        if _has_words(page, last.end, item.end):
            return _following(page, item, assigning)
        if len(assigning) == 2 and _has_words(page, first.end, last.start):
            start, end = _trim(page, first.end, last.start)
            return [Draft(start, end, join(first, last))]
    return _preceding(page, item, assigning, body)


def _has_words(page: Page, start: int, end: int) -> bool:
    return _WORD.search(page.text, start, end) is not None


def _following(page: Page, item: Block, found: Sequence[Found]) -> list[Draft]:
    """Return the clauses where each assignment stands before its work."""
    ends = [*(one.start for one in found[1:]), item.end]
    drafts = []
    for one, stop in zip(found, ends, strict=True):
        start, end = _trim(page, one.end, stop)
        numbers = [mark.start for mark in item.below if start < mark.start and mark.end == end]
        end = min([end, *numbers])
        if _has_words(page, start, end):
            drafts.append(Draft(start, end, one))
    return drafts


def _preceding(page: Page, item: Block, found: Sequence[Found], body: int) -> list[Draft]:
    """Return the clauses where each assignment stands after its work, and what is left over."""
    drafts: list[Draft] = []
    place = body
    for one in found:
        if _has_words(page, place, one.start):
            drafts += _before(page, item, place, one, alone=len(found) == 1)
        elif drafts and one.due and drafts[-1].found is not None:
            drafts[-1] = replace(drafts[-1], found=replace(drafts[-1].found, due=one.due))
        place = one.end
    return drafts + _prose(page, item, place, item.end, [])


def _before(page: Page, item: Block, place: int, one: Found, *, alone: bool) -> list[Draft]:
    """Return the clauses up to one assignment: its own, and numbered points that have none.

    Words that merely announce the points (重点做好以下工作：) are no clause.
    """
    marks = [
        mark
        for mark in item.below
        if place <= mark.start < one.start and mark.style not in (Style.POINT, Style.CIRCLED)
    ]
    if not marks or alone:
        return [Draft(*_trim(page, place, one.start), one)]
    drafts = []
    if _has_words(page, place, marks[0].start) and not _ANNOUNCES.search(
        page.text[place : marks[0].start]
    ):
        drafts.append(Draft(*_trim(page, place, marks[0].start)))
    ends = [*(mark.start for mark in marks[1:]), one.start]
    points = [Draft(*_trim(page, mark.start, end)) for mark, end in zip(marks, ends, strict=True)]
    return [*drafts, *points[:-1], replace(points[-1], found=one)]


def _trim(page: Page, start: int, end: int) -> Place:
    """Leave out the signs, numbers and labels (工作内容：) that a clause begins with."""
    before = -1
    while before < start < end:
        before = start
        start += len(page.text[start:end]) - len(page.text[start:end].lstrip(_SIGNS))
        marker = bisect_left(page.markers, start, key=lambda one: one.start)
        if marker < len(page.markers) and page.markers[marker].start == start:
            start = page.markers[marker].end
        words = _POINT.match(page.text, start, end) or TASK_LABEL.match(page.text, start, end)
        start = words.end() if words else start
    return min(start, end), end


def _prose(page: Page, item: Block, start: int, end: int, dues: Sequence[Found]) -> list[Draft]:
    """Return the clauses of a range that no bracket or label assigns."""
    start += len(page.text[start:end]) - len(page.text[start:end].lstrip(_SIGNS))
    if not _has_words(page, start, end):
        return []
    stop = min([end, *(one.start for one in dues)])
    drafts = []
    for stretch in _stretches(page, item, start, stop):
        begin, close = _trim(page, stretch.start, stretch.end)
        close = begin + len(page.text[begin:close].rstrip(",;、"))
        if _has_words(page, begin, close):
            drafts.append(Draft(begin, close, None, stretch))
    if dues and drafts:
        drafts[-1] = replace(drafts[-1], found=dues[0])
    return drafts


def _without_heading(page: Page, point: list[Stretch]) -> list[Stretch]:
    """Return a point without the words it begins with where they only name it: 1.药品。由……"""
    if len(point) < 2 or point[0].subjects or not point[1].subjects:
        return point
    words = page.text[point[0].start : point[0].end]
    return point[1:] if len(words) <= 12 and "," not in words else point


def _stretches(page: Page, item: Block, start: int, end: int) -> list[Stretch]:
    """Return prose clauses, each numbered point read by itself where one of them has a subject."""
    marks = [mark for mark in item.below if start <= mark.start < end]
    if not marks:
        return read_prose(page.text, start, end)
    stops = [*(mark.start for mark in marks[1:]), end]
    ranges = [
        (start, marks[0].start),
        *((mark.end, stop) for mark, stop in zip(marks, stops, strict=True)),
    ]
    stretches = [
        stretch
        for begin, stop in ranges
        if _has_words(page, begin, stop)
        for stretch in _without_heading(page, read_prose(page.text, begin, stop))
    ]
    if any(stretch.subjects for stretch in stretches):
        return stretches
    return [Stretch(start, end, ())]
