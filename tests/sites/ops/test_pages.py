"""What the pages for machines answer, and what stands in the log about a request."""

from __future__ import annotations

import json
import logging
import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import DataError, connection
from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone

from zhengpin.base.ledger import services as ledger
from zhengpin.sites.ops.logs import JsonFormatter

if TYPE_CHECKING:
    from django.conf import LazySettings
    from django.http import HttpRequest
    from django.test import Client

MIDDLEWARE = "zhengpin.sites.ops.middleware.RequestMiddleware"


@login_not_required
def broken(request: HttpRequest, name: str) -> HttpResponse:
    raise ValueError(name)


def failed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=500)


handler500 = failed  # the desk's page links to places that are not here
urlpatterns = [
    path("", include("zhengpin.sites.ops.urls")),
    path("people/<str:name>/", broken),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def counted(settings: LazySettings) -> None:
    others = [one for one in settings.MIDDLEWARE if one != MIDDLEWARE]
    settings.MIDDLEWARE = [MIDDLEWARE, *others]


class TestPages:
    def test_health_asks_no_database(self, client: Client) -> None:
        answer = client.get("/healthz")
        assert (answer.status_code, answer.content) == (200, b"ok\n")

    @pytest.mark.django_db
    def test_ready_when_the_database_fits_the_program(self, client: Client) -> None:
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert answer.json() == {"ready": True, "failing": []}

    @pytest.mark.django_db
    def test_metrics_count_requests_and_what_waits_for_sealing(self, client: Client) -> None:
        before = _metric(client, "ledger_unsealed_entries")
        ledger.record(action="ops.test", subject="秘密", member=None, facts={}, now=timezone.now())
        client.get("/healthz")
        text = client.get("/metrics").content.decode()
        assert _read(text, "ledger_unsealed_entries") == before + 1
        assert _read(text, "ledger_sealing_delay_seconds") >= 0
        assert _read(text, "database_up") == 1
        assert _read(text, "database_size_bytes") > 1_000_000
        assert _read(text, 'requests_total{method="GET",status="2xx"}') >= 2
        assert "秘密" not in text

    @pytest.mark.django_db
    def test_every_line_of_the_metrics_is_in_the_text_form(self, client: Client) -> None:
        for line in client.get("/metrics").content.decode().splitlines():
            assert re.fullmatch(
                r"# (?:HELP|TYPE) zhengpin_\w+ \S.*|zhengpin_\w+(?:\{[^{}]*\})? \S+", line
            ), line

    @pytest.mark.django_db
    @pytest.mark.parametrize("page", ["/healthz", "/readyz", "/metrics"])
    def test_a_page_for_machines_is_read_only_and_never_cached(
        self, client: Client, page: str
    ) -> None:
        assert client.post(page).status_code == 405
        assert "no-store" in client.get(page)["Cache-Control"]


class TestRequestId:
    def test_the_id_of_a_proxy_comes_back(self, client: Client) -> None:
        answer = client.get("/healthz", headers={"X-Request-Id": "proxy-000001"})
        assert answer["X-Request-Id"] == "proxy-000001"

    @pytest.mark.parametrize("given", ["", "short", "a" * 65, 'x"} evil {"', "中文中文中文中文"])
    def test_an_id_that_is_none_is_replaced(self, client: Client, given: str) -> None:
        answer = client.get("/healthz", headers={"X-Request-Id": given})
        assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-Id"])

    def test_a_line_names_the_route_and_no_person(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        client.raise_request_exception = False
        with caplog.at_level(logging.INFO):
            answer = client.get("/people/zhangsan/?q=身份证")
        assert answer.status_code == 500
        lines = [json.loads(JsonFormatter().format(one)) for one in caplog.records]
        line = next(one for one in lines if one["logger"] == "zhengpin.requests")
        assert line["route"] == "people/<str:name>/"
        assert (line["method"], line["status"]) == ("GET", 500)
        failure = next(one for one in lines if "error" in one)
        assert failure["error"] == ["builtins.ValueError"]
        assert any("broken" in one for one in failure["trace"])
        assert "zhangsan" not in json.dumps(lines)
        assert "身份证" not in json.dumps(lines, ensure_ascii=False)


@pytest.mark.django_db
def test_a_row_that_a_database_quotes_stays_out_of_the_log() -> None:
    with pytest.raises(DataError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS integer)", ["张三"])
    assert "张三" in str(caught.value)
    record = logging.LogRecord("django", 40, "x.py", 1, "failed for %s", ("张三",), None)
    record.exc_info = (caught.type, caught.value, caught.tb)
    text = JsonFormatter().format(record)
    assert "张三" not in text
    assert json.loads(text)["message"] == "failed for %s"


def _metric(client: Client, name: str) -> float:
    return _read(client.get("/metrics").content.decode(), name)


def _read(text: str, name: str) -> float:
    line = next(one for one in text.splitlines() if one.startswith(f"zhengpin_{name} "))
    return float(line.rpartition(" ")[2])
