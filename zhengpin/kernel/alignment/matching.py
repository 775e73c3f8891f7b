"""Which pairs are proposed: the best assignment of the whole, and the parts of split clauses."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

THRESHOLD = 0.5  # less likely than not: no counterpart
SURE = 0.75  # three to one: a second counterpart

Place = tuple[int, int]

_EQUAL = 1e-12


def chosen(scores: Mapping[Place, float], threshold: float = THRESHOLD) -> set[Place]:
    """Return the pairs to propose, by places in the two plans.

    First each clause gets at most one counterpart, so that the sum of what the scores are above
    ``threshold`` is greatest. A clause that is left then joins the one it is nearest to, and two
    that have a counterpart each are paired too where the score is sure.
    """
    likely = {place: score for place, score in scores.items() if score >= threshold}
    pairs = best_assignment({place: score - threshold for place, score in likely.items()})
    free_a = {one for one, _ in likely} - {one for one, _ in pairs}
    free_b = {other for _, other in likely} - {other for _, other in pairs}
    nearest: dict[tuple[str, int], Place] = {}
    for place in sorted(likely, key=lambda place: (-likely[place], place)):
        for side, free, at in (("a", free_a, place[0]), ("b", free_b, place[1])):
            if at in free:
                nearest.setdefault((side, at), place)
    sure = {place for place, score in likely.items() if score >= SURE}
    return pairs | sure | set(nearest.values())


def best_assignment(gains: Mapping[Place, float]) -> set[Place]:
    """Return the pairs, each row and column at most once, whose gains sum up highest."""
    exchange = _Exchange(gains)
    for row in sorted({row for row, _ in gains}):
        exchange.add(row)
    return exchange.pairs


class _Exchange:
    """An assignment that grows row by row and stays the best of the rows it has.

    A new row takes the way of exchanges that gains most, which may end with a free column or with
    a row that is left without one (Bellman-Ford over the few pairs there are).
    """

    def __init__(self, gains: Mapping[Place, float]) -> None:
        self._options: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for (row, column), gain in sorted(gains.items()):
            self._options[row].append((column, gain))
        self._gains = gains
        self._holder: dict[int, int] = {}

    @property
    def pairs(self) -> set[Place]:
        return {(row, column) for column, row in self._holder.items()}

    def add(self, row: int) -> None:
        sums, ways = self._explore(row)
        left = max(sums, key=lambda row: (sums[row], -row))
        ends = [
            (sums[current] + gain, -current, -column)
            for current in sums
            for column, gain in self._options[current]
            if column not in self._holder
        ]
        if ends and max(ends)[0] > sums[left]:
            current, column = -max(ends)[1], -max(ends)[2]
            self._holder[column] = current
        else:
            current = left
        while current in ways:
            current, column = ways[current]
            self._holder[column] = current

    def _explore(self, row: int) -> tuple[dict[int, float], dict[int, Place]]:
        """Return the best sum with each reachable row left out, and who took its column."""
        sums, ways, queue = {row: 0.0}, {}, [row]
        for current in queue:  # grows while it is walked
            for column, gain in self._options[current]:
                holder = self._holder.get(column, current)
                total = sums[current] + gain - self._gains.get((holder, column), 0.0)
                if holder != current and total > sums.get(holder, -math.inf) + _EQUAL:
                    sums[holder], ways[holder] = total, (current, column)
                    queue.append(holder)
        return sums, ways
