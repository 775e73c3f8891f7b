"""One run: what is refused, where it goes on, and batch after batch with an entry for each.

A batch is one transaction with one entry in the ledger that says how far the year is entered. A
run that was killed leaves whole batches; the same command goes on behind the last.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection, transaction

from zhengpin.base.access.models import Person
from zhengpin.base.ledger import queries as entries
from zhengpin.base.ledger import services as ledger
from zhengpin.base.organizations.errors import RegionUnknown
from zhengpin.base.organizations.queries import region_of
from zhengpin.kernel.clocks.starts import BEIJING
from zhengpin.samples.year import by_services, cast, errors
from zhengpin.samples.year.in_bulk import Pen
from zhengpin.samples.year.story import Story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhengpin.base.organizations.models import Region

BY_SERVICES = 1000
"""Up to so many cases every step goes through the services."""

_SMALL, _LARGE = 50, 5000  # cases in a batch
_ACTION = "samples.simulate"
_LOCK = 7_262_341  # the advisory lock that only one run holds

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. ``last`` is the last day of the year, by default today.

    ``batch`` is the number of cases in a transaction.
    """

    region: str
    cases: int
    seed: int
    last: date | None = None
    by_services_up_to: int = BY_SERVICES
    batch: int | None = None

    @property
    def is_by_services(self) -> bool:
        return self.cases <= self.by_services_up_to

    def batches(self, made: int) -> Iterator[range]:
        """Yield the numbers of the cases that are missing, batch by batch."""
        size = self.batch or (_SMALL if self.is_by_services else _LARGE)
        for first in range(made, self.cases, size):
            yield range(first, min(first + size, self.cases))


def run(wish: Wish, *, now: datetime, tell: Tell) -> int:
    """Enter the year, or what is missing of it, and seal the ledger; return how many cases.

    ``tell`` hears how many are entered, at the start and after each batch. Raises TooFewCases,
    RegionUnknown, LastDayAhead, NotADemonstration, NobodyToSend, YearMadeAlready or
    AnotherYearBegun; nothing is then entered.
    """
    with _alone():
        region = _checked(wish, now)
        last, made = _begun(wish, now)
        with transaction.atomic():
            routes = cast.found(region, last=last, now=now)
        story = Story(routes, last=last, seed=wish.seed, cases=wish.cases)
        enter = partial(by_services.enter, now=now) if wish.is_by_services else Pen(now=now).enter
        tell(made)
        for numbers in wish.batches(made):
            with transaction.atomic():
                enter([story.matter(one) for one in numbers])
                _record(wish, last, numbers.stop, now)
            ledger.seal_all(now=now)
            tell(numbers.stop)
        if not wish.is_by_services:
            _settle()
    return wish.cases - made


def _checked(wish: Wish, now: datetime) -> Region:
    """Return the region of a year that may be entered here."""
    if wish.cases < 1:
        raise errors.TooFewCases
    region = region_of(wish.region)
    if region is None:
        raise RegionUnknown
    invented = Person.objects.filter(is_demonstration=True)
    if not invented.exists() or Person.objects.filter(is_demonstration=False).exists():
        raise errors.NotADemonstration
    if wish.last is not None and wish.last > now.astimezone(BEIJING).date():
        raise errors.LastDayAhead
    return region


def _begun(wish: Wish, now: datetime) -> tuple[date, int]:
    """Return the last day of the year, and how many cases of it an earlier run entered."""
    said = entries.entries_about(_subject(wish)).filter(action=_ACTION).last()
    if said is None:
        return wish.last or now.astimezone(BEIJING).date(), 0
    cases, made = said.facts["cases"], said.facts["made"]
    last = date.fromisoformat(said.facts["last"])
    if made == cases:
        raise errors.YearMadeAlready
    if cases != wish.cases or wish.last not in {None, last}:
        raise errors.AnotherYearBegun
    return last, made


def _subject(wish: Wish) -> str:
    return f"year:{wish.region}:{wish.seed}"


def _record(wish: Wish, last: date, made: int, now: datetime) -> None:
    ledger.record(
        action=_ACTION,
        subject=_subject(wish),
        member=None,
        facts={"cases": wish.cases, "last": str(last), "made": made},
        now=now,
    )


def _settle() -> None:
    """Let the database learn what it holds now, and which pages everybody sees."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
