"""The words that explain a pair: what stands in both clauses, the rarest and longest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpin.kernel.alignment.reading import bigrams

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhengpin.kernel.alignment.reading import Read

MOST_WORDS = 6

_PHRASE = re.compile(r"[\u3400-\u9fff]{2,}|[0-9A-Za-z]{3,}")


def shared_words(one: Read, other: Read, rarity: Mapping[str, float]) -> tuple[str, ...]:
    """Return up to six words and phrases that both clauses or their titles print."""
    there = f"{other.text}\n{other.title}"
    found = dict.fromkeys(
        word
        for phrase in _PHRASE.findall(f"{one.text}\n{one.title}")
        for word in _common(phrase, there)
    )
    weighed = sorted(found, key=lambda word: -sum(rarity[pair] for pair in bigrams(word)))
    kept: list[str] = []
    for word in weighed:
        if not any(word in longer for longer in kept):
            kept.append(word)
    return tuple(kept[:MOST_WORDS])


def _common(phrase: str, there: str) -> Iterator[str]:
    """Yield the longest parts of ``phrase`` that stand in ``there``, from left to right."""
    start = 0
    while start < len(phrase) - 1:
        end = start + 2
        if phrase[start:end] not in there:
            start += 1
            continue
        while end < len(phrase) and phrase[start : end + 1] in there:
            end += 1
        yield phrase[start:end]
        start = end
