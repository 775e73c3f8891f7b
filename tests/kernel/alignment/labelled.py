"""Labelled pairs of plans, how well an alignment agrees with them, and the plain baseline."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tests.kernel.plantext.scoring import SHARED, compiled
from zhengpin.kernel.text.folding import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.kernel.alignment import Alignment
    from zhengpin.kernel.plantext import Plan

LABELS = Path(__file__).parent / "labels"
CAMPAIGN = "baodi2010"
SAMPLES = Path(__file__).parents[3] / "zhengpin" / "samples"

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Labels:
    """One file of ``labels``: see its README."""

    name: str
    a: Path
    b: Path
    used: str
    pairs: frozenset[Place]
    arguable: frozenset[Place]
    a_only: frozenset[str]
    b_only: frozenset[str]

    @property
    def is_here(self) -> bool:
        return self.a.is_file() and self.b.is_file()

    @property
    def is_yearly(self) -> bool:
        """Real plans of a year, both; the other pairs are ours, or a campaign beside a year."""
        return self.a.parent == self.b.parent == SHARED / "plans" and CAMPAIGN not in self.name

    @property
    def lonely(self) -> set[Place]:
        """The clauses without counterpart, each with its side."""
        return _lonely(self.a_only, self.b_only)


@dataclass(frozen=True, slots=True)
class Agreement:
    """F1 on pairs and on clauses without counterpart, and the pairs that differ."""

    pairs: float
    lonely: float
    extra: tuple[Place, ...]
    missed: tuple[Place, ...]


def all_labels() -> list[Labels]:
    return [_read(path) for path in sorted(LABELS.glob("*.yaml"))]


def _read(path: Path) -> Labels:
    # The base loader keeps addresses as they are written: 1.10 is not 1.1.
    sheet = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return Labels(
        name=path.stem,
        a=_plan(sheet["a"]),
        b=_plan(sheet["b"]),
        used=sheet["used"],
        pairs=frozenset((a, b) for a, b in sheet["pairs"]),
        arguable=frozenset((a, b) for a, b in sheet["arguable"]),
        a_only=frozenset(sheet["a_only"]),
        b_only=frozenset(sheet["b_only"]),
    )


def _plan(name: str) -> Path:
    sample = SAMPLES / name
    return sample if sample.is_file() else SHARED / "plans" / name


@cache
def plan(path: Path) -> Plan:
    return compiled(path)


def addresses(of: Plan) -> list[str]:
    return [clause.address for item in of.items for clause in item.clauses]


def agreement(alignment: Alignment, labels: Labels) -> Agreement:
    return agreement_of(
        {(one.a, one.b) for one in alignment.pairs},
        _lonely(alignment.a_only, alignment.b_only),
        labels,
    )


def agreement_of(pairs: set[Place], lonely: set[Place], labels: Labels) -> Agreement:
    arguable = labels.arguable - labels.pairs
    decided = labels.lonely | _sides(labels.pairs)
    return Agreement(
        pairs=_f1(pairs - arguable, labels.pairs),
        lonely=_f1(lonely & decided, labels.lonely),
        extra=tuple(sorted(pairs - arguable - labels.pairs)),
        missed=tuple(sorted(labels.pairs - pairs)),
    )


def strictly(labels: Labels) -> Labels:
    """Return ``labels`` with every arguable pair taken as no pair."""
    return Labels(
        name=labels.name,
        a=labels.a,
        b=labels.b,
        used=labels.used,
        pairs=labels.pairs,
        arguable=frozenset(),
        a_only=frozenset(addresses(plan(labels.a))) - {a for a, _ in labels.pairs},
        b_only=frozenset(addresses(plan(labels.b))) - {b for _, b in labels.pairs},
    )


def baseline(labels: Labels) -> tuple[Agreement, float]:
    """Return what plain bigrams reach: cosine above the threshold that is best for this pair."""
    alike = _cosines(plan(labels.a), plan(labels.b))
    tried = [
        (_above(threshold / 100, alike, labels), threshold / 100) for threshold in range(5, 80)
    ]
    return max(tried, key=lambda one: one[0].pairs)


def _above(threshold: float, alike: dict[Place, float], labels: Labels) -> Agreement:
    pairs = {place for place, value in alike.items() if value >= threshold}
    every = {("a", a) for a, _ in alike} | {("b", b) for _, b in alike}
    return agreement_of(pairs, every - _sides(pairs), labels)


def _cosines(a: Plan, b: Plan) -> dict[Place, float]:
    left, right = _bags(a), _bags(b)
    return {
        (one, other): sum(bag[pair] * there[pair] for pair in bag)
        / math.sqrt((_square(bag) or 1) * (_square(there) or 1))
        for one, bag in left.items()
        for other, there in right.items()
    }


def _bags(of: Plan) -> dict[str, Counter[str]]:
    bags = {}
    for item in of.items:
        for clause in item.clauses:
            text = simplify(clause.text)
            bags[clause.address] = Counter(text[at : at + 2] for at in range(len(text) - 1))
    return bags


def _square(bag: Counter[str]) -> int:
    return sum(times * times for times in bag.values())


def _f1(found: set[Place], right: Iterable[Place]) -> float:
    right = set(right)
    return 2 * len(found & right) / (len(found) + len(right)) if found or right else 1.0


def _sides(pairs: Iterable[Place]) -> set[Place]:
    return {side for a, b in pairs for side in (("a", a), ("b", b))}


def _lonely(a_only: Iterable[str], b_only: Iterable[str]) -> set[Place]:
    return {("a", address) for address in a_only} | {("b", address) for address in b_only}
