"""What matters are found by: their number and title, as a search vector of bigrams."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, Value

from zhengpin.kernel.text.bigrams import bigrams, query_of


def vector(*texts: str) -> Func:
    """Return the search vector of ``texts``, an expression."""
    return Func(
        Value(bigrams("\n".join(texts))),
        template="to_tsvector('simple', %(expressions)s)",
        output_field=SearchVectorField(),
    )


def question(words: str) -> SearchQuery | None:
    """Return the search for all of ``words``, or None where they hold nothing to search for."""
    query = query_of(words)
    return SearchQuery(query, config="simple", search_type="raw") if query else None
