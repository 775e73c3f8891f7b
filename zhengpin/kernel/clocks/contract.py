"""The answer of ``law deadline`` as others rely on it: one flat object, refused or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.kernel.clocks.errors import StartUnreadable
from zhengpin.kernel.clocks.extensions import read_extended
from zhengpin.kernel.clocks.reckoning import deadline
from zhengpin.kernel.clocks.starts import read_start
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.lawdata import RuleUnknown, rule

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhengpin.kernel.lawdata import Rule


def answer(rule_id: object, start: object, extended: object = False) -> dict[str, object]:  # noqa: FBT002 (as in the JSON)
    """Return the answer object for one question; a refusal stands in its ``error``."""
    found = _blank(rule_id, start, extended)
    try:
        row = rule(_text(rule_id, "rule", RuleUnknown))
        found |= _about(row)
        count = read_extended(extended)
        found["extended"] = _extended(count)
        begin = read_start(_text(start, "from", StartUnreadable))
        found["from"] = begin.isoformat()
        result = deadline(row, begin, extended=count)
    except DomainError as refusal:
        return found | {"error": str(refusal)}
    return found | {
        "due": _written(result.due),
        "provisional": result.provisional,
        "why": [str(one) for one in result.why],
    }


def _blank(rule_id: object, start: object, extended: object) -> dict[str, object]:
    return {
        "rule": rule_id,
        "from": start,
        "due": None,
        "unit": None,
        "length": None,
        "extended": extended,
        "provisional": False,
        "citation": None,
        "counting": None,
        "why": [],
        "error": None,
    }


def _about(row: Rule) -> dict[str, object]:
    return {
        "unit": row.unit.value,
        "length": row.length,
        "citation": row.citation,
        "counting": row.counting_rule,
    }


def _text(value: object, name: str, refusal: type[DomainError]) -> str:
    if isinstance(value, str) and value:
        return value
    message = f"缺少 {name}，或者它不是文字。"
    raise refusal(message)


def _extended(count: int) -> bool | int:
    return bool(count) if count < 2 else count


def _written(due: date | datetime | None) -> str | None:
    return None if due is None else due.isoformat()
