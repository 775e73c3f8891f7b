"""A compiled plan as rows: every node with its place, its organizations and its problems.

The rows are put together in memory and written table by table, so that a plan of any length
takes the same few statements.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.layout import lay_out
from zhengpin.mechanisms.plans import kinds, search
from zhengpin.mechanisms.plans.models import Clause, ClauseUnit, Item, Plan, Problem, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Organization, Region
    from zhengpin.kernel.plantext import model as compiled
    from zhengpin.mechanisms.plans.directory import Directory


@dataclass(slots=True)
class Rows:
    """What one plan becomes, before it is written."""

    plan: Plan
    sections: list[Section] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    units: list[ClauseUnit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def units_of(self, clause: Clause) -> list[ClauseUnit]:
        return [unit for unit in self.units if unit.clause is clause]


def rows_of(
    source: compiled.Plan,
    *,
    organization: Organization,
    region: Region,
    directory: Directory,
    member: Member,
    now: datetime,
) -> Rows:
    """Return the rows of a compiled plan, its units looked up in ``directory``."""
    rows = Rows(_plan(source, organization, region, member, now))
    rows.sections = [
        Section(plan=rows.plan, order=order, no=one.no, title=one.title, start=one.span[0],
                end=one.span[1])
        for order, one in enumerate(source.sections)
    ]  # fmt: skip
    for order, item in enumerate(source.items):
        _add_item(rows, item, order)
    for unit in rows.units:
        if not unit.is_collective:
            unit.organization = directory.find(unit.full).organization
    _add_problems(rows, source, directory)
    return rows


def write(rows: Rows) -> Plan:
    """Write the rows, with what they are found by."""
    by_clause: dict[int, list[ClauseUnit]] = {}
    for unit in rows.units:
        by_clause.setdefault(id(unit.clause), []).append(unit)
    names = search.names_of(unit.organization_id for unit in rows.units if unit.organization_id)
    rows.plan.search = search.plan_vector(rows.plan, search.unit_words(rows.units, names))
    for clause in rows.clauses:
        words = search.unit_words(by_clause.get(id(clause), []), names)
        clause.search = search.clause_vector(clause, clause.item.title, words)
    rows.plan.save(force_insert=True)
    Section.objects.bulk_create(rows.sections)
    Item.objects.bulk_create(rows.items)
    Clause.objects.bulk_create(rows.clauses)
    ClauseUnit.objects.bulk_create(rows.units)
    Problem.objects.bulk_create(rows.problems)
    return rows.plan


def day_of(source: compiled.Plan, now: datetime) -> date:
    """Return the day a plan's names are read by: its date, its year's first day, or today."""
    if source.issued_on:
        return date.fromisoformat(source.issued_on)
    return date(source.year, 1, 1) if source.year else now.date()


def _plan(
    source: compiled.Plan,
    organization: Organization,
    region: Region,
    member: Member,
    now: datetime,
) -> Plan:
    return Plan(
        organization=organization,
        region=region,
        title=source.title or "",
        notice_title=source.notice_title or "",
        issuer=source.issuer or "",
        doc_number=source.doc_number or "",
        issued_on=date.fromisoformat(source.issued_on) if source.issued_on else None,
        year=source.year,
        stated_region=source.region or "",
        numbering=str(source.numbering),
        addressees=list(source.addressees),
        campaigns=list(source.campaigns),
        instruments=[{"title": one.title, "number": one.number} for one in source.instruments],
        timeline=[
            {"phase": one.phase, "first": one.first, "last": one.last} for one in source.timeline
        ],
        source_name=source.source.name,
        source_sha256=source.source.sha256,
        source_text=source.source.text,
        pieces=[[str(piece.kind), piece.start] for piece in source.pieces],
        imported_by=member,
        imported_at=now,
    )


def _add_item(rows: Rows, source: compiled.Item, order: int) -> None:
    item = Item(
        plan=rows.plan, section=_section(rows.sections, source), order=order, no=source.no,
        title=source.title, kind=str(source.kind), start=source.span[0], end=source.span[1],
    )  # fmt: skip
    rows.items.append(item)
    for clause in source.clauses:
        _add_clause(rows, item, clause)


def _section(sections: Sequence[Section], item: compiled.Item) -> Section | None:
    """Return the chapter of an item; of two with one number, the one it stands in."""
    numbered = [one for one in sections if one.no == item.section]
    around = [one for one in numbered if one.start <= item.span[0] < one.end]
    return next(iter(around or numbered), None)


def _add_clause(rows: Rows, item: Item, source: compiled.Clause) -> None:
    start, end = source.assignment_span or (None, None)
    clause = Clause(
        plan=rows.plan, item=item, order=len(rows.clauses), address=source.address,
        text=source.text, start=source.span[0], end=source.span[1],
        assignment=source.assignment or "", assignment_start=start, assignment_end=end,
        mode=str(source.mode) if source.mode else "", open_ended=source.open_ended,
        due=source.due or "", campaigns=list(source.campaigns),
    )  # fmt: skip
    rows.clauses.append(clause)
    rows.units += [
        ClauseUnit(clause=clause, order=order, name=unit.name, full=unit.full,
                   role=str(unit.role), is_collective=unit.collective, start=unit.span[0],
                   end=unit.span[1])
        for order, unit in enumerate(source.units)
    ]  # fmt: skip


def _add_problems(rows: Rows, source: compiled.Plan, directory: Directory) -> None:
    lines = lay_out(source.source.text).line_starts
    ends = [*lines[1:], len(source.source.text)]
    for problem in source.problems:
        place = min(problem.line, len(lines)) - 1
        row = Problem(
            plan=rows.plan, code=problem.code, line=problem.line, message=problem.message,
            start=lines[place], end=ends[place],
        )  # fmt: skip
        _tie(rows, row)
        rows.problems.append(row)
    rows.problems += _unfound(rows, directory, lines, ends)
    for order, row in enumerate(rows.problems):
        row.order = order


def _tie(rows: Rows, problem: Problem) -> None:
    """Tie a problem to the clause of its line: the one its sentence quotes, or the first."""
    inside = [
        one
        for one in rows.clauses
        if one.start < problem.end and max(one.end, one.assignment_end or 0) > problem.start
    ]
    for clause in inside if problem.code in kinds.ABOUT_NAMES else ():
        for unit in rows.units_of(clause):
            if f"“{unit.full}”" in problem.message:
                problem.clause, problem.unit, problem.about = clause, unit, unit.full
                return
    quoted = (one for one in inside if f"“{one.text[:12]}…”" in problem.message)
    problem.clause = next(quoted, inside[0] if inside else None)


def _unfound(
    rows: Rows, directory: Directory, lines: Sequence[int], ends: Sequence[int]
) -> Iterator[Problem]:
    """Report each name that means no organization, or several, where it first stands."""
    mentions: dict[str, list[ClauseUnit]] = {}
    for unit in rows.units:
        if not unit.is_collective and unit.organization is None:
            mentions.setdefault(unit.full, []).append(unit)
    for full, units in mentions.items():
        match = directory.find(full)
        if match.collective:
            continue
        place = bisect_right(lines, units[0].start or 0) - 1
        yield Problem(
            plan=rows.plan, clause=units[0].clause, unit=units[0], about=full, line=place + 1,
            start=lines[place], end=ends[place], **_sentence(full, match.candidates, len(units)),
        )  # fmt: skip


def _sentence(full: str, candidates: Sequence[Organization], count: int) -> dict[str, str]:
    times = f"全文共{count}处。"
    if candidates:
        named = "、".join(one.name for one in candidates)
        message = f"“{full}”可以指{named}，请选定其中一个，{times}"
        return {"code": kinds.AMBIGUOUS, "message": message}
    message = f"单位名录中没有“{full}”，请选定单位，或登记后再选定，{times}"
    return {"code": kinds.UNRESOLVED, "message": message}
