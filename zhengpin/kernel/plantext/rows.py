"""Turns the rows of a breakdown table into items with one clause each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.assignments import (
    Assignment,
    assign,
    lead_first,
    merge,
    read_assignment,
)
from zhengpin.kernel.plantext.brackets import first_named_leads, phrase
from zhengpin.kernel.plantext.campaigns import campaigns_in
from zhengpin.kernel.plantext.markers import read_marker
from zhengpin.kernel.plantext.model import Clause, Item, Kind, PieceKind, Section
from zhengpin.kernel.plantext.names import Duty, read_list
from zhengpin.kernel.plantext.tables import Row, read_tables
from zhengpin.kernel.plantext.units import name_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpin.kernel.plantext.layout import Page
    from zhengpin.kernel.plantext.model import Span
    from zhengpin.kernel.plantext.outline import Block

_COLUMNS = (
    ("lead", Duty.LEAD),
    ("act", Duty.ACT),
    ("member", Duty.SUPPORT),
    ("other", Duty.SUPPORT),
)


@dataclass(slots=True)
class Rows:
    """What the tables of a page hold."""

    items: list[Item]
    groups: list[Section]
    marks: list[tuple[PieceKind, Span]]


def read_rows(page: Page, chapters: Sequence[Block], year: int | None) -> Rows:
    """Return the items, chapters and marks that the breakdown tables of a page give.

    A row belongs to the group row above it, or else to the chapter its table stands in.
    """
    rows = Rows([], [], [])
    leads = first_named_leads(page)
    sections: dict[str, int] = {}
    for index, row in enumerate(read_tables(page), 1):
        within = (block.number for block in chapters if block.start <= row.start < block.end)
        section = _section(page, row, rows, sections) if row.group else next(within, 0)
        rows.items.append(_item(page, row, _Place(index, section, year, leads)))
        rows.marks += _marks(page, row)
    return rows


def _section(page: Page, row: Row, rows: Rows, sections: dict[str, int]) -> int:
    start, end = row.group or (row.start, row.start)
    marker = read_marker(page.text[start:end], start, 0)
    title = page.printed(marker.end if marker else start, end)
    if title not in sections:
        number = marker.number if marker else len(sections) + 1
        number = number if number not in sections.values() else max(sections.values()) + 1
        sections[title] = number
        rows.groups.append(Section(number, title, page.span(start, row.end)))
        rows.marks.append((PieceKind.SECTION, page.span(start, end)))
    else:
        last = next(one for one in rows.groups if one.title == title)
        rows.groups[rows.groups.index(last)] = replace(
            last, span=(last.span[0], page.span(start, row.end)[1])
        )
    return sections[title]


def _marks(page: Page, row: Row) -> list[tuple[PieceKind, Span]]:
    marks = [(PieceKind.ACTION, page.span(*row.cells["task"]))]
    for column, _ in _COLUMNS:
        if column in row.cells:
            marks.append((PieceKind.ASSIGNMENT, page.span(*row.cells[column])))
    return marks


@dataclass(frozen=True, slots=True)
class _Place:
    """What a row takes from around it; ``leads``: the unit named first leads."""

    index: int
    section: int
    year: int | None
    leads: bool


def _item(page: Page, row: Row, place: _Place) -> Item:
    start, end = row.cells["task"]
    due = row.cells.get("due")
    clause = Clause(
        address="",
        text=page.printed(start, end),
        span=page.span(start, end),
        assignment=None,
        assignment_span=None,
        mode=None,
        open_ended=False,
        units=(),
        campaigns=tuple(page.printed(*one) for one in campaigns_in(page, start, end)),
        due=page.printed(*due) if due else None,
    )
    read = _assignment(page, row)
    if read is not None:
        assignment, offsets = read
        assignment = lead_first(assignment) if place.leads else assignment
        span = (min(offsets), max(offsets) + 1)
        clause = replace(
            clause,
            assignment=page.source.source[span[0] : span[1]],
            assignment_span=span,
            mode=assignment.mode,
            open_ended=assignment.open_ended,
            units=name_units(page, assignment, offsets, place.year),
        )
    title = page.printed(*row.cells["heading"]) if "heading" in row.cells else ""
    number = row.number if row.number is not None else place.index
    return Item(number, place.section, title, Kind.TASK, page.span(row.start, row.end), (clause,))


def _assignment(page: Page, row: Row) -> tuple[Assignment, tuple[int, ...]] | None:
    """Return what the unit columns of a row assign together."""
    whole: Assignment | None = None
    offsets: tuple[int, ...] = ()
    for column, duty in _COLUMNS:
        if column not in row.cells:
            continue
        words, places = phrase(page, *row.cells[column])
        read = _cell(words.rstrip("。;,、"), duty)
        if read is None:
            continue
        whole = read if whole is None else merge(whole, read, len(offsets))
        offsets += places
    return None if whole is None else (whole, offsets)


def _cell(words: str, duty: Duty) -> Assignment | None:
    if not words or re.fullmatch(r"[-—/无]+", words):
        return None
    if duty is Duty.ACT:
        return read_assignment(words, bare=True)
    group = read_list(re.sub(r"(?:按职责分工)?(?:牵头|负责|配合)+\Z", "", words), 0, duty)
    return assign([group]) if group is not None else read_assignment(words, bare=True)
