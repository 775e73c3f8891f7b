"""Pages by key, and totals that become estimates past a bound."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from zhengpin.mechanisms.plans import errors

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhengpin.mechanisms.plans.models import Plan, PlanQuerySet

BOUND = 10_000
"""Up to here rows are counted; above, the planner's estimate is given."""

LARGEST_PAGE = 200
_KEY = re.compile(r"([0-9]{1,5}|-)\.([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are, or about how many."""

    count: int
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One page of plans; ``following`` is the key to ask the next page with, None at the end."""

    plans: tuple[Plan, ...]
    following: str | None
    total: Total


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


def page_of(plans: PlanQuerySet, after: str | None, size: int) -> PlanPage:
    """Return the ``size`` plans after a key, newest first. Raises PlaceMalformed."""
    size = max(1, min(size, LARGEST_PAGE))
    rows = plans.newest_first()
    if after:
        rows = rows.filter(_after(after))
    found = list(rows[: size + 1])
    shown = found[:size]
    following = _key(shown[-1]) if len(found) > size else None
    return PlanPage(tuple(shown), following, estimated_count(plans))


def _key(plan: Plan) -> str:
    return f"{'-' if plan.year is None else plan.year}.{plan.pk}"


def _after(key: str) -> Q:
    """Return the condition of coming after a key; plans without a year come last."""
    match = _KEY.fullmatch(key)
    if match is None:
        raise errors.PlaceMalformed
    year, pk = match.groups()
    if year == "-":
        return Q(year__isnull=True, pk__lt=int(pk))
    same = Q(year=int(year), pk__lt=int(pk))
    return Q(year__lt=int(year)) | same | Q(year__isnull=True)
