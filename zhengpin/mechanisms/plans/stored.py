"""A stored plan as the compiler's own value again, with every correction made since.

So that sheets, workbooks and JSON of a stored plan are made by the same code as those of a file.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext import model as compiled
from zhengpin.mechanisms.plans.models import ClauseUnit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.mechanisms.plans.models import Clause, Item, Plan, Problem


def compiled_plan(plan: Plan) -> compiled.Plan:
    """Return ``plan`` as the compiler's value; its problems are those still open. 5 queries."""
    units, clauses = _units_of(plan), dict[int, list[compiled.Clause]]()
    for clause in plan.clauses.defer("search").order_by("order"):
        row = _clause(clause, units.get(clause.pk, ()))
        clauses.setdefault(clause.item_id, []).append(row)
    items = plan.items.select_related("section").order_by("order")
    return compiled.Plan(
        source=compiled.Source(plan.source_name, plan.source_sha256, plan.source_text),
        title=plan.title or None,
        notice_title=plan.notice_title or None,
        issuer=plan.issuer or None,
        doc_number=plan.doc_number or None,
        issued_on=plan.issued_on.isoformat() if plan.issued_on else None,
        year=plan.year,
        region=plan.stated_region or None,
        numbering=compiled.Numbering(plan.numbering),
        addressees=tuple(plan.addressees),
        sections=tuple(
            compiled.Section(one.no, one.title, (one.start, one.end))
            for one in plan.sections.order_by("order")
        ),
        items=tuple(_item(item, clauses.get(item.pk, ())) for item in items),
        campaigns=tuple(plan.campaigns),
        instruments=tuple(compiled.Instrument(**one) for one in plan.instruments),
        timeline=tuple(compiled.Phase(**one) for one in plan.timeline),
        problems=tuple(_problem(one) for one in plan.problems.unsettled().order_by("order")),
        pieces=pieces_of(plan),
    )


def pieces_of(plan: Plan) -> tuple[compiled.Piece, ...]:
    """Return the stretches of the source text; put together they are all of it."""
    text = plan.source_text
    bounds = [*plan.pieces, [None, len(text)]]
    return tuple(
        compiled.Piece(compiled.PieceKind(kind), start, text[start:end])
        for (kind, start), (_, end) in pairwise(bounds)
    )


def _item(item: Item, clauses: Iterable[compiled.Clause]) -> compiled.Item:
    return compiled.Item(
        no=item.no,
        section=item.section.no if item.section else 0,
        title=item.title,
        kind=compiled.Kind(item.kind),
        span=(item.start, item.end),
        clauses=tuple(clauses),
    )


def _clause(clause: Clause, units: Iterable[compiled.Unit]) -> compiled.Clause:
    start, end = clause.assignment_start, clause.assignment_end
    return compiled.Clause(
        address=clause.address,
        text=clause.text,
        span=(clause.start, clause.end),
        assignment=clause.assignment or None,
        assignment_span=None if start is None or end is None else (start, end),
        mode=compiled.Mode(clause.mode) if clause.mode else None,
        open_ended=clause.open_ended,
        units=tuple(units),
        campaigns=tuple(clause.campaigns),
        due=clause.due or None,
    )


def _units_of(plan: Plan) -> dict[int, list[compiled.Unit]]:
    """Return the units of a plan, in their order, by the key of their clause."""
    columns = ("clause_id", "name", "full", "role", "is_collective", "start", "end")
    rows = ClauseUnit.objects.filter(clause__plan=plan).order_by("clause", "order")
    units: dict[int, list[compiled.Unit]] = {}
    for clause, name, full, role, is_collective, start, end in rows.values_list(*columns):
        span = (start or 0, end or 0)
        unit = compiled.Unit(name, full, compiled.Role(role), is_collective, span)
        units.setdefault(clause, []).append(unit)
    return units


def _problem(problem: Problem) -> compiled.Problem:
    return compiled.Problem(problem.code, problem.line, problem.message)
