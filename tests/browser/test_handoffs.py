"""A hand-off from its draft to the answer: three people, each at their own desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from zhengpin.mechanisms.handoffs.models import Handoff

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("a_city"),
]
SOURCE = "示打假办〔2026〕9号（示例）"


@pytest.mark.exercises("press")
def test_a_matter_is_pressed_from_the_draft_to_the_answer(open_page: Callable[..., Page]) -> None:
    office, chief, market = open_page(), open_page(), open_page()
    address = draft(office)
    office.locator("#move-submit > summary").click()
    office.locator("#move-submit").get_by_role("button", name="送审").click()
    expect(office.locator("#steps")).to_contain_text("送审")
    steps.sign_in(market, "wu.market")
    market.goto(address)
    expect(market.get_by_role("heading", level=1)).to_contain_text("没有这个页面")
    approve(chief, address)
    receive(market, address)
    answer(market, address)
    conclude(office, address)


def draft(page: Page) -> str:
    """Write a letter from its kind on; return the address of its matter."""
    steps.sign_in(page)
    page.goto("/handoffs/new")
    steps.check(page, "handoff-kinds")
    page.get_by_role("link", name="督办", exact=True).click()
    page.locator("#id_receivers label", has_text="示例市市场监督管理局").locator("input").check()
    page.get_by_label("标题", exact=True).fill("清河市场整治没有进展（示例）")
    said = steps.refused(page, page.get_by_role("button", name="存为拟稿"))
    expect(said).to_contain_text("没有拟成")
    for label, text in (
        ("依据", SOURCE),
        ("督办事项", "清河市场整治（示例）"),
        ("督办理由", "两个月没有进展"),
        ("办理要求", "月底前完成整治并书面报告"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_text("抄送其他单位").click()
    page.get_by_role("group", name="抄送").get_by_label("示例市知识产权局").check()
    steps.check(page, "handoff-draft")
    steps.check_on_a_phone(page, "handoff-draft")
    page.get_by_role("button", name="存为拟稿").click()
    expect(page.get_by_role("status")).to_contain_text("已拟稿，还没有发出")
    steps.check(page, "handoff-drafted")
    return page.url


def approve(page: Page, address: str) -> None:
    """Approve as another person, who fixes the day of the answer."""
    steps.sign_in(page, "zhou.office")
    page.get_by_role("button", name="督导考核").click()
    page.goto(address)
    page.get_by_role("link", name="审批发出").click()
    page.get_by_label("答复期限的最后一日").fill("2099-12-31")
    said = page.get_by_label("答复期限的依据")
    said.fill(SOURCE)
    steps.check(page, "handoff-approve")
    page.get_by_role("button", name="审批发出").click()
    expect(page.locator("#steps")).to_contain_text("答复期限定为2099年12月31日")


def receive(page: Page, address: str) -> None:
    """Read the outline, find the matter on the worklist, sign for it and read it all."""
    page.goto("/worklist/")
    expect(page.get_by_role("main")).to_contain_text("答复期限：清河市场整治没有进展（示例）")
    page.goto("/handoffs/")
    steps.check(page, "handoff-list")
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text("签收之后才能看到全部内容")
    expect(page.get_by_role("main")).not_to_contain_text("两个月没有进展")
    page.get_by_role("link", name="签收", exact=True).click()
    page.get_by_role("button", name="签收", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("两个月没有进展")
    steps.check(page, "handoff-received")
    steps.check_on_a_phone(page, "handoff-received")


def answer(page: Page, address: str) -> None:
    """Answer, from the form that was refused while it said nothing."""
    page.get_by_role("link", name="答复", exact=True).click()
    said = steps.refused(page, page.get_by_role("button", name="答复", exact=True))
    expect(said).to_contain_text("没有办理")
    page.get_by_label("办理结果", exact=True).fill("已整治并复查（示例）")
    steps.check(page, "handoff-answer")
    page.get_by_role("button", name="答复", exact=True).click()
    page.wait_for_url(address)
    expect(page.get_by_role("main")).to_contain_text("承办：市双打办")


def conclude(page: Page, address: str) -> None:
    """Read the answer and close the matter."""
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text("已整治并复查（示例）")
    page.locator("#move-conclude > summary").click()
    page.locator("#move-conclude").get_by_role("button", name="办结").click()
    expect(page.get_by_role("main")).to_contain_text("办结")
    expect(page.locator("[id^=move-]")).to_have_count(0)
    steps.check(page, "handoff-concluded")
    assert Handoff.objects.get().proceeding.closed_on is not None
    page.goto("/handoffs/pairs?kind=press")
    steps.check(page, "handoff-pairs")
