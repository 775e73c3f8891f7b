"""Two plans side by side: which clauses ask for the same work, how surely, and by which words.

Owns the likeness of clauses, the choice of pairs and the words that explain a pair. Does not read
plans (``kernel.plantext`` does) and stores nothing; a person confirms or changes what it proposes.
Everything is counted within the two plans, so the same two plans always give the same answer.
Stands on ``kernel.plantext``, ``kernel.organizations`` and ``kernel.text``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.kernel.alignment.likeness import Likeness
from zhengpin.kernel.alignment.matching import chosen
from zhengpin.kernel.alignment.model import Alignment, Pair
from zhengpin.kernel.alignment.rivals import certainties
from zhengpin.kernel.alignment.words import shared_words

if TYPE_CHECKING:
    from zhengpin.kernel.plantext import Plan

__all__ = ["Alignment", "Pair", "align"]


def align(a: Plan, b: Plan) -> Alignment:
    """Return the pairs of clauses of ``a`` and ``b`` that ask for the same work, and the rest.

    A clause may stand in several pairs: it was split, or several were merged. Pairs and what is
    left stand in the order of the plans.
    """
    likeness = Likeness(a, b)
    scores = certainties(likeness)
    pairs = chosen(scores)
    paired_a = {one for one, _ in pairs}
    paired_b = {other for _, other in pairs}
    return Alignment(
        pairs=tuple(
            Pair(
                a=likeness.a[one].address,
                b=likeness.b[other].address,
                score=scores[one, other],
                words=shared_words(likeness.a[one], likeness.b[other], likeness.rarity),
            )
            for one, other in sorted(pairs)
        ),
        a_only=tuple(c.address for at, c in enumerate(likeness.a) if at not in paired_a),
        b_only=tuple(c.address for at, c in enumerate(likeness.b) if at not in paired_b),
    )
