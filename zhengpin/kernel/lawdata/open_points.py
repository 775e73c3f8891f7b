"""Reads ``open-points.yaml``: what no official text settles, and how it is read meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import filter as matching
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.lawdata.deadlines import deadline_table
from zhengpin.kernel.lawdata.errors import LawDataFaulty
from zhengpin.kernel.lawdata.fields import Fields, document
from zhengpin.kernel.lawdata.thresholds import threshold_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

FILE = "open-points.yaml"
_FIELDS = {"code", "file", "rules", "text", "reading"}


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """未定之处: a point of the law data nobody has settled; ``rules`` are the rows it touches."""

    code: str
    file: str
    rules: frozenset[str]
    text: str
    reading: str

    @property
    def ids(self) -> list[str]:
        return sorted(self.rules)


@lru_cache(maxsize=1)
def open_points() -> tuple[OpenPoint, ...]:
    """Return the project's open points, read once. Raises LawDataFaulty."""
    known = {
        "deadlines": deadline_table().rules.keys(),
        "thresholds": threshold_table().thresholds.keys(),
    }
    return read_open_points(document(FILE), known)


def read_open_points(
    raw: Mapping[str, Any], known: Mapping[str, Set[str]]
) -> tuple[OpenPoint, ...]:
    """Return the points of ``raw``; ``known`` holds the ids of each file. Raises LawDataFaulty."""
    faults: list[str] = []
    top = Fields(raw, "文件", faults)
    points = tuple(_point(entry, known, faults) for entry in top.entries("points"))
    if faults:
        raise LawDataFaulty(FILE, tuple(faults))
    return points


def _point(entry: object, known: Mapping[str, Set[str]], faults: list[str]) -> OpenPoint:
    code = entry.get("code") if isinstance(entry, dict) else None
    fields = Fields(entry, str(code or "没有 code 的一条"), faults)
    fields.only(_FIELDS)
    file = fields.text("file")
    if file not in known:
        fields.fault(f"不认识的 file {file}")
    found: set[str] = set()
    for pattern in fields.entries("rules"):
        rows = matching(known.get(file, ()), str(pattern))
        if not rows:
            fields.fault(f"没有规则 {pattern}")
        found |= set(rows)
    return OpenPoint(
        fields.text("code"), file, frozenset(found), fields.text("text"), fields.text("reading")
    )
