"""What the pages of plans cost with 200 plans and 20,000 clauses, asked of a real web server.

Every kind of page is asked for one at a time with always another record, then all kinds together
by eight clients; the API's lists likewise. Beside the list and the search stands what their SQL
alone takes. The limits are those of the performance contract in docs/benchmarks.md.
"""

from __future__ import annotations

import itertools
import logging
import random
import statistics
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from tests.benchmarks.database import own_database
from tests.benchmarks.figures import Figure
from tests.benchmarks.serving import Ask, alone, percentile, together, web_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.test import Client

    from zhengpin.base.access.models import Member

ROUNDS, CLIENTS, SECONDS = 100, 8, 8.0
LIMITS = ((0.5, 30), (0.95, 60), (0.99, 120))  # share of the answers, milliseconds
MOST_QUERIES = 25
_OFFICE, _UNIT = "lin.office", "wu.market"
_WORDS = ("化妆品", "铁拳 商标", "市场监管", "公安 溯源", "销毁名录", "農資打假", "快递网点 头盔")
_PANEL = {"HX-Request": "true", "HX-Target": "panel"}


class Kind(NamedTuple):
    """One kind of page with many addresses."""

    name: str
    login: str
    paths: list[str]
    headers: Mapping[str, str] = {}
    is_api: bool = False


def figures() -> Iterator[Figure]:
    """Measure; takes about three minutes on two cores."""
    with own_database("pages") as database:
        from tests.benchmarks import filling  # noqa: PLC0415 — after the settings

        filling.fill()
        kinds = _kinds()
        known = {login: _as_member(login) for login in (_OFFICE, _UNIT)}
        with web_server(database) as port:
            yield from _measured(port, [(kind, _asks(kind, known[kind.login])) for kind in kinds])
        yield from _beneath([kind for kind in kinds if not kind.is_api])


def _measured(port: int, asked: list[tuple[Kind, list[Ask]]]) -> Iterator[Figure]:
    for kind, asks in asked:
        alone(port, asks[:10])
        times = alone(port, list(itertools.islice(itertools.cycle(asks), ROUNDS)))
        for share, limit in LIMITS:
            what = f"pages: {kind.name}, p{share * 100:.0f}"
            yield Figure(what, percentile(times, share), limit, "ms")
    for name, is_api, limit in (("pages", False, 60), ("API lists", True, 150)):
        asks = [ask for kind, asks in asked if kind.is_api is is_api for ask in asks[:30]]
        random.Random(0).shuffle(asks)  # noqa: S311 — no secret
        rate = together(port, asks, CLIENTS, SECONDS)
        yield Figure(f"pages: {name}, {CLIENTS} clients", rate, limit, "/s")


def _kinds() -> list[Kind]:
    from zhengpin.mechanisms.plans.models import Clause, Plan  # noqa: PLC0415

    plans = Plan.objects.filter(region__code="990100").order_by("-pk")
    done = [str(uuid) for uuid in plans.filter(stage="confirmed").values_list("uuid", flat=True)]
    held = [str(uuid) for uuid in plans.values_list("uuid", flat=True)[:60]]
    clauses = Clause.objects.filter(plan__uuid__in=held).order_by("order", "pk")
    places = list(clauses.values_list("plan__uuid", "address"))
    words = [quote(one) for one in _WORDS]
    years = range(2019, 2027)
    return [
        Kind("first page of an office", _OFFICE, ["/"]),
        Kind("first page of a unit", _UNIT, ["/"]),
        Kind("list of plans", _OFFICE, ["/plans/", *(f"/plans/?year={one}" for one in years)]),
        Kind("list of plans, searched", _OFFICE, [f"/plans/?q={one}" for one in words[:4]]),
        Kind("a plan to read", _UNIT, [f"/plans/{one}" for one in done]),
        Kind("a plan in review", _OFFICE, [f"/plans/{one}/review" for one in held]),
        Kind(
            "a plan in review, a clause chosen", _OFFICE,
            [f"/plans/{plan}/review?clause={address}" for plan, address in places],
        ),
        Kind(
            "the chosen clause alone", _OFFICE,
            [f"/plans/{plan}/review?clause={address}" for plan, address in places], _PANEL,
        ),
        Kind("a clause", _OFFICE, [f"/plans/{plan}/clauses/{one}" for plan, one in places]),
        Kind("search", _UNIT, [f"/search?q={one}" for one in words]),
        Kind("all a unit owes", _UNIT, ["/own"]),
        Kind("a plan as CSV", _UNIT, [f"/plans/{one}/export/csv" for one in done]),
        Kind("a plan as JSON", _UNIT, [f"/plans/{one}/export/json" for one in done]),
        Kind("a plan as a workbook", _UNIT, [f"/plans/{one}/export/xlsx" for one in done]),
        Kind("API: plans", _OFFICE, ["/api/1/plans"], is_api=True),
        Kind(
            "API: plans, searched", _OFFICE, [f"/api/1/plans?q={one}" for one in words[:4]],
            is_api=True,
        ),
        Kind(
            "API: clauses of a plan", _UNIT, [f"/api/1/plans/{one}/clauses" for one in done],
            is_api=True,
        ),
        Kind(
            "API: clauses, searched", _UNIT, [f"/api/1/clauses?q={one}" for one in words],
            is_api=True,
        ),
    ]  # fmt: skip


def _asks(kind: Kind, member: Mapping[str, Mapping[str, str]]) -> list[Ask]:
    who = member["api" if kind.is_api else "desk"]
    return [Ask(path, {**who, **kind.headers}) for path in kind.paths]


def _as_member(login: str) -> Mapping[str, Mapping[str, str]]:
    """Return the headers of someone signed in at the desk, and of their program."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from zhengpin.base.access import services  # noqa: PLC0415

    member = _member(login)
    browser = Client()
    browser.force_login(member.person)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    token = services.issue_token(member=member, label="figures", now=timezone.now())
    return {
        "desk": {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"},
        "api": {"Authorization": f"Bearer {token}"},
    }


def _member(login: str) -> Member:
    from zhengpin.base.access.models import Member  # noqa: PLC0415

    return Member.objects.select_related("person").get(person__login=login)


def _beneath(kinds: list[Kind]) -> Iterator[Figure]:
    """Count the queries of each page; set list and search beside what their SQL alone takes."""
    logging.getLogger("zhengpin.requests").setLevel(logging.WARNING)
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    most, where = 0, ""
    for kind in kinds:
        browser = Client(headers=dict(kind.headers))
        browser.force_login(_member(kind.login).person)
        statements = _statements(browser, kind.paths[0])
        most, where = max((most, where), (len(statements), kind.name))
        if kind.name in {"list of plans", "search"}:
            page = _median(lambda b=browser, p=kind.paths[0]: b.get(p))  # type: ignore[misc]
            yield Figure(
                f"pages: {kind.name}, in process, against its SQL alone",
                page / _median(lambda s=statements: _run(s)), None, "x",  # type: ignore[misc]
            )  # fmt: skip
    yield Figure(f"pages: most queries of a page ({where})", most, MOST_QUERIES, "")


def _statements(browser: Client, path: str) -> list[str]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    return [str(query["sql"]) for query in captured.captured_queries]


def _run(statements: list[str]) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()


def _median(run: Callable[[], object]) -> float:
    run()
    times = []
    for _ in range(15):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
