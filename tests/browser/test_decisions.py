"""A panel decides: one steps back and is replaced, one dissents, the outcome is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import steps
from zhengpin.base.access import services as access
from zhengpin.base.organizations.models import Organization
from zhengpin.mechanisms.decisions.models import Decision
from zhengpin.samples import city

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("a_city", "panel"),
]
QUESTION = "是否同意对清河市场专项整治延长一个月（示例）"
LETTER = (
    ("标题", "清河市场整治没有进展（示例）"),
    ("依据", "示打假办〔2026〕9号（示例）"),
    ("督办事项", "清河市场整治（示例）"),
    ("督办理由", "两个月没有进展"),
    ("办理要求", "月底前完成整治并书面报告"),
)
PANEL = (
    ("he.first", "何甲（示例）", "市双打办"),
    ("he.second", "何乙（示例）", "市双打办"),
    ("lv.third", "吕丙（示例）", "市公安局"),
    ("lv.fourth", "吕丁（示例）", "市公安局"),
)


@pytest.fixture
def panel(a_city: None) -> None:
    """Four people of two organizations who may approve."""
    now = timezone.now()
    for login, name, body in PANEL:
        person = access.open_account(login=login, name=name, password=city.PASSWORD, now=now)
        post = access.set_up_post(
            organization=Organization.objects.get(short_name=body),
            title=f"审批 {login}",
            duties=["approve"],
            now=now,
        )
        access.appoint(person=person, post=post, on=city.SINCE, now=now)


def test_a_panel_decides_after_one_has_stepped_back(open_page: Callable[..., Page]) -> None:
    office, first, second, third, fourth = (open_page() for _ in range(5))
    address = ask(office, a_matter(office))
    for page, (login, *_) in zip((first, second, third, fourth), PANEL, strict=True):
        steps.sign_in(page, login)
    step_back(third, address)
    replace(office, address)
    for page in (first, second, fourth):
        page.goto(address)
        page.get_by_role("button", name="没有应当回避的情形").click()
        expect(page.get_by_role("status")).to_contain_text("已声明")
    dissent(first, second, address)
    vote(second, address, "赞成", "整治涉及三个区，确需时间")
    vote(fourth, address, "赞成", "同意，月底报进展")
    read(first, address)
    serve(office, address)


def a_matter(page: Page) -> str:
    """Draft a letter; return the address of its matter, which the office holds."""
    steps.sign_in(page)
    page.goto("/handoffs/new/press")
    page.locator("#id_receivers label", has_text="示例市市场监督管理局").locator("input").check()
    for label, text in LETTER:
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="存为拟稿").click()
    expect(page.get_by_role("status")).to_contain_text("已拟稿")
    return page.url


def ask(page: Page, matter: str) -> str:
    """Ask two, are refused, find a third and ask again; return the address of the decision."""
    page.locator("#decisions").get_by_role("link", name="提请决定").click()
    steps.check(page, "decision-ask")
    page.get_by_label("提请决定的问题").fill(QUESTION)
    page.get_by_label("何甲（示例）").check()
    page.get_by_label("何乙（示例）").check()
    said = steps.refused(page, page.get_by_role("button", name="提请决定"))
    expect(said).to_contain_text("参加表决的人数是双数：请增减一人，单数才能形成多数。")
    page.get_by_label("姓名、单位或者岗位").fill("公安 吕丙")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_label("何甲（示例）")).to_be_checked()
    expect(page.get_by_label("吕丁（示例）")).to_have_count(0)
    page.get_by_label("吕丙（示例）").check()
    page.get_by_label("救济途径").select_option("recon-apply")
    steps.check(page, "decision-ask-found")
    steps.check_on_a_phone(page, "decision-ask")
    page.get_by_role("button", name="提请决定").click()
    expect(page.get_by_role("status")).to_contain_text("已提请决定")
    expect(page.locator("#panel")).to_contain_text("待声明")
    expect(page.locator("#question").get_by_role("link")).to_have_attribute(
        "href", matter.removeprefix(page.url.split("/proceedings/")[0])
    )
    steps.check(page, "decision-asked")
    return page.url


def step_back(page: Page, address: str) -> None:
    """Find the question by the badge of the navigation; say what stands against taking part."""
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="决定").click()
    expect(page.locator("#waiting")).to_contain_text("声明")
    steps.check(page, "decision-list")
    steps.check_on_a_phone(page, "decision-list")
    page.locator("#waiting").get_by_role("link", name=QUESTION).click()
    page.wait_for_url(address)
    expect(page.locator("#question").get_by_role("link")).to_have_count(0)
    page.get_by_text("我应当回避").click()
    said = steps.refused(page, page.get_by_role("button", name="声明回避"))
    expect(said).to_contain_text("声明回避要写明理由")
    page.get_by_label("回避理由").fill("与市场经营者是近亲属（示例）")
    steps.check(page, "decision-declare")
    steps.check_on_a_phone(page, "decision-declare")
    page.get_by_role("button", name="声明回避").click()
    expect(page.locator("#panel")).to_contain_text("声明回避，待更换")


def replace(page: Page, address: str) -> None:
    """Read the notice that somebody stepped back, and put another in the place."""
    page.goto("/notices/")
    expect(page.get_by_role("main")).to_contain_text("有人声明回避，请您更换")
    page.goto(address)
    page.locator("#panel").get_by_role("link", name="更换").click()
    expect(page.get_by_label("吕丙（示例）")).to_have_count(0)
    page.get_by_label("吕丁（示例）").check()
    steps.check(page, "decision-replace")
    page.get_by_role("button", name="更换", exact=True).click()
    expect(page.locator("#panel")).to_contain_text("已回避，已更换")


def dissent(page: Page, other: Page, address: str) -> None:
    """Vote against; nobody else reads it before the outcome is fixed."""
    page.goto(address)
    page.get_by_label("反对").check()
    said = steps.refused(page, page.get_by_role("button", name="表决"))
    expect(said).to_contain_text("没有办理")
    expect(page.get_by_label("反对")).to_be_checked()
    steps.check(page, "decision-vote")
    page.locator("#vote").get_by_label("理由").fill("已经延长过一次")
    page.get_by_role("button", name="表决").click()
    expect(page.locator("#panel")).to_contain_text("已经延长过一次")
    other.goto(address)
    expect(other.locator("#panel")).to_contain_text("已表决")
    expect(other.get_by_role("main")).not_to_contain_text("已经延长过一次")
    steps.check_on_a_phone(other, "decision-vote")


def vote(page: Page, address: str, choice: str, reasons: str) -> None:
    page.goto(address)
    page.locator("#vote").get_by_label(choice).check()
    page.locator("#vote").get_by_label("理由").fill(reasons)
    page.get_by_role("button", name="表决").click()
    expect(page.get_by_role("status")).to_contain_text("已表决")


def read(page: Page, address: str) -> None:
    """Read the outcome with the dissent, whoever dissented too."""
    page.goto(address)
    expect(page.locator("#outcome")).to_contain_text("同意")
    expect(page.locator("#outcome")).to_contain_text("2 票赞成，1 票反对")
    seat = page.locator("#panel li", has_text="何甲（示例）")
    expect(seat).to_contain_text("不同意见")
    expect(seat).to_contain_text("已经延长过一次")
    steps.check(page, "decision-decided")


def serve(page: Page, address: str) -> None:
    """Serve what was decided, with the article under which it can be contested."""
    page.goto(address)
    expect(page.locator("#question")).to_contain_text("《行政复议法》")
    page.locator("#move-serve > summary").click()
    page.locator("#move-serve").get_by_label("说明").fill("直接送达市场监管局（示例）")
    page.locator("#move-serve").get_by_role("button", name="送达决定").click()
    expect(page.locator("#outcome")).to_contain_text("送达")
    expect(page.locator("[id^=move-]")).to_have_count(0)
    steps.check(page, "decision-served")
    steps.check_on_a_phone(page, "decision-served")
    assert Decision.objects.get().proceeding.closed_on is not None
