"""The desk without a mouse, and without script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from zhengpin.mechanisms.plans.models import Correction, Plan
from zhengpin.samples import city

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("a_city"),
]

PLAN = """2027年示例市打击侵权假冒工作要点

一、治理
（一）做事。开展市场检查，6月底前完成。（市市场监管局牵头，市公安局配合）
（二）再做事。开展网络检查。（市公安局负责）
"""


def test_a_plan_is_imported_corrected_and_confirmed_with_keys_alone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    page.goto("/sign-in")
    type_into(page, page.get_by_label("登录名"), "lin.office")
    type_into(page, page.get_by_label("密码"), city.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/$"))
    press(page, page.get_by_role("link", name="导入计划"))
    page.wait_for_url(re.compile("/import$"))
    type_into(page, page.locator(steps.TEXT_BOX), PLAN)
    press(page, page.get_by_role("button", name="导入并核对"))
    page.wait_for_url(re.compile("/review$"))

    press(page, page.locator("#c-1"))
    expect(page.locator("#card-title")).to_have_text("第 1 款")
    expect(page.locator("#card")).to_be_focused()
    press(page, page.locator("#correct > summary"))
    type_into(page, page.get_by_label("时限", exact=True), "9月底前")
    steps.shoot(page, "review-keyboard")
    press(page, page.get_by_role("button", name="保存更正"))
    expect(page.locator("#card .was").first).to_contain_text("6月底前")
    assert Correction.objects.get().after == "9月底前"

    press(page, page.get_by_role("button", name="核定", exact=True))
    expect(page.get_by_role("status")).to_contain_text("计划已核定")
    assert Plan.objects.latest("pk").is_confirmed


def reach(page: Page, wanted: Locator) -> None:
    """Go there with the Tab key; what has the focus on the way can be seen to have it."""
    for _ in range(120):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
        ring = page.evaluate(
            """() => { const on = document.activeElement; const style = getComputedStyle(on);
                 return on === document.body || style.outlineStyle !== "none" }"""
        )
        assert ring, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    pytest.fail(f"{wanted} cannot be reached with the Tab key")


def press(page: Page, wanted: Locator) -> None:
    reach(page, wanted)
    page.keyboard.press("Enter")


def type_into(page: Page, field: Locator, text: str) -> None:
    reach(page, field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def test_the_way_to_the_text_the_search_and_the_menu_by_keyboard(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    steps.sign_in(page)
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


def test_the_desk_works_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    steps.sign_in(page)
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
