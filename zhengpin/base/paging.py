"""Pages by key, and totals that become estimates past a bound.

A page is asked for with the key of the last row of the page before it, never with an offset: the
thousandth page costs what the first one does, and a row that is added meanwhile shifts nothing.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, Q
from django.utils.translation import gettext

from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from django.db.models import QuerySet

BOUND = 10_000
"""Up to here rows are counted; above, the planner's estimate is given."""

LARGEST_PAGE = 200
_LARGEST_NUMBER = 2**63 - 1

_Row = TypeVar("_Row", bound=Model)


class PlaceMalformed(DomainError):
    """翻页的位置无效，请回到第一页重新查看。"""


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are, or about how many, or than how many there are more."""

    count: int
    is_estimate: bool
    is_exceeded: bool = False

    @property
    def said(self) -> str:
        """How many, as a page says it."""
        count = f"{self.count:,}"
        if self.is_exceeded:
            return gettext("超过 %(count)s") % {"count": count}
        return gettext("约 %(count)s") % {"count": count} if self.is_estimate else count


@dataclass(frozen=True, slots=True)
class Page(Generic[_Row]):
    """Some rows; ``following`` is the key to ask the next ones with, None at the end."""

    rows: tuple[_Row, ...]
    following: str | None
    total: Total


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


def page_by(
    rows: QuerySet[_Row],
    *order: str,
    after: str | None = None,
    size: int = 50,
    counted: int | None = None,
) -> Page[_Row]:
    """Return the ``size`` rows after a key, in an order of columns that ends in a unique one.

    A column is text or a whole number, never null; a minus before it turns it round. ``counted``
    is how far the total is counted, where counting to the usual bound is dear. Raises
    PlaceMalformed for a key that is none of ours.
    """
    size = max(1, min(size, LARGEST_PAGE))
    wanted = rows.order_by(*order)
    if after:
        wanted = wanted.filter(_beyond(order, _read(after, len(order))))
    found = list(wanted[: size + 1])
    shown = found[:size]
    following = _key(shown[-1], order) if len(found) > size else None
    total = estimated_count(rows) if counted is None else counted_to(counted, rows)
    return Page(tuple(shown), following, total)


def _key(row: Model, order: tuple[str, ...]) -> str:
    values = []
    for column in order:
        value: Any = row
        for name in column.removeprefix("-").split("__"):
            value = getattr(value, name)
        values.append(value)
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read(key: str, length: int) -> list[str | int]:
    try:
        values = json.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except (ValueError, RecursionError) as error:
        raise PlaceMalformed from error
    if not isinstance(values, list) or len(values) != length or not all(map(_fits, values)):
        raise PlaceMalformed
    return values


def _fits(value: object) -> bool:
    if isinstance(value, str):
        return "\0" not in value and value.isprintable()
    return type(value) is int and abs(value) <= _LARGEST_NUMBER


def _beyond(order: tuple[str, ...], values: list[str | int]) -> Q:
    """Return the condition of coming after ``values`` in an order of columns."""
    beyond, same = Q(pk__in=()), Q()
    for column, value in zip(order, values, strict=True):
        name, side = column.removeprefix("-"), "lt" if column.startswith("-") else "gt"
        beyond |= same & Q((f"{name}__{side}", value))
        same &= Q((name, value))
    return beyond
