"""What is compared of a clause: its bigrams, those of its title, and its units' functions."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from zhengpin.kernel.organizations import resolve, split_prefix, successions, table
from zhengpin.kernel.text import fold
from zhengpin.kernel.text.folding import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zhengpin.kernel.plantext import Plan
    from zhengpin.kernel.plantext.model import Clause

_RUN = re.compile(r"[\u3400-\u9fff]+|[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Read:
    """One clause as it is compared.

    ``text`` and ``title`` (of its item) are folded. ``duties`` are bigrams of what its units are
    for, so that 高级人民法院 and 中级人民法院 are near. ``place`` is 0 for the first clause of the
    plan and 1 for the last.
    """

    address: str
    text: str
    title: str
    bigrams: Counter[str]
    title_bigrams: Counter[str]
    duties: frozenset[str]
    place: float


def read(plan: Plan) -> tuple[Read, ...]:
    """Return the clauses of ``plan`` in its order."""
    rows = [(item.title, clause) for item in plan.items for clause in item.clauses]
    titles = _folded(title for title, _ in rows)
    texts = _folded(clause.text for _, clause in rows)
    last = max(len(rows) - 1, 1)
    return tuple(
        Read(
            address=clause.address,
            text=text,
            title=title,
            bigrams=Counter(bigrams(text)),
            title_bigrams=Counter(bigrams(title)),
            duties=_duties(clause, plan.year),
            place=at / last,
        )
        for at, ((_, clause), title, text) in enumerate(zip(rows, titles, texts, strict=True))
    )


def subject(plan: Plan) -> frozenset[str]:
    """Return the bigrams of the plan's own title: what every clause is about says nothing."""
    return frozenset(bigrams(simplify(plan.title or "")))


def bigrams(text: str) -> Iterator[str]:
    """Yield the pairs of neighbouring signs of folded ``text``, none across a punctuation mark."""
    for run in _RUN.findall(text):
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def _folded(texts: Iterable[str]) -> Sequence[str]:
    """Fold all at once: the converter is asked once for each sign of the plan."""
    lines = ["".join(text.split()) for text in texts]
    return fold("\n".join(lines)).full.split("\n") if lines else ()


def _duties(clause: Clause, year: int | None) -> frozenset[str]:
    return frozenset().union(*(_of_unit(unit.full, year) for unit in clause.units))


@lru_cache(maxsize=4096)
def _of_unit(name: str, year: int | None) -> frozenset[str]:
    """Return the bigrams of a unit's functions today; of its own name where it is not known.

    Many bodies at once (各部门) have no function that could tell one clause from another.
    """
    name = simplify(name)
    resolution = resolve(name, year)
    if resolution.collective:
        return frozenset()
    today = {code: None for known in resolution.functions for code in _today(known)}
    titles = [table().functions[code].title for code in today] or [split_prefix(name)[1]]
    return frozenset(pair for title in titles for pair in bigrams(title))


@lru_cache(maxsize=512)
def _today(function: str) -> frozenset[str]:
    """Return who has taken over ``function``, or the function itself."""
    handed_on = successions(function)
    return frozenset({function, *(one.successor for one in handed_on)}) - {
        one.function for one in handed_on
    }
