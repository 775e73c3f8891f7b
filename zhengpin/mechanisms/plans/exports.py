"""A stored plan as CSV, workbook and JSON for a member, saying where it was corrected."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.breakdown import UNASSIGNED, write_csv
from zhengpin.kernel.plantext.contract import as_contract
from zhengpin.kernel.plantext.model import Role
from zhengpin.kernel.plantext.workbook import write_workbook
from zhengpin.mechanisms.plans import fields, queries
from zhengpin.mechanisms.plans.corrections import standing
from zhengpin.mechanisms.plans.models import Correction, Plan
from zhengpin.mechanisms.plans.stored import compiled_plan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.plantext import model as compiled


def as_csv(member: Member, uuid: UUID) -> bytes:
    """Return the breakdown sheet of a plan as CSV. Raises Plan.DoesNotExist."""
    return write_csv(_sheet(_plan(member, uuid)))


def as_workbook(member: Member, uuid: UUID) -> bytes:
    """Return the breakdown sheet of a plan as a workbook. Raises Plan.DoesNotExist."""
    return write_workbook(_sheet(_plan(member, uuid)))


def as_json(member: Member, uuid: UUID) -> bytes:
    """Return a plan as ``contract_of`` gives it, in UTF-8. Raises Plan.DoesNotExist."""
    return json.dumps(contract_of(member, uuid), ensure_ascii=False).encode()


def contract_of(member: Member, uuid: UUID) -> dict[str, object]:
    """Return the compiler's JSON object of a plan as it stands, and beside it its corrections.

    ``corrections`` list address, field, what the compiler read and what holds now.
    """
    plan = _plan(member, uuid)
    rows = _standing_of(plan)
    return {
        **as_contract(compiled_plan(plan)),
        "corrections": [
            {"address": row.clause.address, "field": row.field, "before": row.before,
             "after": row.after}
            for row in rows
        ],
    }  # fmt: skip


def _plan(member: Member, uuid: UUID) -> Plan:
    return queries.plans_for(member).defer(None).defer("search").get(uuid=uuid)


def _standing_of(plan: Plan) -> list[Correction]:
    """Return the corrections that hold, in the order of the text."""
    rows = Correction.objects.filter(clause__plan=plan).select_related("clause").order_by("pk")
    by_owner: dict[tuple[bool, int], list[Correction]] = {}
    for row in rows.defer("clause__search"):
        of_item = row.field == "title"
        owner = row.clause.item_id if of_item else row.clause_id
        by_owner.setdefault((of_item, owner), []).append(row)
    found = [row for history in by_owner.values() for row in standing(history).values()]
    return sorted(found, key=lambda row: (row.clause.order, row.field))


def _sheet(plan: Plan) -> compiled.Plan:
    """Return a plan whose corrected clauses say so beside their source."""
    source = compiled_plan(plan)
    marks: dict[str, list[str]] = {}
    of_items: dict[int, list[str]] = {}
    for row in _standing_of(plan):
        if row.field == "title":
            of_items[row.clause.item_id] = [fields.TITLES["title"]]
        else:
            marks.setdefault(row.clause.address, []).extend(_titles(row))
    orders = plan.clauses.filter(item__in=of_items).values_list("address", "item_id")
    for address, item in orders if of_items else ():
        marks[address] = [*of_items[item], *marks.get(address, [])]
    return replace(source, items=tuple(_marked(item, marks) for item in source.items))


def _marked(item: compiled.Item, marks: dict[str, list[str]]) -> compiled.Item:
    clauses = (
        replace(one, assignment=f"{one.assignment or UNASSIGNED}（已更正：{'、'.join(mark)}）")
        if (mark := marks.get(one.address))
        else one
        for one in item.clauses
    )
    return replace(item, clauses=tuple(clauses))


def _titles(row: Correction) -> Iterable[str]:
    """Return what a correction changed, as the columns of a sheet are called."""
    if row.field != "units":
        return [fields.TITLES[row.field]]
    columns = []
    if _fulls(row.before, lead=True) != _fulls(row.after, lead=True):
        columns.append("牵头单位")
    if _fulls(row.before, lead=False) != _fulls(row.after, lead=False):
        columns.append("参加单位")
    return columns or [fields.TITLES["units"]]


def _fulls(units: Iterable[dict[str, object]], *, lead: bool) -> list[object]:
    return [unit["full"] for unit in units if (unit["role"] != Role.MEMBER) is lead]
