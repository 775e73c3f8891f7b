"""The desk in a real browser: what an office does with a plan, on a desk, a phone and paper."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, SHOTS
from zhengpin.mechanisms.plans.models import Correction, Plan
from zhengpin.samples import city

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

SAMPLE = resources.files("zhengpin.samples").joinpath("plan.txt").read_text("utf-8")
# The sample with one name that no organization bears, one number left out, one list left open.
DOUBTFUL = SAMPLE.replace("（市林业局负责）", "（市园林绿化局负责）").replace(
    "（十二）加强商标", "（十三）加强商标"
)
TEXT_BOX = "main textarea[name=text]"


@pytest.fixture
def _city() -> None:
    """The demonstration city, its sample plan in review."""
    city.load(now=timezone.now())


def sign_in(page: Page, login: str = "lin.office") -> None:
    page.goto("/sign-in")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(city.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page; of what stays in place while it scrolls, as it is on screen."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=not name.startswith("review-"))


def check(page: Page, name: str) -> None:
    """Keep a picture; hold the page to what axe finds serious, and to its own width."""
    shoot(page, name)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [
        f"{one['id']}: {[node['html'][:160] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
    assert serious == [], f"{name}: {serious}"
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0, f"{name} is wider than the screen"


def paste(page: Page, text: str) -> Plan:
    page.goto("/plans/import")
    page.locator(TEXT_BOX).fill(text)
    page.get_by_role("button", name="导入并核对").click()
    page.wait_for_url(re.compile("/review$"))
    return Plan.objects.latest("pk")


@pytest.mark.usefixtures("_city")
def test_an_office_takes_a_plan_from_its_text_to_its_confirmation(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    sign_in(page)
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    check(page, "home")
    plan = paste(page, DOUBTFUL)
    expect(page.get_by_text("单位名录中没有“市园林绿化局”")).to_be_visible()
    check(page, "review")

    page.get_by_role("button", name="核定", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("处存疑没有处理")
    check(page, "review-refused")

    address = f"/plans/{plan.uuid}/review"
    choose_a_clause(page, address)
    correct_it(page)
    find_the_unit(page, address)
    settle_the_rest(page, address)
    page.get_by_role("button", name="核定", exact=True).click()
    page.wait_for_url(re.compile(f"/plans/{plan.uuid}$"))
    expect(page.get_by_role("status")).to_contain_text("计划已核定")
    check(page, "plan")


def choose_a_clause(page: Page, address: str) -> None:
    """Choosing a clause in the source shows its card without leaving the place."""
    page.goto(address)
    clause = page.locator("#c-4\\.2")
    clause.click()
    expect(page.locator("#card-title")).to_have_text("第 4.2 款")
    assert page.url.endswith("?clause=4.2")
    expect(clause).to_be_in_viewport()
    check(page, "review-clause")


def correct_it(page: Page) -> None:
    """What the compiler said stays beside what was put right."""
    page.get_by_text("更正这一款").click()
    page.get_by_label("时限").fill("10月底前")
    page.get_by_label("更正理由").fill("与印发文本核对")
    check(page, "review-correct")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("编译器读作", exact=False).first).to_be_visible()
    assert Correction.objects.get().after == "10月底前"


def find_the_unit(page: Page, address: str) -> None:
    """The name that means nobody is found in the directory under another."""
    page.goto(address)
    page.get_by_role("link", name="选定单位").click()
    page.get_by_label("在名录中查找").fill("林业")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("button", name="示例市林业局")).to_be_visible()
    check(page, "review-choose")
    page.get_by_role("button", name="示例市林业局").click()
    expect(page.get_by_role("status")).to_contain_text("市园林绿化局")


def settle_the_rest(page: Page, address: str) -> None:
    """One doubt is settled in the office's own words, the others with a ready sentence."""
    page.goto(address)
    first = page.locator(".problem").first
    first.get_by_text("另写处理意见").click()
    first.get_by_label("如何处理").fill("印发文本如此，第十二条空缺")
    first.get_by_role("button", name="记为已处理").click()
    page.wait_for_url(re.compile("#doubts$"))
    for left in range(page.locator(".problem").count(), 0, -1):
        page.get_by_role("button", name="原文如此，予以保留").first.click()
        expect(page.locator(".problem")).to_have_count(left - 1)
    check(page, "review-settled")


@pytest.mark.usefixtures("_city")
def test_a_file_is_imported_and_a_wrong_one_refused(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/plans/import")
    wrong = tmp_path / "note.txt"
    wrong.write_text("今天天气很好。", "utf-8")
    page.get_by_label("文件").set_input_files(wrong)
    page.get_by_role("button", name="导入并核对").click()
    expect(page.get_by_role("alert")).to_contain_text("没有在文中找到")
    check(page, "import-refused")
    right = tmp_path / "2025年工作方案.txt"
    right.write_text(SAMPLE.replace("2026年", "2025年"), "utf-8")
    page.get_by_label("文件").set_input_files(right)
    page.get_by_role("button", name="导入并核对").click()
    page.wait_for_url(re.compile("/review$"))


@pytest.mark.usefixtures("_city")
def test_a_member_with_two_posts_switches(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page, "zhou.office")
    expect(page.get_by_role("heading", name="以哪个岗位办理")).to_be_visible()
    check(page, "post")
    page.get_by_role("button", name="督导考核").click()
    expect(page.get_by_role("link", name="导入计划")).to_be_visible()
    page.locator("details.menu summary").click()
    check(page, "menu")
    page.get_by_role("button", name="市市场监管局 · 执法稽查").click()
    expect(page.get_by_role("link", name="导入计划")).to_have_count(0)
    check(page, "home-unit")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_text("您已退出")).to_be_visible()
    check(page, "sign-in")


@pytest.mark.usefixtures("_city")
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_page_is_accessible_in_both_looks_and_sizes(
    open_page: Callable[..., Page], look: str, size: str
) -> None:
    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True} if size == "phone" else {}
    page = open_page(color_scheme=look, **phone)
    sign_in(page)
    plan = Plan.objects.get()
    for name, address in {
        "list": "/plans/",
        "none": "/plans/?year=1999",
        "import": "/plans/import",
        "review": f"/plans/{plan.uuid}/review",
        "clause-card": f"/plans/{plan.uuid}/review?clause=3.1&edit=1#correct",
        "plan": f"/plans/{plan.uuid}",
        "clause": f"/plans/{plan.uuid}/clauses/3.1",
        "search": "/search?q=市场监管",
        "own": "/own",
        "password": "/password",
        "components": "/desk/components/",
        "not-found": "/nowhere",
    }.items():
        page.goto(address)
        check(page, f"{size}-{look}-{name}")


@pytest.mark.usefixtures("_city")
def test_touch_targets_are_large_enough_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE, is_mobile=True, has_touch=True)
    sign_in(page)
    plan = Plan.objects.get()
    for address in ("/", "/plans/", f"/plans/{plan.uuid}/review?clause=3.1&edit=1"):
        page.goto(address)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 ".btn, nav li a, input:not([type=hidden]):not([type=checkbox]), select, summary"
               )].filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)
                 .map(one => one.outerHTML.slice(0, 120))"""
        )
        assert small == [], address


@pytest.mark.usefixtures("_city")
def test_a_plan_is_printed_on_paper(open_page: Callable[..., Page]) -> None:
    page = open_page(color_scheme="dark")
    sign_in(page)
    plan = Plan.objects.get()
    for name, address in {
        "plan": f"/plans/{plan.uuid}",
        "review": f"/plans/{plan.uuid}/review",
    }.items():
        page.goto(address)
        page.emulate_media(media="print")
        expect(page.locator(".nav")).to_be_hidden()
        expect(page.locator(".top")).to_be_hidden()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
            "rgb(255, 255, 255)"
        )
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.pdf(path=SHOTS / f"paper-{name}.pdf", format="A4", prefer_css_page_size=True)
        shoot(page, f"paper-{name}")
        page.emulate_media(media="screen")


@pytest.mark.usefixtures("_city")
def test_languages_and_looks_are_switched_from_any_page(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/plans/")
    page.get_by_role("button", name="EN").click()
    expect(page.get_by_role("heading", name="Plans")).to_be_visible()
    check(page, "list-english")
    page.get_by_role("button", name="繁").click()
    expect(page.get_by_role("heading", name="計劃")).to_be_visible()
    check(page, "list-traditional")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="深色").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 29)"


@pytest.mark.usefixtures("_city")
def test_the_desk_works_by_keyboard(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    page.wait_for_load_state()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    page.keyboard.type("铁拳")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="搜索“铁拳”")).to_be_visible()
    page.locator("details.menu summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="退出")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="退出")).to_be_hidden()


@pytest.mark.usefixtures("_city")
def test_the_desk_works_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page)
    plan = Plan.objects.get()
    page.goto(f"/plans/{plan.uuid}/review")
    page.locator("#c-4\\.2").click()
    expect(page.locator("#card-title")).to_have_text("第 4.2 款")
    page.get_by_text("更正这一款").click()
    page.get_by_label("时限").fill("年底前")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("编译器读作")).to_be_visible()
    page.get_by_role("button", name="核定", exact=True).click()
    expect(page.get_by_text("计划已核定")).to_be_visible()
    assert Plan.objects.get().is_confirmed
