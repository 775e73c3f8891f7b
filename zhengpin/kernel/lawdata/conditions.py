"""A threshold's condition in words: one line for each leaf and group, with its depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OPERATORS = {">=": "不少于", ">": "多于", "<=": "不多于", "<": "少于", "==": "等于"}
_UNITS = {
    "CNY": "元",
    "copies": "张（份）",
    "labels": "件",
    "items": "件（部）",
    "sticks": "支",
    "count": "",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a condition; ``depth`` counts the groups around it, ``metric`` is a leaf's."""

    depth: int
    text: str
    metric: str = ""
    label: str = ""
    definition: str = ""


def in_words(when: Mapping[str, Any], metrics: Mapping[str, Mapping[str, str]]) -> list[Line]:
    """Return the condition ``when`` of a threshold as lines, groups before what they join."""
    return list(_lines(when, metrics, 0))


def _lines(
    node: Mapping[str, Any], metrics: Mapping[str, Mapping[str, str]], depth: int
) -> Iterator[Line]:
    if "metric" in node:
        metric = metrics[node["metric"]]
        label = metric.get("label") or node["metric"]
        definition = metric.get("definition") or ""
        yield Line(depth, _leaf(node, label, metric), str(node["metric"]), label, definition)
        return
    name, inside = next(iter(node.items()))
    if name == "at_least":
        yield Line(depth, f"下列各项中至少 {inside['count']} 项：")
        parts = inside["of"]
    else:
        yield Line(depth, "同时具备下列各项：" if name == "all" else "具备下列任一项：")
        parts = inside
    for part in parts:
        yield from _lines(part, metrics, depth + 1)


def _leaf(leaf: Mapping[str, Any], label: str, metric: Mapping[str, str]) -> str:
    value = leaf["value"]
    if metric.get("unit") == "flag":
        return f"{label}：{'是' if value else '否'}"
    unit = _UNITS.get(str(leaf.get("unit")), str(leaf.get("unit") or ""))
    return f"{label}{_OPERATORS[leaf['op']]} {_figure(value, unit)}"


def _figure(value: float, unit: str) -> str:
    """Return 50,000 元（5 万元）; figures of law are written in 万."""
    plain = f"{value:,} {unit}".rstrip()
    if unit == "元" and value >= 10_000 and value % 1_000 == 0:
        return f"{plain}（{value / 10_000:g} 万元）"
    return plain
