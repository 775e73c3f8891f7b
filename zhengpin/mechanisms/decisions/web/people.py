"""Choosing who decides: a short list, one's own first, and a search for all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpin.base.access.subjects import as_uuid
from zhengpin.mechanisms.decisions import queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.base.access.models import Member, MemberQuerySet
    from zhengpin.mechanisms.proceedings.models import Proceeding

MOST = 40
"""Offered at once beside those already chosen; more are found by words."""


@dataclass(frozen=True, slots=True)
class People:
    """Who is offered: those chosen first. ``kept_out`` handled the matter; ``unlisted`` counts."""

    chosen: list[Member]
    others: list[Member]
    kept_out: list[Member]
    unlisted: int
    words: str


def offered(
    candidates: MemberQuerySet,
    *,
    about: Proceeding | None,
    words: str = "",
    chosen: Iterable[str] = (),
) -> People:
    """Return whom a page offers of those who can decide."""
    keys = [uuid for uuid in map(as_uuid, chosen) if uuid]
    busy = queries.handled(candidates, about)
    free = candidates.exclude(pk__in=busy.values("pk"))
    others = queries.named(free, words).exclude(uuid__in=keys)
    listed = list(others[:MOST])
    left = others.count() - len(listed) if len(listed) == MOST else 0
    return People(list(free.filter(uuid__in=keys)), listed, list(busy), left, words)
