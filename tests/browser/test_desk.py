"""The desk in a real browser: every page in both looks, on a phone, on paper, full and empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser import steps
from tests.browser.conftest import PHONE, SHOTS
from zhengpin.base.access.models import Member
from zhengpin.mechanisms.plans import services as plans
from zhengpin.mechanisms.plans.models import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("a_city"),
]

LONG = "示例市打击侵犯知识产权和制售假冒伪劣商品工作领导小组办公室"
DUE = "每季度末月20日前报送进展情况，2026年12月31日前报送全年总结"
ROWS = 1000


def test_every_page_is_accessible_in_both_looks_and_on_a_phone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    page.goto("/sign-in")
    steps.check(page, "sign-in")
    steps.check_on_a_phone(page, "sign-in")
    steps.sign_in_here(page)
    plan = Plan.objects.get()
    for name, address in {
        "home": "/",
        "list": "/plans/",
        "list-none": "/plans/?year=1999",
        "import": "/plans/import",
        "review": f"/plans/{plan.uuid}/review",
        "review-card": f"/plans/{plan.uuid}/review?clause=3.1&edit=1#correct",
        "plan": f"/plans/{plan.uuid}",
        "clause": f"/plans/{plan.uuid}/clauses/3.1",
        "search": "/search?q=市场监管",
        "search-none": "/search?q=没有这样的词",
        "search-empty": "/search",
        "own": "/own",
        "password": "/password",
        "components": "/desk/components/",
        "not-found": "/nowhere",
    }.items():
        page.goto(address)
        steps.check(page, name)
        steps.check_on_a_phone(page, name)


def test_a_member_with_two_posts_switches_and_sees_other_things(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    steps.sign_in(page, "zhou.office")
    expect(page.get_by_role("heading", name="以哪个岗位办理")).to_be_visible()
    steps.check(page, "post")
    page.get_by_role("button", name="督导考核").click()
    expect(page.get_by_role("link", name="导入计划")).to_be_visible()
    expect(page.locator(".nav em")).to_contain_text("件待核")
    expect(page.locator("main").get_by_role("link", name=str(Plan.objects.get()))).to_be_visible()
    page.locator("details.menu summary").click()
    steps.check(page, "menu")
    page.get_by_role("button", name="市市场监管局 · 执法稽查").click()
    expect(page.get_by_role("link", name="导入计划")).to_have_count(0)
    expect(page.locator(".nav em")).to_have_count(0)
    expect(page.get_by_text("还没有写明本单位的任务")).to_be_visible()
    steps.check(page, "home-unit")
    steps.check_on_a_phone(page, "home-unit")
    for address in ("/plans/", "/search?q=市场监管"):
        page.goto(address)
        expect(page.locator("main table")).to_have_count(0)
    gone = page.goto(f"/plans/{Plan.objects.get().uuid}/review")
    assert gone is not None
    assert gone.status == 404
    confirm(Plan.objects.get())
    page.goto("/")
    expect(page.locator("#own")).to_contain_text("列出前 12 款")
    steps.check(page, "home-unit-with-tasks")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_text("您已退出")).to_be_visible()
    steps.check(page, "signed-out")


def confirm(plan: Plan) -> None:
    plans.confirm_plan(plan=plan, member=plan.imported_by, now=factories.NOW)


def test_touch_targets_are_large_enough_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE, is_mobile=True, has_touch=True)
    steps.sign_in(page)
    plan = Plan.objects.get()
    for address in (
        "/",
        "/plans/",
        "/plans/import",
        f"/plans/{plan.uuid}/review?clause=3.1&edit=1",
    ):
        page.goto(address)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 ".btn, nav li a, input:not([type=hidden]):not([type=checkbox]), select, summary"
               )].filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)
                 .map(one => one.outerHTML.slice(0, 120))"""
        )
        assert small == [], address


def test_pages_are_printed_on_paper(open_page: Callable[..., Page]) -> None:
    """Dark on the screen or not: paper is white, without the frame, with who printed it when."""
    page = open_page(color_scheme="dark")
    steps.sign_in(page)
    plan = Plan.objects.get()
    for name, address in {
        "review": f"/plans/{plan.uuid}/review?clause=4.2",
        "clause": f"/plans/{plan.uuid}/clauses/4.2",
        "list": "/plans/",
    }.items():
        page.goto(address)
        page.emulate_media(media="print")
        for part in (".nav", ".top", ".foot"):
            expect(page.locator(part)).to_be_hidden()
        assert page.locator(".btn:visible, input:visible, select:visible").count() == 0, name
        white = "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == white
        expect(page.locator(".paper-only")).to_contain_text("林一（示例） 打印于")
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.pdf(path=SHOTS / f"paper-{name}.pdf", format="A4", prefer_css_page_size=True)
        steps.shoot(page, f"paper-{name}")
        page.emulate_media(media="screen")


def test_languages_and_looks_are_switched_from_any_page(open_page: Callable[..., Page]) -> None:
    page = open_page()
    steps.sign_in(page)
    page.goto("/plans/")
    page.get_by_role("button", name="EN").click()
    expect(page.get_by_role("heading", name="Plans")).to_be_visible()
    steps.check(page, "list-english")
    page.get_by_role("button", name="繁").click()
    expect(page.get_by_role("heading", name="計劃")).to_be_visible()
    steps.check(page, "list-traditional")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="深色").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 29)"


def test_long_names_and_a_thousand_rows_fit(open_page: Callable[..., Page]) -> None:
    """The office holds a thousand tasks under its full name, one with a long time limit."""
    office = Member.objects.get(person__login="lin.office")
    plan = factories.plan(office, f"2026年{LONG}工作要点\n\n一、任务\n{tasks()}")
    last = plan.clauses.latest("order")
    for clause in (plan.clauses.earliest("order"), last):
        plans.correct_clause(clause=clause, changes={"due": DUE}, member=office, now=factories.NOW)
    confirm(plan)
    page = open_page()
    steps.sign_in(page)
    for name, address in {
        "home": "/",
        "own": "/own",
        "search": "/search?q=号检查",
        "review": f"/plans/{plan.uuid}/review?clause=1",
        "plan": f"/plans/{plan.uuid}",
        "clause": f"/plans/{plan.uuid}/clauses/{last.address}",
    }.items():
        page.goto(address)
        assert steps.overflow(page) <= 0, name
        steps.shoot(page, f"{name}-long", is_whole=False)
        steps.fits_a_phone(page, f"{name}-long", is_whole=False)
    steps.check(page, "clause-long")
    page.goto("/own")
    seen = 0
    while True:
        seen += page.locator("main tbody tr").count()
        onward = page.get_by_role("link", name="下一页")
        if not onward.count():
            break
        page.goto(onward.get_attribute("href") or "")
    assert seen == ROWS


def tasks() -> str:
    return "\n".join(
        f"（{number}）开展第{number}号检查。组织开展第{number}号市场检查并报送进展情况。"
        f"（{LONG}、市公安局按职责分工负责）"
        for number in range(1, ROWS + 1)
    )
