"""What the pages of plans cost with 200 plans and 20,000 clauses, asked of a real web server.

Every kind of page is asked for one at a time with always another record, then all kinds together
by eight clients; the API's lists likewise. Beside the list and the search stands what their SQL
alone takes. The limits are those of the performance contract in docs/benchmarks.md.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.benchmarks.asking import (
    MOST_QUERIES,
    Kind,
    measured,
    median,
    member_of,
    run,
    statements_of,
)
from tests.benchmarks.database import own_database
from tests.benchmarks.figures import Figure
from tests.benchmarks.serving import web_server

if TYPE_CHECKING:
    from collections.abc import Iterator

_OFFICE, _UNIT = "lin.office", "wu.market"
_WORDS = ("化妆品", "铁拳 商标", "市场监管", "公安 溯源", "销毁名录", "農資打假", "快递网点 头盔")
_PANEL = {"HX-Request": "true", "HX-Target": "panel"}


def figures() -> Iterator[Figure]:
    """Measure; takes about three minutes on two cores."""
    with own_database("pages") as database:
        from tests.benchmarks import filling  # noqa: PLC0415 — after the settings

        filling.fill()
        kinds = _kinds()
        with web_server(database) as port:
            yield from measured("pages", port, kinds)
        yield from _beneath([kind for kind in kinds if not kind.is_api])


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


def _beneath(kinds: list[Kind]) -> Iterator[Figure]:
    """Count the queries of each page; set list and search beside what their SQL alone takes."""
    logging.getLogger("zhengpin.requests").setLevel(logging.WARNING)
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    most, where = 0, ""
    for kind in kinds:
        browser = Client(headers=dict(kind.headers))
        browser.force_login(member_of(kind.login).person)
        statements = statements_of(browser, kind.paths[0])
        most, where = max((most, where), (len(statements), kind.name))
        if kind.name in {"list of plans", "search"}:
            page = median(lambda b=browser, p=kind.paths[0]: b.get(p))  # type: ignore[misc]
            yield Figure(
                f"pages: {kind.name}, in process, against its SQL alone",
                page / median(lambda s=statements: run(s)), None, "x",  # type: ignore[misc]
            )  # fmt: skip
    yield Figure(f"pages: most queries of a page ({where})", most, MOST_QUERIES, "")
