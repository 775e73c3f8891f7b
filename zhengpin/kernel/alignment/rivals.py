"""How sure a pair is: likeness alone says little; what counts is the lead over the rivals.

In two plans of one year the counterpart repeats whole sentences, in plans ten years apart a few
words; in both it stands out from every other clause. A rival counts as far as it explains the
same words: a clause that was merged from two is the counterpart of both.
"""

from __future__ import annotations

import math
from heapq import nlargest
from typing import TYPE_CHECKING

from zhengpin.kernel.alignment.likeness import NOTHING_SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhengpin.kernel.alignment.likeness import Likeness, Vector

RIVALS = 4
WIDEST_LEAD = 2.8
GREATER_LEAD, SMALLER_LEAD = 1.0, 1.6  # to lead on one side only is worth less
CAUTION = 2.0  # what was fitted to few plans is less sure of others

Place = tuple[int, int]


def certainties(likeness: Likeness) -> dict[Place, float]:
    """Return how sure each possible pair is, 0 to 1, by places in ``likeness.a`` and ``.b``.

    Pairs that are among the nearest of neither clause are left out.
    """
    contest = _Contest(likeness)
    return {place: contest.certainty(place) for place in contest.possible}


class _Contest:
    """Every clause with the clauses of the other plan that are nearest to it."""

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self._values = likeness.rows()
        self._rivals_a = [_nearest(row) for row in self._values]
        self._rivals_b = [_nearest(column) for column in zip(*self._values, strict=True)]
        self._shared: dict[Place, frozenset[str]] = {}

    @property
    def possible(self) -> list[Place]:
        places = {(one, other) for one, near in enumerate(self._rivals_a) for other in near}
        places |= {(one, other) for other, near in enumerate(self._rivals_b) for one in near}
        return sorted(places)

    def certainty(self, place: Place) -> float:
        one, other = place
        leads = (
            self._lead(
                place,
                ((one, rival) for rival in self._rivals_a[one] if rival != other),
                self._likeness.vectors_a[one],
            ),
            self._lead(
                place,
                ((rival, other) for rival in self._rivals_b[other] if rival != one),
                self._likeness.vectors_b[other],
            ),
        )
        value = self._values[one][other]
        sure = value + GREATER_LEAD * max(leads) + SMALLER_LEAD * min(leads)
        return 1 / (1 + math.exp(-sure / CAUTION))

    def _lead(self, place: Place, rivals: Iterable[Place], contested: Vector) -> float:
        """Return the lead over the strongest rival; negative behind one with the same words."""
        value = self._values[place[0]][place[1]]
        least = min(WIDEST_LEAD, value - NOTHING_SHARED)  # over a clause about something else
        for rival in rivals:
            lead = max(-WIDEST_LEAD, value - self._values[rival[0]][rival[1]])
            if lead < 0:
                lead *= self._explained(place, rival, contested)
            least = min(least, lead)
        return least

    def _explained(self, place: Place, rival: Place, contested: Vector) -> float:
        """Return which part of what ``place`` shares is shared by ``rival`` too."""
        words = self._words(place)
        whole = _weight(words, contested)
        return _weight(words & self._words(rival), contested) / whole if whole else 1.0

    def _words(self, place: Place) -> frozenset[str]:
        if place not in self._shared:
            one, other = self._likeness.vectors_a[place[0]], self._likeness.vectors_b[place[1]]
            self._shared[place] = frozenset(one.keys() & other.keys())
        return self._shared[place]


def _nearest(values: Sequence[float]) -> list[int]:
    return nlargest(RIVALS, range(len(values)), key=values.__getitem__)


def _weight(words: Iterable[str], vector: Vector) -> float:
    return math.fsum(vector[word] ** 2 for word in words)
