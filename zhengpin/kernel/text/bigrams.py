"""Chinese text as search tokens: pairs of neighbouring characters, and words of other scripts.

Stored text and question are cut the same way, so a question finds every text in which its words
stand, in Simplified or Traditional characters and in either width. Tokens hold letters and digits
only; nothing a person types is ever read as a search operator.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpin.kernel.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_WORDS = 64
"""How many tokens of a question are asked for; further ones are left out."""

_HANZI = "〇\u3400-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<hanzi>[{_HANZI}]+)|(?P<word>[^\W_{_HANZI}]+)")
_LONGEST_WORD = 64  # PostgreSQL refuses words of 2,047 bytes


def bigrams(text: str) -> str:
    """Return the tokens of ``text``, each once, parted by blanks, for a ``simple`` tsvector."""
    return " ".join(dict.fromkeys(_tokens(text)))


def query_of(words: str) -> str:
    """Return a raw tsquery of the texts that hold all of ``words``; "" where there are none.

    A single Chinese character finds the words that begin with it.
    """
    tokens = list(dict.fromkeys(_tokens(words)))[:MOST_WORDS]
    return " & ".join(f"'{token}':*" if _is_single(token) else f"'{token}'" for token in tokens)


def _is_single(token: str) -> bool:
    return len(token) == 1 and not token.isascii()


def _tokens(text: str) -> Iterator[str]:
    for run in _RUN.finditer(fold(text).full.lower()):
        if run["word"]:
            yield run["word"][:_LONGEST_WORD]
        elif len(run["hanzi"]) == 1:
            yield run["hanzi"]
        else:
            yield from (run["hanzi"][place : place + 2] for place in range(len(run["hanzi"]) - 1))
