"""Kinds of pages asked of a real web server: one at a time, and by eight clients together.

The limits are those of the performance contract in docs/benchmarks.md.
"""

from __future__ import annotations

import itertools
import random
import statistics
import time
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.figures import Figure
from tests.benchmarks.serving import Ask, alone, percentile, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from django.test import Client

    from zhengpin.base.access.models import Member

ROUNDS, CLIENTS, SECONDS = 100, 8, 8.0
LIMITS = ((0.5, 30), (0.95, 60), (0.99, 120))  # share of the answers, milliseconds
MOST_QUERIES = 25


class Kind(NamedTuple):
    """One kind of page with many addresses."""

    name: str
    login: str
    paths: list[str]
    headers: Mapping[str, str] = {}
    is_api: bool = False


def measured(part: str, port: int, kinds: Sequence[Kind]) -> Iterator[Figure]:
    """Ask for every kind alone, then for all pages and all lists of the API by eight clients."""
    known = {login: as_member(login) for login in {one.login for one in kinds}}
    asked = [(kind, _asks(kind, known[kind.login])) for kind in kinds]
    for kind, asks in asked:
        yield from shares(f"{part}: {kind.name}", answered(port, asks))
    for name, is_api, limit in (("pages", False, 60), ("API lists", True, 150)):
        asks = [ask for kind, asks in asked if kind.is_api is is_api for ask in asks[:30]]
        random.Random(0).shuffle(asks)  # noqa: S311 — no secret
        rate = together(port, asks, CLIENTS, SECONDS)
        yield Figure(f"{part}: {name}, {CLIENTS} clients", rate, limit, "/s")


def answered(port: int, asks: Sequence[Ask]) -> list[float]:
    """Return the milliseconds of each answer to one client, sorted; the first ten warm up."""
    alone(port, asks[:10])
    return alone(port, list(itertools.islice(itertools.cycle(asks), ROUNDS)))


def shares(what: str, times: Sequence[float]) -> Iterator[Figure]:
    """Yield what half, nineteen of twenty and all but one of a hundred answers took."""
    for share, limit in LIMITS:
        yield Figure(f"{what}, p{share * 100:.0f}", percentile(times, share), limit, "ms")


def _asks(kind: Kind, member: Mapping[str, Mapping[str, str]]) -> list[Ask]:
    who = member["api" if kind.is_api else "desk"]
    return [Ask(path, {**who, **kind.headers}) for path in kind.paths]


def as_member(login: str) -> Mapping[str, Mapping[str, str]]:
    """Return the headers of someone signed in at the desk, and of their program."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from zhengpin.base.access import services  # noqa: PLC0415

    member = member_of(login)
    browser = Client()
    browser.force_login(member.person)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    token = services.issue_token(member=member, label="figures", now=timezone.now())
    return {
        "desk": {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"},
        "api": {"Authorization": f"Bearer {token}"},
    }


def member_of(login: str) -> Member:
    """Return the member of someone with one post."""
    from zhengpin.base.access.models import Member  # noqa: PLC0415

    return Member.objects.select_related("person").get(person__login=login)


def statements_of(browser: Client, path: str) -> list[str]:
    """Return what a page asks the database, asked a second time."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    return [str(query["sql"]) for query in captured.captured_queries]


def run(statements: list[str]) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()


def median(run: Callable[[], object]) -> float:
    run()
    times = []
    for _ in range(15):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
