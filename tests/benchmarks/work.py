"""What pages of matters cost with a year of work as ``zhengpin simulate`` enters it.

A tenth of the cases is entered and asked first, then all: what grows shows as a ratio. Then come
the queries of each page, two kinds of writes, and reading every due day anew after an invented
holiday notice. The limits are those of the performance contract in docs/benchmarks.md.
"""

from __future__ import annotations

import itertools
import json
import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from tests.benchmarks.asking import (
    MOST_QUERIES,
    ROUNDS,
    Kind,
    as_member,
    measured,
    member_of,
    statements_of,
)
from tests.benchmarks.database import own_database
from tests.benchmarks.figures import Figure
from tests.benchmarks.serving import Ask, alone, percentile, web_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

CASES = 1_000_000
GROWTH = 1.5
WRITES = ((0.5, 50), (0.95, 120), (0.99, 250))
LONGEST_REFRESH = 120
_UNIT, _OFFICE, _OVERSEER = "wu.market", "lin.office", "sun.oversight"
_WORDS = ("化妆品", "电商平台 箱包", "仓储园区", "农药 集贸市场")
_DEEP = 20  # pages into a list
_CSRF = "a" * 32


def figures(cases: int = CASES) -> Iterator[Figure]:
    """Measure; with a million cases it takes about twenty minutes on two cores."""
    with own_database("work") as database:
        from zhengpin.samples import city  # noqa: PLC0415 — after the settings

        city.load(now=_now())
        few = cases // 10
        yield from _entered(few, seed=1)
        before = dict(_at(database))
        yield from _entered(cases - few, seed=2)
        after = _at(database)
        for name, figure in after:
            yield figure
            if name in before and name.endswith("p50"):
                grown = figure.value / before[name].value
                yield Figure(f"{name}, against {few} matters", grown, GROWTH, "x")
        yield _most_queries(_kinds())
        with web_server(database) as port:
            yield from _writes(port)
        yield from _refreshed()


def _at(database: str) -> list[tuple[str, Figure]]:
    with web_server(database) as port:
        return [(one.what, one) for one in measured("work", port, _kinds())]


def _entered(cases: int, *, seed: int) -> Iterator[Figure]:
    """Enter cases and say what that took and how much there is then."""
    from zhengpin.mechanisms.proceedings.models import DueDay, Proceeding, Step  # noqa: PLC0415
    from zhengpin.samples import city  # noqa: PLC0415
    from zhengpin.samples.year import running  # noqa: PLC0415

    start = time.perf_counter()
    wish = running.Wish(city.CITY, cases, seed, by_services_up_to=0)
    running.run(wish, now=_now(), tell=lambda _made: None)
    took = time.perf_counter() - start
    yield Figure(f"work: entering {cases} matters in bulk, ledger sealed", took, None, "s")
    for model in (Proceeding, Step, DueDay):
        yield Figure(f"work: {model._meta.verbose_name}", model.objects.count(), None, "")


def _kinds() -> list[Kind]:
    overdue = "/worklist/?group=overdue"
    narrowed = [f"/worklist/?words={quote(one)}" for one in _WORDS]
    return [
        Kind("first page of a unit", _UNIT, ["/"]),
        Kind("first page of an office", _OFFICE, ["/"]),
        Kind("worklist of a unit", _UNIT, ["/worklist/"]),
        Kind("worklist of a unit, what others owe", _UNIT, ["/worklist/?side=others"]),
        Kind("worklist of an office, what others owe", _OFFICE, ["/worklist/?side=others"]),
        Kind("worklist of a region, coordinated", _OFFICE, ["/worklist/?side=region"]),
        Kind("worklist of a region, overseen", _OVERSEER, ["/worklist/?side=region"]),
        Kind("worklist of a unit, searched", _UNIT, narrowed),
        Kind(
            "worklist of a region, one kind", _OVERSEER,
            [f"/worklist/?side=region&procedure={one}" for one in ("tax_lead", "circular")],
        ),
        Kind("overdue list of a unit", _UNIT, [f"{overdue}{one}" for one in _places(_UNIT)]),
        Kind(
            "overdue list of a region", _OVERSEER,
            [f"{overdue}&side=region{one}" for one in _places(_OVERSEER)],
        ),
        Kind("a matter, by a unit", _UNIT, _matters(_UNIT)),
        Kind("a matter, by an office", _OFFICE, _matters(_OFFICE)),
        Kind("a matter, by an overseer", _OVERSEER, _matters(_OVERSEER)),
        Kind("hand-offs of a unit", _UNIT, ["/handoffs/", "/handoffs/?side=in"]),
        Kind("API: due days of a unit", _UNIT, ["/api/1/worklist?size=50"], is_api=True),
        Kind(
            "API: due days of a region", _OVERSEER, ["/api/1/worklist?side=region&size=50"],
            is_api=True,
        ),
        Kind("API: matters of a unit", _UNIT, ["/api/1/proceedings"], is_api=True),
        Kind("API: matters of a region", _OVERSEER, ["/api/1/proceedings"], is_api=True),
    ]  # fmt: skip


def _places(login: str) -> list[str]:
    """Return the beginning of the overdue list of a member, and keys of pages into it."""
    from zhengpin.mechanisms.proceedings import worklist  # noqa: PLC0415

    member = member_of(login)
    side = worklist.Side.REGION if login == _OVERSEER else worklist.Side.OURS
    keys, after = [""], ""
    for _ in range(_DEEP):
        page = worklist.page(
            member, side, worklist.Filters(), now=_now(), group=worklist.Group.OVERDUE,
            after=after, size=worklist.MANY,
        )  # fmt: skip
        if page.following is None:
            break
        after = page.following
        keys.append("&" + urlencode({"after": after}))
    return keys


def _matters(login: str) -> list[str]:
    """Return addresses of matters that a member sees, from the whole year."""
    from zhengpin.mechanisms.proceedings.models import Proceeding  # noqa: PLC0415
    from zhengpin.mechanisms.proceedings.queries import proceedings_for  # noqa: PLC0415

    first, last = (
        Proceeding.objects.order_by(one).values_list("pk", flat=True)[0] for one in ("pk", "-pk")
    )
    seen = proceedings_for(member_of(login)).order_by("pk")
    starts = range(first, last, max((last - first) // ROUNDS, 1))
    found = (seen.filter(pk__gte=one).values_list("uuid", flat=True).first() for one in starts)
    return [f"/proceedings/{one}" for one in found if one is not None]


def _most_queries(kinds: Sequence[Kind]) -> Figure:
    logging.getLogger("zhengpin.requests").setLevel(logging.WARNING)
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    counts = []
    for kind in (one for one in kinds if not one.is_api):
        browser = Client()
        browser.force_login(member_of(kind.login).person)
        counts.append((len(statements_of(browser, kind.paths[0])), kind.name))
    most, where = max(counts)
    return Figure(f"work: most queries of a page ({where})", most, MOST_QUERIES, "")


def _writes(port: int) -> Iterator[Figure]:
    """Sign for hand-offs at the desk, and conclude answered ones over the API."""
    for name, asks in (
        ("signing for a hand-off at the desk", _signing()),
        ("concluding one over the API", _concluding()),
    ):
        alone(port, asks[:5])
        times = alone(port, asks[5:])
        for share, limit in WRITES:
            what = f"work: {name} ({len(times)}), p{share * 100:.0f}"
            yield Figure(what, percentile(times, share), limit, "ms")


def _signing() -> list[Ask]:
    from zhengpin.mechanisms.handoffs.models import Handoff  # noqa: PLC0415

    member = member_of(_UNIT)
    sent = Handoff.objects.filter(proceeding__stage="sent", receiver=member.organization)
    who = as_member(_UNIT)["desk"]
    headers = {
        "Cookie": f"{who['Cookie']}; csrftoken={_CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return [
        Ask(
            f"/handoffs/{one.uuid}/accept", headers,
            urlencode(
                {"csrfmiddlewaretoken": _CSRF, "on": _today(), "after": _last(one.proceeding_id)}
            ),
            302,
        )
        for one in itertools.islice(sent.order_by("-pk"), ROUNDS)
    ]  # fmt: skip


def _concluding() -> list[Ask]:
    from zhengpin.mechanisms.proceedings.models import Proceeding  # noqa: PLC0415

    member = member_of(_OFFICE)
    answered = Proceeding.objects.filter(stage="answered", holder=member.organization)
    headers = {**as_member(_OFFICE)["api"], "Content-Type": "application/json"}
    body = json.dumps({"move": "conclude", "on": _today()})
    return [
        Ask(f"/api/1/proceedings/{one.uuid}/moves", headers, body, 201)
        for one in itertools.islice(answered.order_by("-pk"), ROUNDS)
    ]


def _last(proceeding: int) -> int:
    from zhengpin.mechanisms.proceedings.models import Step  # noqa: PLC0415

    return Step.objects.filter(proceeding=proceeding).latest("pk").pk


def _refreshed() -> Iterator[Figure]:
    """Read every due day anew: after an invented holiday notice, and where every one was wrong."""
    from django.db.models import F  # noqa: PLC0415

    from tests.base.lawbase import notices  # noqa: PLC0415
    from zhengpin.mechanisms.proceedings.models import DueDay  # noqa: PLC0415

    notices.add_notice(member_of(_OFFICE))
    yield from _read_anew("after a holiday notice")
    DueDay.objects.update(due_at=F("due_at") + timedelta(days=1))
    yield from _read_anew("where every one was wrong")


def _read_anew(when: str) -> Iterator[Figure]:
    from zhengpin.mechanisms.proceedings import recomputing  # noqa: PLC0415

    start = time.perf_counter()
    changed = sum(1 for _ in recomputing.recompute_all(because="测量（示例）", now=_now()))
    took = time.perf_counter() - start
    what = f"work: due days read anew {when}, {changed} changed"
    yield Figure(what, took, LONGEST_REFRESH, "s")


def _now() -> datetime:
    from django.utils import timezone  # noqa: PLC0415

    return timezone.now()


def _today() -> str:
    from django.utils import timezone  # noqa: PLC0415

    return timezone.localdate().isoformat()
