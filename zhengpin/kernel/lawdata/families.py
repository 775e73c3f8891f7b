"""Versions of one rule over time, and which of them is in force on a day.

A family is what the data links: ``superseded_by`` from row to row, and ids that differ only in
a year (``tm-opposition-2019``, ``tm-opposition-2026``). Its rows never overlap.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpin.kernel.lawdata.errors import RuleNotInForce, RuleUnknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from zhengpin.kernel.lawdata.model import Rule

_YEAR = re.compile(r"-(?:19|20)[0-9]{2}\Z")


def require_in_force(rule: Rule, day: date, rules: Mapping[str, Rule]) -> None:
    """Raise RuleNotInForce, naming the row in force on ``day``, unless ``rule`` covers it."""
    if rule.covers(day):
        return
    until = f"，自 {rule.effective_to} 起不再施行" if rule.effective_to else ""
    others = rows_in_force(rule, day, rules)
    if others:
        advice = f"该日施行的是 {'、'.join(one.id for one in others)}"
    else:
        advice = "数据里没有该日施行的对应规则，请查当时的文本"
        if rule.note:
            advice += f"（备注：{rule.note}）"
    message = (
        f"规则 {rule.id} 自 {rule.effective_from} 起施行{until}，不适用于 {day} 的事件：{advice}。"
    )
    raise RuleNotInForce(message)


def version_on(rule_id: str, day: date, rules: Mapping[str, Rule]) -> Rule:
    """Return the version of a rule that is in force on ``day``: itself, or the one of its family.

    Raises RuleUnknown where there is no such rule, RuleNotInForce where no version or more than
    one covers the day.
    """
    named = rules.get(rule_id)
    if named is None:
        message = f"期限数据里没有规则“{rule_id}”。"
        raise RuleUnknown(message)
    if named.covers(day):
        return named
    others = rows_in_force(named, day, rules)
    if len(others) != 1:
        require_in_force(named, day, rules)
    return others[0]


def rows_in_force(rule: Rule, day: date, rules: Mapping[str, Rule]) -> tuple[Rule, ...]:
    """Return the other versions of ``rule`` that are in force on ``day``."""
    return tuple(one for one in versions_of(rule, rules) if one.id != rule.id and one.covers(day))


def versions_of(rule: Rule, rules: Mapping[str, Rule]) -> tuple[Rule, ...]:
    """Return the family of ``rule``, itself among them, by the day each begins."""
    family = (*_successors(rule, rules), *_predecessors(rule, rules), *_namesakes(rule, rules))
    found = {rule.id: rule} | {one.id: one for one in family}
    return tuple(sorted(found.values(), key=lambda one: (one.effective_from, one.id)))


def family_faults(rules: Mapping[str, Rule]) -> list[str]:
    """Return what is wrong with the links: unknown successors, and versions that overlap."""
    faults = [
        f"{one.id}：superseded_by 的 {one.superseded_by} 不存在"
        for one in rules.values()
        if one.superseded_by and one.superseded_by not in rules
    ]
    pairs = {
        (min(one.id, other.id), max(one.id, other.id))
        for one in rules.values()
        for other in (*_successors(one, rules), *_namesakes(one, rules))
        if one.id != other.id
    }
    for first, second in sorted(pairs):
        if _overlap(rules[first], rules[second]):
            faults.append(f"{first} 和 {second}：施行区间重叠")
    return faults + _circles(rules)


def _circles(rules: Mapping[str, Rule]) -> list[str]:
    return [
        f"{one.id}：superseded_by 绕回自己"
        for one in rules.values()
        if any(other.id == one.id for other in _successors(one, rules))
    ]


def _overlap(one: Rule, other: Rule) -> bool:
    return one.covers(other.effective_from) or other.covers(one.effective_from)


def _successors(rule: Rule, rules: Mapping[str, Rule]) -> Iterator[Rule]:
    seen: set[str] = set()
    current = rules.get(rule.superseded_by or "")
    while current is not None and current.id not in seen:
        seen.add(current.id)
        yield current
        current = rules.get(current.superseded_by or "")


def _predecessors(rule: Rule, rules: Mapping[str, Rule]) -> Iterator[Rule]:
    for one in rules.values():
        if any(other.id == rule.id for other in _successors(one, rules)):
            yield one


def _namesakes(rule: Rule, rules: Mapping[str, Rule]) -> Iterator[Rule]:
    stem = _stem(rule.id)
    if stem is None:
        return
    for one in rules.values():
        if one.id == stem or _stem(one.id) == stem:
            yield one


def _stem(id_: str) -> str | None:
    """Return ``tm-opposition`` of ``tm-opposition-2019``, or None where no year is in the id."""
    match = _YEAR.search(id_)
    return id_[: match.start()] if match else None
