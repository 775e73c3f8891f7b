"""Loads the table of names: functions, their names by period, successions, slips, regions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FILES = ("core.yaml", "fields.yaml")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Source:
    """来源: the document a period or succession rests on; ``certainty`` is sure or recalled."""

    code: str
    title: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of years in which a function bore certain names; bounds are inclusive years."""

    function: str
    first: int | None
    last: int | None
    source: str

    def covers(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (
            self.last is None or year <= self.last
        )


@dataclass(frozen=True, slots=True)
class Succession:
    """职责承继: a function passed to another on a day (ISO, or year and month)."""

    function: str
    successor: str
    on: str
    source: str


@dataclass(frozen=True, slots=True)
class Function:
    """职能: what a kind of organization is for, whatever it is called in a year."""

    code: str
    title: str
    party: bool
    local: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table; ``periods`` maps a name without regional prefix to its periods."""

    sources: dict[str, Source]
    functions: dict[str, Function]
    periods: dict[str, tuple[Period, ...]]
    successions: tuple[Succession, ...]
    collectives: tuple[re.Pattern[str], ...]
    corrections: dict[str, str]
    provinces: dict[str, str]


@lru_cache(maxsize=1)
def table() -> Table:
    """Return the table, read once from the YAML files of this package."""
    package = resources.files("zhengpin.kernel.organizations")
    parts = [
        yaml.load(package.joinpath(name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 — the safe loader in C
        for name in _FILES
    ]
    functions = _functions(parts)
    return Table(
        sources=_sources(parts),
        functions=functions,
        periods=_periods(parts),
        successions=_successions(parts),
        collectives=tuple(
            re.compile(one) for part in parts for one in part.get("collectives", ())
        ),
        corrections=_merged(parts, "corrections"),
        provinces=_merged(parts, "provinces"),
    )


def successions(code: str) -> tuple[Succession, ...]:
    """Return the functions that took over ``code``, nearest first."""
    found: list[Succession] = []
    open_codes = [code]
    while open_codes:
        current = open_codes.pop(0)
        for one in table().successions:
            if one.function == current and one not in found:
                found.append(one)
                open_codes.append(one.successor)
    return tuple(found)


def _merged(parts: list[dict[str, Any]], key: str) -> dict[str, str]:
    return {name: value for part in parts for name, value in (part.get(key) or {}).items()}


def _sources(parts: list[dict[str, Any]]) -> dict[str, Source]:
    return {
        code: Source(code, entry["title"], entry["certainty"])
        for part in parts
        for code, entry in (part.get("sources") or {}).items()
    }


def _entries(parts: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [pair for part in parts for pair in (part.get("functions") or {}).items()]


def _functions(parts: list[dict[str, Any]]) -> dict[str, Function]:
    return {
        code: Function(
            code,
            entry["title"],
            bool(entry.get("party")),
            bool(entry.get("local")),
            tuple(dict.fromkeys(name for one in entry["periods"] for name in one["names"])),
        )
        for code, entry in _entries(parts)
    }


def _periods(parts: list[dict[str, Any]]) -> dict[str, tuple[Period, ...]]:
    found: dict[str, list[Period]] = {}
    for code, entry in _entries(parts):
        for one in entry["periods"]:
            period = Period(code, _year(one.get("from")), _year(one.get("to")), one["source"])
            for name in one["names"]:
                found.setdefault(name, []).append(period)
    return {name: tuple(periods) for name, periods in found.items()}


def _successions(parts: list[dict[str, Any]]) -> tuple[Succession, ...]:
    return tuple(
        Succession(code, one["to"], str(one["since"]), one["source"])
        for code, entry in _entries(parts)
        for one in entry.get("successors", ())
    )


def _year(value: object) -> int | None:
    match = _YEAR.match(str(value)) if value is not None else None
    return int(match.group()) if match else None
