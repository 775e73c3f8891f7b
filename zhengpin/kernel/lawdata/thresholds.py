"""Reads ``thresholds.yaml``: criminal figures as dated rules, conditions kept as they stand.

Checks shape only: known tier, layer and metric, a condition tree of the grammar, a citation and an
interval. Whether facts meet a rule is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.lawdata.errors import LawDataFaulty, RuleUnknown
from zhengpin.kernel.lawdata.fields import Fields, document
from zhengpin.kernel.lawdata.model import Certainty, Source

if TYPE_CHECKING:
    from datetime import date

FILE = "thresholds.yaml"
Condition = Mapping[str, Any]
_OPERATORS = {">=", ">", "<=", "<", "=="}
_GROUPS = {"all", "any"}
_COUNTED = {"count", "of"}


@dataclass(frozen=True, slots=True)
class Threshold:
    """数额标准: one dated rule that says when an offence is met, and in which tier.

    ``when`` is the tree of the file: leaves metric/op/value/unit, groups all, any, at_least.
    """

    id: str
    offence: str
    article: str
    tier: str
    statutory_phrase: str
    scope: str | None
    when: Condition
    layer: str
    source: Source
    effective_from: date
    effective_to: date | None
    verified: Certainty
    verified_at: str | None
    corroborated_by: str | None
    completion: str | None
    derived: object
    note: str | None

    @property
    def citation(self) -> str:
        return self.source.citation

    def covers(self, day: date) -> bool:
        return self.effective_from <= day and (
            self.effective_to is None or day < self.effective_to
        )


@dataclass(frozen=True, slots=True)
class ThresholdTable:
    """The whole of ``thresholds.yaml``; ``document`` holds the parts not typed here."""

    as_of: date
    metrics: Mapping[str, Mapping[str, str]]
    thresholds: Mapping[str, Threshold]
    document: Mapping[str, Any]


@lru_cache(maxsize=1)
def threshold_table() -> ThresholdTable:
    """Return the project's thresholds, read once. Raises LawDataFaulty."""
    return read_thresholds(document(FILE))


def threshold(id_: str) -> Threshold:
    """Return the threshold ``id_``. Raises RuleUnknown."""
    known = threshold_table().thresholds
    if id_ not in known:
        message = f"数额标准里没有规则“{id_}”。"
        raise RuleUnknown(message)
    return known[id_]


def read_thresholds(raw: dict[str, Any]) -> ThresholdTable:
    """Return the parsed document ``raw`` as records. Raises LawDataFaulty with every fault."""
    faults: list[str] = []
    top = Fields(raw, "文件", faults)
    rows = [_threshold(entry, faults) for entry in top.entries("rules")]
    found = {one.id: one for one in rows}
    if len(found) != len(rows):
        faults.append("文件：id 有重复")
    metrics = top.raw("metrics") or {}
    for one in rows:
        faults += _row_faults(one, raw, metrics)
    table = ThresholdTable(
        as_of=top.day("as_of"),
        metrics=MappingProxyType(metrics),
        thresholds=MappingProxyType(found),
        document=MappingProxyType(raw),
    )
    if faults:
        raise LawDataFaulty(FILE, tuple(faults))
    return table


def _threshold(entry: object, faults: list[str]) -> Threshold:
    name = entry.get("id") if isinstance(entry, dict) else None
    fields = Fields(entry, str(name or "没有 id 的一行"), faults)
    fields.only(Threshold.__dataclass_fields__)
    source = fields.part("source")
    when = fields.raw("when")
    return Threshold(
        id=fields.text("id"),
        offence=fields.text("offence"),
        article=fields.text("article"),
        tier=fields.text("tier"),
        statutory_phrase=fields.text("statutory_phrase"),
        scope=fields.optional_text("scope"),
        when=MappingProxyType(when if isinstance(when, dict) else {}),
        layer=fields.text("layer"),
        source=Source(source.text("title"), source.text("number"), source.text("article")),
        effective_from=fields.day("effective_from"),
        effective_to=fields.optional_day("effective_to"),
        verified=fields.choice("verified", Certainty),
        verified_at=fields.optional_text("verified_at"),
        corroborated_by=fields.optional_text("corroborated_by"),
        completion=fields.optional_text("completion"),
        derived=fields.raw("derived"),
        note=fields.optional_text("note"),
    )


def _row_faults(one: Threshold, raw: Mapping[str, Any], metrics: Mapping[str, Any]) -> list[str]:
    checks = [
        (one.tier not in (raw.get("tiers") or {}), f"不认识的档次 {one.tier}"),
        (one.layer not in (raw.get("layers") or {}), f"不认识的层级 {one.layer}"),
        (
            one.effective_to is not None and one.effective_to <= one.effective_from,
            "终止施行日不晚于施行日",
        ),
    ]
    sentences = [sentence for wrong, sentence in checks if wrong]
    return [f"{one.id}：{text}" for text in (*sentences, *_condition_faults(one.when, metrics))]


def _condition_faults(node: object, metrics: Mapping[str, Any]) -> list[str]:
    """Return what is wrong below ``node`` by the file's ``when_grammar``."""
    if isinstance(node, Mapping) and "metric" in node:
        return _leaf_faults(node, metrics)
    parts = _parts(node)
    if not isinstance(parts, list) or not parts:
        return [f"不认识的条件 {node}"]
    return [fault for part in parts for fault in _condition_faults(part, metrics)]


def _parts(node: object) -> object:
    """Return the conditions that a group joins, or None where ``node`` is no group."""
    if not isinstance(node, Mapping) or len(node) != 1:
        return None
    name, inside = next(iter(node.items()))
    if name in _GROUPS:
        return inside
    is_count = name == "at_least" and isinstance(inside, Mapping) and set(inside) == _COUNTED
    return inside["of"] if is_count else None


def _leaf_faults(leaf: Mapping[str, Any], metrics: Mapping[str, Any]) -> list[str]:
    metric = leaf["metric"]
    if metric not in metrics:
        return [f"不认识的指标 {metric}"]
    faults = []
    if leaf.get("op") not in _OPERATORS:
        faults.append(f"{metric} 的比较符 {leaf.get('op')} 不认识")
    if not isinstance(leaf.get("value"), int | float):
        faults.append(f"{metric} 没有数值")
    if leaf.get("unit") != metrics[metric].get("unit"):
        faults.append(f"{metric} 的单位和 metrics 不一致")
    return faults
