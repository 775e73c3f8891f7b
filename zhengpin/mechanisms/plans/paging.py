"""Pages of plans by key: newest first, those without a year last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import F, Model, Q

from zhengpin.base.paging import LARGEST_PAGE, Page, PlaceMalformed, Total, estimated_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

_Row = TypeVar("_Row", bound=Model)

_KEY = re.compile(r"([0-9]{1,5}|-)((?:\.[0-9]{1,18})+)")


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
            raise PlaceMalformed
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
