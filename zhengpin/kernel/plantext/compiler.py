"""Compiles a text into a plan: page, outline, clauses, units, campaigns, instruments, pieces."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhengpin.kernel.errors import DocumentRefused
from zhengpin.kernel.plantext.assignments import Assignment, merge
from zhengpin.kernel.plantext.brackets import Found, find_assignments
from zhengpin.kernel.plantext.campaigns import campaigns_in
from zhengpin.kernel.plantext.clauses import Draft, read_item
from zhengpin.kernel.plantext.heading import Heading, end_of_body, read_heading
from zhengpin.kernel.plantext.instruments import instruments_in
from zhengpin.kernel.plantext.kinds import DATES_IN_TITLE, due_in, kind_of
from zhengpin.kernel.plantext.layout import Page, lay_out
from zhengpin.kernel.plantext.model import (
    Clause,
    Item,
    Kind,
    Numbering,
    Phase,
    PieceKind,
    Plan,
    Section,
    Source,
    Unit,
)
from zhengpin.kernel.plantext.outline import Block, Outline, outline
from zhengpin.kernel.plantext.pieces import tile
from zhengpin.kernel.plantext.problems import check
from zhengpin.kernel.plantext.prose import read_head
from zhengpin.kernel.plantext.rows import read_rows
from zhengpin.kernel.plantext.units import name_units
from zhengpin.kernel.text.dates import parse_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpin.kernel.plantext.model import Span


@dataclass(slots=True)
class Draught:
    """A plan while it is being put together."""

    page: Page
    outline: Outline
    heading: Heading
    found: list[Found]
    marks: list[tuple[PieceKind, Span]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)

    def inside(self, block: Block) -> list[Found]:
        """Return the places that assign work inside ``block``."""
        first = bisect_left(self.found, block.start, key=lambda one: one.start)
        last = bisect_left(self.found, block.end, key=lambda one: one.start)
        return self.found[first:last]


def compile_text(text: str, *, name: str = "plan.txt", sha256: str | None = None) -> Plan:
    """Return the plan that ``text`` prints; offsets are characters of ``text``.

    Raises DocumentRefused where the text has no chapter, no item, no table and no assignment.
    """
    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    page = lay_out(text)
    draught = _draught(page)
    rows = read_rows(page, draught.outline.sections, draught.heading.year)
    _add_sections(draught, rows.groups)
    _add_items(draught)
    draught.items += rows.items
    draught.marks += rows.marks
    if not draught.sections and not draught.items:
        raise DocumentRefused(
            "没有在文中找到章、条、任务表或责任单位，无法编译；请确认文件是工作要点、实施方案或任务分解表的正文。"
        )
    return _plan(draught, Source(name, digest, text))


def _draught(page: Page) -> Draught:
    markers = [marker.start for marker in page.markers]
    rows_end = max(
        (start for line, start in zip(page.lines, page.starts, strict=True) if line.cells),
        default=0,
    )
    last = end_of_body(page, max([*markers[-1:], rows_end, 0]))
    rows = page.table_ranges
    found = [one for one in find_assignments(page) if not _within(one.start, rows)]
    plan = outline(page, last, bare=bool(rows) and not any(one.assignment for one in found))
    if not plan.items and not plan.sections and found and not rows_end:
        first = page.paragraphs[0] if page.paragraphs else 0
        plan.items.append(Block(0, first, first, last))
        plan.first = first
    _add_implied(page, plan, found)
    first = min(plan.first, _first_row(page))
    return Draught(page, plan, read_heading(page, first, last), found)


def _first_row(page: Page) -> int:
    rows = (start for line, start in zip(page.lines, page.starts, strict=True) if line.cells)
    return next(rows, len(page.text))


def _within(place: int, ranges: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right([start for start, _ in ranges], place) - 1
    return index >= 0 and ranges[index][0] <= place < ranges[index][1]


def _add_implied(page: Page, plan: Outline, found: Sequence[Found]) -> None:
    """Add an item without number for work that stands directly under a chapter."""
    for section in plan.sections:
        body = _section_title(page, section)[1]
        stop = min(
            [item.start for item in plan.items if section.start <= item.start < section.end],
            default=section.end,
        )
        assigned = any(body <= one.start < stop and one.assignment for one in found)
        if assigned or _names_units_first(page, body, stop):
            plan.items.append(Block(0, body, body, stop, section.number))
    plan.items.sort(key=lambda item: item.start)


def _names_units_first(page: Page, start: int, stop: int) -> bool:
    """Tell whether a paragraph of a range begins 市公安局：, as in a chapter 职责分工."""
    first = bisect_left(page.paragraphs, start)
    last = bisect_left(page.paragraphs, stop)
    colons = (page.text.find(":", place, place + 60) for place in page.paragraphs[first:last])
    return any(
        colon > 0 and read_head(page.text, place, colon) is not None
        for place, colon in zip(page.paragraphs[first:last], colons, strict=True)
    )


def _section_title(page: Page, section: Block) -> tuple[int, int]:
    end = min(page.paragraph_end(section.body), section.end)
    stop = re.compile("[。:]").search(page.text, section.body, end)
    return section.body, stop.start() if stop and stop.start() > section.body else end


def _add_sections(draught: Draught, groups: Sequence[Section]) -> None:
    page = draught.page
    for block in draught.outline.sections:
        start, end = _section_title(page, block)
        span = page.span(block.start, block.end)
        draught.sections.append(Section(block.number, page.printed(start, end), span))
        draught.marks.append((PieceKind.SECTION, page.span(block.start, end)))
    draught.sections += groups


def _add_items(draught: Draught) -> None:
    titles = {section.no: section.title for section in draught.sections}
    for block in draught.outline.items:
        section = titles.get(block.section, "")
        draught.items.append(_item(draught, block, section))


def _item(draught: Draught, block: Block, section: str) -> Item:
    page = draught.page
    reading = read_item(page, block, draught.inside(block))
    start, end = reading.title
    title = page.printed(start, end)
    draught.marks.append((PieceKind.ITEM, page.span(block.start, max(end, block.body))))
    kind = kind_of(section, page.text[start:end])
    if kind is Kind.PHASE:
        dated = DATES_IN_TITLE.search(page.text[start:end])
        title = page.printed(start, start + dated.start()) if dated else title
        _add_phase(draught, block, title)
    clauses = [_clause(draught, draft) for draft in reading.drafts]
    return Item(
        block.number, block.section, title, kind, page.span(block.start, block.end), tuple(clauses)
    )


def _add_phase(draught: Draught, block: Block, title: str) -> None:
    page = draught.page
    heading = page.text[block.body : page.paragraph_end(block.body)][:80]
    period = parse_range(heading, draught.heading.year)
    if period is not None:
        draught.phases.append(Phase(title, period.first, period.last))


def _clause(draught: Draught, draft: Draft) -> Clause:
    page = draught.page
    draught.marks.append((PieceKind.ACTION, page.span(draft.start, draft.end)))
    place = _assigning(page, draft)
    due = draft.found.due if draft.found and draft.found.due else None
    clause = Clause(
        address="",
        text=page.printed(draft.start, draft.end),
        span=page.span(draft.start, draft.end),
        assignment=None,
        assignment_span=None,
        mode=None,
        open_ended=False,
        units=(),
        campaigns=tuple(page.printed(*one) for one in campaigns_in(page, draft.start, draft.end)),
        due=due or due_in(page, draft.start, draft.end),
    )
    if place is None:
        return clause
    assignment, offsets, span = place
    draught.marks.append((PieceKind.ASSIGNMENT, span))
    units = name_units(page, assignment, offsets, draught.heading.year)
    return _assigned(clause, assignment, units, span, page.source.source)


def _assigned(
    clause: Clause, assignment: Assignment, units: tuple[Unit, ...], span: Span, source: str
) -> Clause:
    return replace(
        clause,
        assignment=source[span[0] : span[1]],
        assignment_span=span,
        mode=assignment.mode,
        open_ended=assignment.open_ended,
        units=units,
    )


def _assigning(page: Page, draft: Draft) -> tuple[Assignment, Sequence[int], Span] | None:
    found = draft.found
    if found is not None and found.assignment is not None:
        return found.assignment, found.offsets, page.span(found.inner, found.inner_end)
    if draft.prose is None or not draft.prose.subjects:
        return None
    first, *others = draft.prose.subjects
    assignment, end = first.assignment, first.end
    for other in others:
        assignment = merge(assignment, other.assignment, other.start - first.start)
        end = other.end
    return assignment, page.at[first.start : end], page.span(first.start, end)


def _plan(draught: Draught, source: Source) -> Plan:
    page, heading = draught.page, draught.heading
    items = sorted(draught.items, key=lambda item: item.span)
    numbering = Numbering.PER_SECTION if draught.outline.restarts else Numbering.CONTINUOUS
    items = _addressed(items, numbering)
    title = _words(page, heading.title) or _words(page, [heading.cited_title])
    notice = _words(page, heading.notice_title)
    number = _words(page, [heading.number])
    plan = Plan(
        source=source,
        title=title,
        notice_title=notice,
        issuer=_words(page, heading.issuer),
        doc_number=number,
        issued_on=heading.issued_on,
        year=heading.year,
        region=heading.region,
        numbering=numbering,
        addressees=tuple(page.printed(*place) for place in heading.addressees),
        sections=tuple(draught.sections),
        items=tuple(items),
        campaigns=tuple(page.printed(*one) for one in campaigns_in(page, 0, len(page.text))),
        instruments=tuple(instruments_in(page, _own(page, heading))),
        timeline=tuple(draught.phases),
        problems=(),
        pieces=tile(source.text, _all_marks(draught)),
    )
    problems = check(plan, page.problems)
    return replace(plan, problems=tuple(sorted(problems, key=lambda one: (one.line, one.code))))


def _words(page: Page, places: Sequence[tuple[int, int] | None]) -> str | None:
    return "".join(page.printed(*place) for place in places if place) or None


def _own(page: Page, heading: Heading) -> set[str]:
    """Return the folded titles and numbers by which a plan names itself."""
    folded = ["".join(page.text[start:end] for start, end in heading.title)]
    for place in (heading.cited_title, heading.number):
        if place:
            folded.append(page.text[place[0] : place[1]])
    return {words for words in folded if words}


def _addressed(items: list[Item], numbering: Numbering) -> list[Item]:
    taken: set[str] = set()
    addressed = []
    for item in items:
        base = str(item.no)
        if numbering is Numbering.PER_SECTION or not item.no:
            base = f"{item.section}.{item.no}"
        unique, copy = base, 1
        while unique in taken:
            copy += 1
            unique = f"{base}-{copy}"
        taken.add(unique)
        many = len(item.clauses) > 1
        clauses = tuple(
            replace(clause, address=f"{unique}.{index}" if many else unique)
            for index, clause in enumerate(item.clauses, 1)
        )
        addressed.append(replace(item, clauses=clauses))
    return addressed


def _all_marks(draught: Draught) -> list[tuple[PieceKind, Span]]:
    page, heading = draught.page, draught.heading
    first = draught.outline.first
    marks: list[tuple[PieceKind, Span]] = []
    if page.text:
        marks.append((PieceKind.PREAMBLE, page.span(0, first)))
    marks += [(PieceKind.HEADER, page.span(*place)) for place in heading.letter]
    for places in (heading.notice_title, heading.issuer):
        marks += [(PieceKind.HEADER, page.span(*place)) for place in places]
    if heading.number:
        marks.append((PieceKind.HEADER, page.span(*heading.number)))
    marks += [(PieceKind.TITLE, page.span(*place)) for place in heading.title]
    if draught.outline.last < len(page.text):
        marks.append((PieceKind.HEADER, page.span(draught.outline.last, len(page.text))))
    marks += draught.marks
    marks += [(kind, (line.start, line.end)) for kind, line in page.set_aside]
    return [mark for mark in marks if mark[1][0] < mark[1][1]]
