"""What an alignment says: pairs of clause addresses, and the clauses without counterpart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """配对: two clauses that ask for the same work.

    ``score`` is between 0 and 1; ``words`` are the words both clauses share, the most telling
    first, in folded text.
    """

    a: str
    b: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """对齐: the clauses of two plans side by side; each is in a pair or in one of the rests."""

    pairs: tuple[Pair, ...]
    a_only: tuple[str, ...]
    b_only: tuple[str, ...]
