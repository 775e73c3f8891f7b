"""Reads ``deadlines.yaml`` into rules; refuses the file with all its faults at once."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.lawdata.errors import LawDataFaulty, RuleUnknown
from zhengpin.kernel.lawdata.families import family_faults
from zhengpin.kernel.lawdata.fields import Fields, document
from zhengpin.kernel.lawdata.model import (
    Certainty,
    Correction,
    CountingRule,
    DeadlineTable,
    Extension,
    Kind,
    Rule,
    Source,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Container

FILE = "deadlines.yaml"
_EXTENSION_FIELDS = {"length", "unit", "by", "condition"}
_SOURCE_FIELDS = {"title", "number", "article"}
_CORRECTED_FIELDS = {"counting_rule", "kind"}


@lru_cache(maxsize=1)
def deadline_table() -> DeadlineTable:
    """Return the project's deadlines, read once. Raises LawDataFaulty."""
    return read_deadlines(document(FILE))


def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the file."""
    return tuple(deadline_table().rules.values())


def rule(id_: str) -> Rule:
    """Return the rule ``id_``. Raises RuleUnknown, naming rules that are spelt alike."""
    known = deadline_table().rules
    if id_ in known:
        return known[id_]
    alike = get_close_matches(id_, known, n=3, cutoff=0.6)
    hint = f"；相近的有 {'、'.join(alike)}" if alike else ""
    message = f"期限数据里没有规则“{id_}”{hint}。"
    raise RuleUnknown(message)


def read_deadlines(raw: dict[str, Any]) -> DeadlineTable:
    """Return the parsed document ``raw`` as records. Raises LawDataFaulty with every fault."""
    faults: list[str] = []
    top = Fields(raw, "文件", faults)
    counting = _texts(top, "counting_rules")
    kinds = _kinds(top)
    rows = [read_rule(entry, faults) for entry in top.entries("deadlines")]
    found = {one.id: one for one in rows}
    corrections = tuple(_correction(entry, faults) for entry in top.entries("corrections"))
    if len(rows) != len(found):
        ids = [one.id for one in rows]
        faults += [f"{id_}：id 重复" for id_ in found if ids.count(id_) > 1]
    for one in rows:
        faults += row_faults(one, counting, kinds)
    faults += family_faults(found)
    faults += _correction_faults(corrections, found)
    table = DeadlineTable(
        as_of=top.day("as_of"),
        kinds=MappingProxyType(kinds),
        counting_rules=MappingProxyType(
            {code: CountingRule(code, text) for code, text in counting.items()}
        ),
        changes=tuple(MappingProxyType(entry) for entry in top.entries("regulation_changes")),
        corrections=corrections,
        unsettled=MappingProxyType(_unsettled(top, found, faults)),
        rules=MappingProxyType(found),
    )
    if faults:
        raise LawDataFaulty(FILE, tuple(faults))
    return table


def _texts(top: Fields, name: str) -> dict[str, str]:
    return {str(code): str(text) for code, text in (top.raw(name) or {}).items()}


def _kinds(top: Fields) -> dict[Kind, str]:
    known = {kind.value: kind for kind in Kind}
    texts = _texts(top, "kinds")
    for code in texts.keys() - known.keys():
        top.fault(f"不认识的 kind {code}")
    return {known[code]: text for code, text in texts.items() if code in known}


def read_rule(entry: object, faults: list[str]) -> Rule:
    """Return one row of ``deadlines``; what cannot be read is added to ``faults``."""
    name = entry.get("id") if isinstance(entry, dict) else None
    fields = Fields(entry, str(name or "没有 id 的一行"), faults)
    fields.only(Rule.__dataclass_fields__)
    return Rule(
        id=fields.text("id"),
        procedure=fields.text("procedure"),
        kind=fields.choice("kind", Kind),
        from_event=fields.text("from_event"),
        to_event=fields.text("to_event"),
        length=fields.whole("length"),
        unit=fields.choice("unit", Unit),
        counting_rule=fields.optional_text("counting_rule"),
        extension=tuple(_extension(one, fields, faults) for one in fields.entries("extension")),
        obliged_party=fields.text("obliged_party"),
        source=_source(fields),
        effective_from=fields.day("effective_from"),
        effective_to=fields.optional_day("effective_to"),
        verified=fields.choice("verified", Certainty),
        verified_at=fields.optional_text("verified_at"),
        corroborated_by=fields.optional_text("corroborated_by"),
        superseded_by=fields.optional_text("superseded_by"),
        excluded_time=fields.optional_text("excluded_time"),
        immediate=fields.flag("immediate"),
        note=fields.optional_text("note"),
    )


def _source(fields: Fields) -> Source:
    part = fields.part("source")
    part.only(_SOURCE_FIELDS)
    return Source(part.text("title"), part.text("number"), part.text("article"))


def _extension(entry: object, row: Fields, faults: list[str]) -> Extension:
    fields = Fields(entry, f"{row.where}.extension", faults)
    fields.only(_EXTENSION_FIELDS)
    definite = fields.raw("length") is not None
    if definite != (fields.raw("unit") is not None):
        fields.fault("length 和 unit 要么都写，要么都空")
    return Extension(
        length=fields.whole("length") if definite else None,
        unit=fields.choice("unit", Unit) if definite else None,
        by=fields.text("by"),
        condition=fields.text("condition"),
    )


def _correction(entry: object, faults: list[str]) -> Correction:
    fields = Fields(entry, "corrections", faults)
    return Correction(
        rule=fields.text("id"),
        field=fields.text("field"),
        was=fields.optional_text("was"),
        now=fields.text("now"),
        basis=fields.text("basis"),
        read_at=fields.text("read_at"),
    )


def _unsettled(top: Fields, found: dict[str, Rule], faults: list[str]) -> dict[str, str]:
    said: dict[str, str] = {}
    for entry in top.entries("unsettled"):
        fields = Fields(entry, "unsettled", faults)
        ids = [str(one) for one in fields.entries("ids")]
        for id_ in ids:
            if id_ not in found:
                fields.fault(f"没有规则 {id_}")
        said |= dict.fromkeys(ids, fields.text("text"))
    return said


def row_faults(one: Rule, counting: Container[str], kinds: Container[Kind]) -> list[str]:
    """Return what cannot be about a row that was read; ``counting`` and ``kinds`` are known."""
    checks = (
        (
            one.counting_rule is not None and one.counting_rule not in counting,
            f"不认识的计算规则 {one.counting_rule}",
        ),
        (one.kind not in kinds, f"kinds 没有说明 {one.kind}"),
        (
            one.effective_to is not None and one.effective_to <= one.effective_from,
            "终止施行日不晚于施行日",
        ),
        (
            one.length == 0 and not one.immediate and one.kind is not Kind.RESTART_RULE,
            "length 为 0 而不是“立即”",
        ),
        (one.length > 0 and one.immediate, "写明“立即”而 length 不是 0"),
        (one.verified is Certainty.TEXT and not one.verified_at, "核实过而没有 verified_at"),
    )
    return [f"{one.id}：{sentence}" for wrong, sentence in checks if wrong]


def _correction_faults(corrections: tuple[Correction, ...], found: dict[str, Rule]) -> list[str]:
    faults = []
    for one in corrections:
        row = found.get(one.rule)
        if row is None or one.field not in _CORRECTED_FIELDS:
            faults.append(f"corrections：没有 {one.rule}.{one.field}")
        elif getattr(row, one.field) != one.now:
            faults.append(f"corrections：{one.rule}.{one.field} 不是 {one.now}")
    return faults
