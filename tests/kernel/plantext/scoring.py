"""Scores a compiled plan against an answer sheet in the shape of ``../shared/gold``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.plantext import Plan, compile_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.kernel.plantext.model import Clause, Item

SHARED = Path(__file__).parents[3].parent / "shared"
PASSAGES = Path(__file__).parent / "passages"
SAMPLE = Path(__file__).parents[3] / "zhengpin" / "samples" / "plan.txt"

Key = tuple[int, ...]


def bare(text: str | None) -> str:
    """Return ``text`` without white space."""
    return re.sub(r"\s", "", text or "")


def compiled(path: Path) -> Plan:
    return compile_text(path.read_bytes().decode(), name=path.name)


def gold(path: Path) -> dict[str, Any]:
    sheet: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return sheet


@dataclass(slots=True)
class Score:
    """Units found, wrongly found and missed, and the clauses that are not exact, in words."""

    found: int = 0
    extra: int = 0
    missed: int = 0
    clauses: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        total = 2 * self.found + self.extra + self.missed
        return 2 * self.found / total if total else 1.0

    def units(self, expected: set[tuple[str, str]], read: set[tuple[str, str]]) -> None:
        self.found += len(expected & read)
        self.extra += len(read - expected)
        self.missed += len(expected - read)


def score_plan(plan: Plan, sheet: dict[str, Any]) -> Score:
    """Compare clause by clause under (section,) item and index; phases and safeguards included."""
    score = Score()
    by_section = sheet["item_numbering"] == "per-section"
    expected = dict(_expected(sheet, by_section=by_section))
    read = dict(_read(plan, by_section=by_section))
    for key in sorted(expected.keys() | read.keys()):
        if key not in read:
            score.missed += len(expected[key]["units"])
            score.faults.append(f"{key}: missing {expected[key]['start']}")
        elif key not in expected:
            score.extra += len(read[key].units)
            score.faults.append(f"{key}: not in the answers: {read[key].text[:20]}")
        else:
            score_clause(score, str(key), read[key], expected[key])
    return score


def _expected(sheet: dict[str, Any], *, by_section: bool) -> Iterator[tuple[Key, dict[str, Any]]]:
    for item in sheet["items"]:
        head = (item["section"], item["no"]) if by_section else (item["no"],)
        for index, clause in enumerate(item["clauses"]):
            yield (*head, index), clause


def _read(plan: Plan, *, by_section: bool) -> Iterator[tuple[Key, Clause]]:
    for item in plan.items:
        head = (item.section, item.no) if by_section else (item.no,)
        for index, clause in enumerate(item.clauses):
            yield (*head, index), clause


def score_clause(score: Score, name: str, clause: Clause, expected: dict[str, Any]) -> None:
    """Compare one clause: text, mode, open end, units with roles, full names, collectives."""
    score.clauses += 1
    units = {(bare(unit["name"]), unit["role"]) for unit in expected["units"]}
    read = {(unit.name, unit.role.value) for unit in clause.units}
    score.units(units, read)
    full = {bare(unit["name"]): bare(unit.get("full", unit["name"])) for unit in expected["units"]}
    classes = {bare(unit["name"]) for unit in expected["units"] if unit.get("collective")}
    checks: dict[str, tuple[object, object]] = {
        "start": (clause.text[: len(bare(expected["start"]))], bare(expected["start"])),
        "end": (clause.text[-len(bare(expected["end"])) :], bare(expected["end"])),
        "mode": (clause.mode.value if clause.mode else None, expected.get("mode")),
        "open_ended": (clause.open_ended, bool(expected.get("open_ended"))),
        "units": (read, units),
        "full": ({unit.name: unit.full for unit in clause.units}, full),
        "collective": ({unit.name for unit in clause.units if unit.collective}, classes),
    }
    if "assignment" in expected:
        checks["assignment"] = (bare(clause.assignment), bare(expected["assignment"]))
    if expected.get("due"):
        checks["due"] = (bare(clause.due), bare(expected["due"]))
    wrong = {what: pair for what, pair in checks.items() if pair[0] != pair[1]}
    if wrong:
        score.faults.append(f"{name}: {wrong}")


def clauses_of(plan: Plan) -> list[tuple[Item, Clause]]:
    return [(item, clause) for item in plan.items for clause in item.clauses]
