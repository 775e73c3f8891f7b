"""How alike two clauses are: the text they share, weighed by how rare it is in the two plans.

The numbers were fitted to annotated pairs of real plans, and then rounded.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from zhengpin.kernel.alignment.reading import Read, read, subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhengpin.kernel.plantext import Plan

NOTHING_SHARED = -7.6
SHARE = 4.3  # the part of the shorter clause that the other holds too
AMOUNT = 2.2  # how much they share; two short clauses are alike by chance
UNITS = 2.7  # the functions of their units
ORDER = -0.7  # how far apart they stand
UNITS_UNKNOWN = 0.3  # where no unit is named, as likely as not

_ENOUGH = 10.0  # about three bigrams of which each stands in two clauses only

Vector = dict[str, float]


class Likeness:
    """The clauses of two plans, how rare each bigram is, and the likeness of any two clauses."""

    def __init__(self, a: Plan, b: Plan) -> None:
        self.a, self.b = read(a), read(b)
        self._unsaid = subject(a) & subject(b)
        clauses = (*self.a, *self.b)
        self.rarity = _rarity([{*one.bigrams, *one.title_bigrams} for one in clauses])
        self._duty_weight = {
            duty: math.log1p(1 / share) ** 2
            for duty, share in _shares([one.duties for one in clauses]).items()
        }

    @cached_property
    def vectors_a(self) -> list[Vector]:
        return [self._vector(one) for one in self.a]

    @cached_property
    def vectors_b(self) -> list[Vector]:
        return [self._vector(one) for one in self.b]

    def rows(self) -> list[list[float]]:
        """Return the likeness of each clause of ``a`` (row) with each of ``b`` (column)."""
        index = _index(self.vectors_b)
        sizes_a = [_size(vector) for vector in self.vectors_a]
        sizes_b = [_size(vector) for vector in self.vectors_b]
        duties = lru_cache(maxsize=None)(self._duties_alike)
        rows = []
        for one, vector, size in zip(self.a, self.vectors_a, sizes_a, strict=True):
            row = _overlaps(vector, index, len(self.b))
            for at, other in enumerate(self.b):
                shared = row[at]
                row[at] = (
                    NOTHING_SHARED
                    + SHARE * math.sqrt(min(1.0, shared / min(size, sizes_b[at])))
                    + AMOUNT * math.log1p(shared / _ENOUGH)
                    + UNITS * duties(one.duties, other.duties)
                    + ORDER * abs(one.place - other.place)
                )
            rows.append(row)
        return rows

    def _vector(self, clause: Read) -> Vector:
        """Return the weight of each bigram of a clause and of its title, which counts in full."""
        vector: Vector = defaultdict(float)
        for counted in (clause.bigrams, clause.title_bigrams):
            for pair, times in counted.items():
                if pair not in self._unsaid:
                    vector[pair] += (1 + math.log(times)) * math.sqrt(self.rarity[pair])
        return dict(vector)

    def _duties_alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        if not one or not other:
            return UNITS_UNKNOWN
        weigh = self._duty_weight
        return self._sum(weigh, one & other) / math.sqrt(
            self._sum(weigh, one) * self._sum(weigh, other)
        )

    @staticmethod
    def _sum(weights: Mapping[str, float], keys: Iterable[str]) -> float:
        return math.fsum(weights[key] for key in keys)  # the order of a set must not matter


def _shares(sets: Sequence[Iterable[str]]) -> dict[str, float]:
    """Return in which share of ``sets`` each member stands."""
    found: dict[str, int] = defaultdict(int)
    for one in sets:
        for member in one:
            found[member] += 1
    return {member: times / len(sets) for member, times in found.items()}


def _rarity(sets: Sequence[Iterable[str]]) -> dict[str, float]:
    """Return how rare each member is; what stands everywhere still counts a little."""
    return {
        member: math.log1p(1 / len(sets)) - math.log(share)
        for member, share in _shares(sets).items()
    }


def _size(vector: Vector) -> float:
    return math.fsum(weight * weight for weight in vector.values()) or 1.0


def _index(vectors: Sequence[Vector]) -> dict[str, list[tuple[int, float]]]:
    index = defaultdict(list)
    for at, vector in enumerate(vectors):
        for pair, weight in vector.items():
            index[pair].append((at, weight))
    return index


def _overlaps(
    vector: Vector, index: Mapping[str, Sequence[tuple[int, float]]], length: int
) -> list[float]:
    row = [0.0] * length
    for pair, weight in vector.items():
        for at, other in index.get(pair, ()):
            row[at] += weight * other
    return row
