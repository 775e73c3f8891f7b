"""A table of rules with one more version or correction in it; the table given stays as it is.

A version begins on a day and the one before ends the day before; a correction changes what a row
says from its first day on, because the data was wrong and not the law.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.lawdata.deadlines import FILE, read_rule, row_faults
from zhengpin.kernel.lawdata.errors import (
    CorrectionRefused,
    LawDataFaulty,
    RuleUnknown,
    VersionRefused,
)
from zhengpin.kernel.lawdata.families import family_faults, versions_of
from zhengpin.kernel.lawdata.model import Certainty, Correction, Kind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhengpin.kernel.lawdata.model import DeadlineTable, Rule

CORRECTABLE = ("length", "unit", "kind", "counting_rule", "verified")


def version_id(code: str, on: date) -> str:
    """Return the id of the version of ``code`` that begins on a day: foi-reply@2027-03-01."""
    return f"{code.partition('@')[0]}@{on.isoformat()}"


def with_version(
    table: DeadlineTable, code: str, on: date, entry: Mapping[str, Any]
) -> DeadlineTable:
    """Return ``table`` with a version of ``code`` from ``on``; ``entry`` is a row of the file.

    Raises RuleUnknown, VersionRefused where no earlier version could end the day before, or
    LawDataFaulty naming every field that cannot be.
    """
    before, until, after = _place(table, code, on)
    faults: list[str] = []
    dated = {
        **entry,
        "id": version_id(code, on),
        "effective_from": on.isoformat(),
        "effective_to": until.isoformat() if until else None,
        "superseded_by": after,
    }
    made = read_rule(dated, faults)
    ended = replace(before, effective_to=on, superseded_by=made.id)
    if before.effective_to is not None and before.effective_to < on:
        ended = replace(before, superseded_by=made.id)
    return _with_rows(table, (ended, made), faults)


def _place(table: DeadlineTable, code: str, on: date) -> tuple[Rule, date | None, str | None]:
    """Return the version before ``on``, the day the new one ends, and what follows it."""
    named = table.rules.get(code)
    if named is None:
        message = f"期限数据里没有规则“{code}”。"
        raise RuleUnknown(message)
    family = versions_of(named, table.rules)
    same = [one.id for one in family if one.effective_from == on]
    if same:
        message = (
            f"规则 {same[0]} 自 {on} 起已经施行：同一天不能再有一个版本；数据记错的，请登记更正。"
        )
        raise VersionRefused(message)
    earlier = [one for one in family if one.effective_from < on]
    if not earlier:
        message = (
            f"规则 {code} 最早自 {family[0].effective_from} 起施行：新版本要晚于这一天，"
            "更早的版本请在平台的法律数据里补充。"
        )
        raise VersionRefused(message)
    before = earlier[-1]
    if before.covers(on):
        return before, before.effective_to, before.superseded_by
    later = [one for one in family if one.effective_from > on]
    return (before, later[0].effective_from, later[0].id) if later else (before, None, None)


def with_correction(table: DeadlineTable, one: Correction) -> DeadlineTable:
    """Return ``table`` with one field of a row corrected and the correction noted.

    Raises RuleUnknown, CorrectionRefused, or LawDataFaulty where the row cannot say so.
    """
    row = table.rules.get(one.rule)
    if row is None:
        message = f"期限数据里没有规则“{one.rule}”。"
        raise RuleUnknown(message)
    if one.field not in CORRECTABLE:
        message = f"不能更正 {one.field}：可以更正的是 {'、'.join(CORRECTABLE)}。"
        raise CorrectionRefused(message)
    value = _typed(one)
    if value == getattr(row, one.field):
        message = f"规则 {row.id} 的 {one.field} 现在就是“{one.now}”，没有可更正的。"
        raise CorrectionRefused(message)
    changed: dict[str, Any] = {one.field: value}
    if one.field == "verified":
        changed["verified_at"] = one.read_at
    corrected = _with_rows(table, (replace(row, **changed),), [])
    return replace(corrected, corrections=(*table.corrections, one))


def _typed(one: Correction) -> object:
    try:
        if one.field == "length":
            return _length(one.now)
        if one.field == "counting_rule":
            return one.now or None
        kinds: Mapping[str, Any] = {"unit": Unit, "kind": Kind, "verified": Certainty}
        return kinds[one.field](one.now)
    except ValueError as error:
        message = f"{one.field} 不能是“{one.now}”。"
        raise CorrectionRefused(message) from error


def _length(text: str) -> int:
    length = int(text)
    if length < 0:
        raise ValueError(text)
    return length


def _with_rows(table: DeadlineTable, rows: Iterable[Rule], faults: list[str]) -> DeadlineTable:
    found = dict(table.rules) | {one.id: one for one in rows}
    for one in rows:
        faults += row_faults(one, table.counting_rules, table.kinds)
    faults += family_faults(found)
    if faults:
        raise LawDataFaulty(FILE, tuple(faults))
    return replace(table, rules=MappingProxyType(found))
