"""Search in Chinese: vectors of bigrams, which need no extension of the database."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, Value

from zhengpin.kernel.text.bigrams import bigrams, query_of

_CAPACITY = 900_000  # PostgreSQL holds 1 MB in one vector
_OVERHEAD = 8  # bytes that a token takes beside its own


def tokens_of(*texts: str) -> str:
    """Return the tokens of ``texts``, parted by blanks; what a vector cannot hold is left out."""
    tokens, size = [], 0
    for token in bigrams("\n".join(texts)).split():
        size += len(token.encode()) + _OVERHEAD
        if size > _CAPACITY:
            break
        tokens.append(token)
    return " ".join(tokens)


def vector(*texts: str) -> Func:
    """Return the search vector of ``texts``, an expression."""
    return Func(
        Value(tokens_of(*texts)),
        template="to_tsvector('simple', %(expressions)s)",
        output_field=SearchVectorField(),
    )


def question(words: str) -> SearchQuery | None:
    """Return the search for all of ``words``, or None where they hold nothing to search for."""
    query = query_of(words)
    return SearchQuery(query, config="simple", search_type="raw") if query else None
