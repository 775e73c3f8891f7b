"""The plan as JSON: the one shape other programs rely on, as ``plan.schema.json`` states it.

Invariant: only the keys of the schema are written; a new key is a new ``schema_version``.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengpin.kernel.plantext.model import Clause, Item, Plan

SCHEMA_VERSION = 1


def schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of ``as_contract``."""
    text = files("zhengpin.kernel.plantext").joinpath("plan.schema.json").read_text("utf-8")
    loaded: dict[str, object] = json.loads(text)
    return loaded


def as_contract(plan: Plan) -> dict[str, object]:
    """Return ``plan`` as the JSON object of ``schema()``; spans count characters of its source."""
    return {
        "schema_version": SCHEMA_VERSION,
        "source": {
            "name": plan.source.name,
            "sha256": plan.source.sha256,
            "characters": len(plan.source.text),
        },
        "title": plan.title,
        "notice_title": plan.notice_title,
        "issuer": plan.issuer,
        "doc_number": plan.doc_number,
        "issued_on": plan.issued_on,
        "year": plan.year,
        "region": plan.region,
        "item_numbering": str(plan.numbering),
        "addressees": list(plan.addressees),
        "sections": [
            {"no": section.no, "title": section.title, "span": list(section.span)}
            for section in plan.sections
        ],
        "items": [_item(item) for item in plan.items],
        "campaigns": list(plan.campaigns),
        "instruments": [
            {"title": instrument.title, "number": instrument.number}
            for instrument in plan.instruments
        ],
        "timeline": [
            {"phase": phase.phase, "from": phase.first, "to": phase.last}
            for phase in plan.timeline
        ],
        "problems": [
            {"code": problem.code, "line": problem.line, "message": problem.message}
            for problem in plan.problems
        ],
    }


def _item(item: Item) -> dict[str, object]:
    return {
        "no": item.no,
        "section": item.section,
        "title": item.title,
        "kind": str(item.kind),
        "span": list(item.span),
        "clauses": [_clause(clause) for clause in item.clauses],
    }


def _clause(clause: Clause) -> dict[str, object]:
    return {
        "address": clause.address,
        "text": clause.text,
        "span": list(clause.span),
        "assignment": clause.assignment,
        "mode": None if clause.mode is None else str(clause.mode),
        "open_ended": clause.open_ended,
        "units": [
            {
                "name": unit.name,
                "full": unit.full,
                "role": str(unit.role),
                "collective": unit.collective,
            }
            for unit in clause.units
        ],
        "campaigns": list(clause.campaigns),
        "measures": [],  # which rows a clause asks for is known once measures are declared
    }
