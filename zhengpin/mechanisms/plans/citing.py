"""Lists what confirmed plans cite: the instruments in the register, and which clause cites each.

Invariant: what is listed follows from the source text alone; listed again, nothing is different.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from zhengpin.base.ledger import services as ledger
from zhengpin.kernel.plantext import instruments as kernel
from zhengpin.mechanisms.plans.models import Citation, Instrument, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from zhengpin.mechanisms.plans.models import Clause, Item

_LISTING = 7_262_331  # the advisory lock that only one writer of the register holds


def wait_for_others() -> None:
    """Hold the register until the transaction ends: two plans may name the same instrument."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LISTING])


def list_citations(*, plan: Plan, now: datetime) -> int:
    """List what a confirmed plan cites, in the caller's transaction; return how many places."""
    cited = kernel.citations_of(plan.source_text, (plan.title, plan.doc_number))
    wait_for_others()
    known = _Register(plan, now)
    places = _Places(plan)
    found: dict[tuple[int, int | None], Citation] = {}
    for one in cited:
        instrument = known.instrument_of(one)
        for clause in places.clauses_at(one.span[0]):
            found.setdefault(
                (instrument.pk, clause),
                Citation(plan=plan, instrument=instrument, clause_id=clause,
                         start=one.span[0], end=one.span[1]),
            )  # fmt: skip
    Citation.objects.bulk_create(found.values(), ignore_conflicts=True)
    Plan.objects.filter(pk=plan.pk).update(citations_listed_at=now)
    plan.citations_listed_at = now
    return len(found)


def list_missing(*, now: datetime) -> int:
    """List what plans cite that were confirmed before there was a register; return how many."""
    left = Plan.objects.filter(stage=Plan.Stage.CONFIRMED, citations_listed_at=None)
    done = 0
    for pk in left.order_by("pk").values_list("pk", flat=True):
        done += _list_one(pk, now)
    return done


@transaction.atomic
def _list_one(pk: int, now: datetime) -> bool:
    rows = Plan.objects.select_for_update().defer("search", "pieces")
    plan = rows.filter(pk=pk, citations_listed_at=None).first()
    if plan is None:
        return False
    places = list_citations(plan=plan, now=now)
    ledger.record(
        action="plans.list_citations", subject=str(plan.uuid), member=None,
        facts={"citations": places}, now=now,
    )  # fmt: skip
    return True


class _Register:
    """The instruments by their keys; one that is missing is added."""

    def __init__(self, plan: Plan, now: datetime) -> None:
        self._plan, self._now = plan, now
        self._met: dict[tuple[str | None, str | None], Instrument] = {}

    def instrument_of(self, cited: kernel.Citation) -> Instrument:
        names = cited.title, cited.number
        if names not in self._met:
            self._met[names] = self._meant_by(cited)
        return self._met[names]

    def _meant_by(self, cited: kernel.Citation) -> Instrument:
        """Return the instrument a place means; its number is filled in where it was unknown.

        By title: the one with that number, else the one whose number nobody knows yet; without a
        number, the one listed first. By number alone: the one that has it.
        """
        title = self._title_key(cited.title)
        number = kernel.number_key(cited.number) if cited.number else ""
        found = self._of_title(title, number) if title else self._of_number(number)
        if found is None:
            return self._added(cited, title, number)
        self._complete(found, cited, title, number)
        return found

    def _title_key(self, title: str | None) -> str:
        if not title:
            return ""
        key = kernel.title_key(title)
        return f"{key}@{self._plan.uuid}" if kernel.is_only_a_kind(title) else key

    def _of_title(self, title: str, number: str) -> Instrument | None:
        same = list(Instrument.objects.filter(title_key=title).order_by("pk"))
        if not number:
            return next(iter(same), None)
        by_number = {one.number_key: one for one in same}
        untitled = Instrument.objects.filter(title_key="", number_key=number)
        return by_number.get(number) or by_number.get("") or untitled.first()

    def _of_number(self, number: str) -> Instrument | None:
        return Instrument.objects.filter(number_key=number).order_by("pk").first()

    def _complete(
        self, found: Instrument, cited: kernel.Citation, title: str, number: str
    ) -> None:
        before = found.title_key, found.number_key
        if cited.title and not found.title_key:
            found.title, found.title_key = cited.title, title
            found.issuer = found.issuer or kernel.issuer_in(cited.title)
        if cited.number and not found.number_key:
            found.number, found.number_key = cited.number, number
        if before != (found.title_key, found.number_key):
            found.save(update_fields=["title", "title_key", "number", "number_key", "issuer"])

    def _added(self, cited: kernel.Citation, title: str, number: str) -> Instrument:
        return Instrument.objects.create(
            title=cited.title or "", title_key=title, number=cited.number or "",
            number_key=number, issuer=kernel.issuer_in(cited.title or ""), listed_at=self._now,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Spans:
    """Rows of a plan that have a place, in the order of the text."""

    rows: Sequence[Clause | Item]
    starts: Sequence[int]

    @classmethod
    def of(cls, rows: Iterable[Clause | Item]) -> _Spans:
        ordered = sorted(rows, key=lambda one: one.start)
        return cls(ordered, [one.start for one in ordered])

    def around(self, place: int) -> Clause | Item | None:
        index = bisect_right(self.starts, place) - 1
        row = self.rows[index] if index >= 0 else None
        return row if row is not None and place < row.end else None


class _Places:
    """Which clauses a place of the source text belongs to."""

    def __init__(self, plan: Plan) -> None:
        clauses = list(plan.clauses.only("item_id", "start", "end").order_by("order"))
        self._clauses = _Spans.of(clauses)
        self._items = _Spans.of(plan.items.only("start", "end"))
        self._of_item: dict[int, list[int | None]] = {}
        for clause in clauses:
            self._of_item.setdefault(clause.item_id, []).append(clause.pk)

    def clauses_at(self, place: int) -> list[int | None]:
        """Return the clause that stands there; under the heading of an item, all its clauses.

        Outside the items it is the plan itself that speaks, which is None.
        """
        clause = self._clauses.around(place)
        if clause is not None:
            return [clause.pk]
        item = self._items.around(place)
        return self._of_item.get(item.pk, [None]) if item is not None else [None]
