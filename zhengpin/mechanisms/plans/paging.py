"""Pages by key, and totals that become estimates past a bound."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import connection
from django.db.models import F, Model, Q

from zhengpin.mechanisms.plans import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

_Row = TypeVar("_Row", bound=Model)

BOUND = 10_000
"""Up to here rows are counted; above, the planner's estimate is given."""

LARGEST_PAGE = 200
_KEY = re.compile(r"([0-9]{1,5}|-)((?:\.[0-9]{1,18})+)")


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are, or about how many, or than how many there are more."""

    count: int
    is_estimate: bool
    is_exceeded: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[_Row]):
    """One page of rows; ``following`` is the key to ask the next page with, None at the end."""

    rows: tuple[_Row, ...]
    following: str | None
    total: Total


@dataclass(frozen=True, slots=True)
class Order:
    """Newest plan first, the plans without a year last; inside a plan by ``within``.

    ``plan`` leads from a row to its plan: "" for plans, "plan__" for clauses.
    """

    plan: str = ""
    within: tuple[str, ...] = ()

    def sort(self, rows: QuerySet[_Row]) -> QuerySet[_Row]:
        year, pk = F(f"{self.plan}year"), F(f"{self.plan}id")
        return rows.order_by(year.desc(nulls_last=True), pk.desc(), *self.within)

    def key(self, row: Model) -> str:
        year = _follow(row, f"{self.plan}year")
        places = (_follow(row, name) for name in (f"{self.plan}id", *self.within))
        return ".".join(("-" if year is None else str(year), *map(str, places)))

    def after(self, key: str) -> Q:
        """Return the condition of coming after a key. Raises PlaceMalformed."""
        match = _KEY.fullmatch(key)
        places = [int(one) for one in match[2].split(".")[1:]] if match else []
        if match is None or len(places) != 1 + len(self.within):
            raise errors.PlaceMalformed
        pk, *inside = places
        of_plan, later = Q(**{f"{self.plan}id": pk}), self._older(match[1], pk)
        for name, place in zip(self.within, inside, strict=True):
            later |= of_plan & Q(**{f"{name}__gt": place})
            of_plan &= Q(**{name: place})
        return later & self._not_before(match[1])

    def _not_before(self, year: str) -> Q:
        """Say again of the plan's year what ``after`` says, so that an index can be used."""
        without = Q(**{f"{self.plan}year__isnull": True})
        return without if year == "-" else without | Q(**{f"{self.plan}year__lte": int(year)})

    def _older(self, year: str, pk: int) -> Q:
        before = Q(**{f"{self.plan}id__lt": pk})
        without = Q(**{f"{self.plan}year__isnull": True})
        if year == "-":
            return without & before
        same = Q(**{f"{self.plan}year": int(year)}) & before
        return Q(**{f"{self.plan}year__lt": int(year)}) | same | without


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def page_of(
    rows: QuerySet[_Row],
    after: str | None,
    size: int,
    order: Order | None = None,
    total: Callable[[QuerySet[_Row]], Total] | None = None,
) -> Page[_Row]:
    """Return the ``size`` rows after a key; by default of plans. Raises PlaceMalformed.

    ``total`` counts them where they are more than one page, by default ``estimated_count``.
    """
    size = max(1, min(size, LARGEST_PAGE))
    order = order or Order()
    sought = rows.filter(order.after(after)) if after else rows
    found = list(order.sort(sought)[: size + 1])
    shown = found[:size]
    following = order.key(shown[-1]) if len(found) > size else None
    if following is None and not after:
        return Page(tuple(shown), None, Total(len(shown), is_estimate=False))
    return Page(tuple(shown), following, (total or estimated_count)(rows))


def counted_to(bound: int, rows: QuerySet[Any]) -> Total:
    """Return the number of ``rows`` up to a bound: for searches, where no estimate is any good."""
    counted = rows.order_by().values("pk")[: bound + 1].count()
    return Total(min(counted, bound), is_estimate=False, is_exceeded=counted > bound)


def estimated_count(rows: QuerySet[Any], bound: int = BOUND) -> Total:
    """Return the number of ``rows``, exact up to ``bound``. Two queries at most."""
    unordered = rows.order_by()
    counted = unordered.values("pk")[: bound + 1].count()
    if counted <= bound:
        return Total(counted, is_estimate=False)
    sql, params = unordered.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        (answer,) = cursor.fetchone()
    tree = json.loads(answer) if isinstance(answer, str) else answer
    return Total(max(int(tree[0]["Plan"]["Plan Rows"]), bound), is_estimate=True)
