from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import path

from tests import factories
from zhengpin.config.urls import urlpatterns as own

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from pytest_django import DjangoAssertNumQueries, Settings

    from zhengpin.base.access.models import Member


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [*own, path("fail", fail)]


class TestHome:
    def test_shows_plans_in_review_with_what_is_open(self, desk: Client, office: Member) -> None:
        plan = factories.plan(office, factories.PLAN.replace("市公安局", "市园林局"))
        page = desk.get("/").content.decode()
        assert plan.title in page
        assert "1 处待核" in page
        assert f"/plans/{plan.uuid}/review" in page

    def test_shows_a_unit_its_clauses_of_confirmed_plans(
        self, client: Client, office: Member
    ) -> None:
        factories.confirmed_plan(office)
        market = factories.member(factories.organization("市市场监管局"))
        client.force_login(market.person)
        for address in ("/", "/own"):
            page = client.get(address).content.decode()
            assert "开展重点市场检查" in page
            assert "6月底前" in page
            assert "未设定" in page  # 1.2 states no time limit
            assert "剑网2026" not in page

    def test_what_a_unit_owes_pages_by_key(self, client: Client, office: Member) -> None:
        for year in range(1999, 2027):
            factories.confirmed_plan(office, factories.PLAN.replace("2026", str(year)))
        market = factories.member(factories.organization("市市场监管局"))
        client.force_login(market.person)
        assert "列出前 12 款，共 56 款" in client.get("/").content.decode()
        page = client.get("/own").content.decode()
        assert "本页 50 行，共 56 行" in page
        (following,) = re.findall(r'rel="next" href="([^"]+)"', page)
        last = client.get(following).content.decode()
        assert "本页 6 行，共 56 行" in last
        assert 'rel="next"' not in last
        assert '<a class="btn small" href="/own">' in last
        assert client.get("/own?after=nonsense").status_code == 404

    def test_says_what_would_be_there(self, client: Client, office: Member) -> None:
        market = factories.member(factories.organization("市公安局"))
        client.force_login(market.person)
        page = client.get("/").content.decode()
        assert "等待核对" not in page
        assert "还没有写明本单位的任务" in page
        assert "导入计划" not in page

    def test_asks_the_database_little(
        self, desk: Client, office: Member, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for year in range(2020, 2027):
            factories.confirmed_plan(office, factories.PLAN.replace("2026", str(year)))
        with django_assert_max_num_queries(15):
            desk.get("/")


class TestSearch:
    @pytest.mark.parametrize("words", ["重点市场", "重點市場", "市场监管 网络"])
    def test_finds_simplified_and_traditional(
        self, desk: Client, office: Member, words: str
    ) -> None:
        plan = factories.plan(office)
        page = desk.get("/search", {"q": words}).content.decode()
        assert f"/plans/{plan.uuid}/clauses/1" in page

    @pytest.mark.parametrize(
        "words", ["没有这样的词", "<script>alert(1)</script>", "' OR 1=1 --", "\0", "%"]
    )
    def test_what_is_not_found_is_said_and_shown_as_text(
        self, desk: Client, office: Member, words: str
    ) -> None:
        factories.plan(office)
        answer = desk.get("/search", {"q": words})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()

    def test_what_is_found_pages_by_key(self, desk: Client, office: Member) -> None:
        for year in range(2000, 2027):
            factories.confirmed_plan(office, factories.PLAN.replace("2026", str(year)))
        page = desk.get("/search?q=市场监管").content.decode()
        assert "列出前 10 件，共 27 件" in page
        assert "本页 50 行，共 54 行" in page
        (following,) = re.findall(r'rel="next" href="([^"]+)"', page)
        last = desk.get(html.unescape(following)).content.decode()
        assert "本页 4 行，共 54 行" in last
        assert "找到的计划" not in last
        assert desk.get("/search?q=市场监管&after=nonsense").status_code == 404

    def test_without_words_says_what_to_do(self, desk: Client) -> None:
        assert "输入要找的词" in desk.get("/search").content.decode()


class TestSettings:
    def test_the_look_is_kept_in_a_cookie(self, client: Client) -> None:
        answer = client.post("/theme", {"theme": "dark", "next": "/sign-in"})
        assert answer["Location"] == "/sign-in"
        assert answer.cookies["theme"]["httponly"]

    @pytest.mark.django_db
    def test_a_look_that_is_none_changes_nothing(self, client: Client) -> None:
        answer = client.post("/theme", {"theme": '"><script>'})
        assert "theme" not in answer.cookies
        client.cookies["theme"] = '"><script>'
        assert "data-theme" not in client.get("/sign-in").content.decode()


class TestErrors:
    def test_not_found(self, desk: Client) -> None:
        answer = desk.get("/nowhere")
        assert answer.status_code == 404
        assert "没有这个页面" in answer.content.decode()

    @pytest.mark.django_db
    def test_not_found_for_a_stranger_too(self, client: Client) -> None:
        assert "没有这个页面" in client.get("/nowhere").content.decode()

    def test_a_stale_form(self, office: Member) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(office.person)
        answer = strict.post("/plans/import", {"text": "…"})
        assert answer.status_code == 403
        assert "这一页已经失效" in answer.content.decode()

    def test_our_own_fault(self, office: Member, settings: Settings) -> None:
        settings.ROOT_URLCONF = __name__
        client = Client(raise_request_exception=False)
        client.force_login(office.person)
        answer = client.get("/fail")
        assert answer.status_code == 500
        assert "不是您的操作有误" in answer.content.decode()

    def test_a_body_that_is_too_large(self, desk: Client, settings: Settings) -> None:
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
        answer = desk.post("/plans/import", {"text": "长" * 2000})
        assert answer.status_code == 400
        assert "请求无法理解" in answer.content.decode()


def test_the_frame_says_who_acts_and_where(desk: Client, office: Member) -> None:
    factories.plan(office)
    page = desk.get("/plans/").content.decode()
    assert office.person.name in page
    assert office.post.title in page
    assert page.count('aria-current="page"') == 1
    assert '<em>1<span class="sr">件待核</span></em>' in page
    assert 'href="#main"' in page


def test_pages_load_nothing_from_elsewhere_and_are_not_kept_by_the_browser(desk: Client) -> None:
    answer = desk.get("/")
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Frame-Options"] == "DENY"
