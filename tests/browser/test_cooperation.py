"""Three stories between organizations: answered in time, silent till it goes up, re-sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import steps
from zhengpin.base.organizations import services as organizations
from zhengpin.mechanisms.handoffs.models import Handoff
from zhengpin.mechanisms.proceedings import reminding

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("a_city"),
]
AGREEMENT = "税警协作协议第二条（示例）"
SILENT = 3
FIVE = ("公安局", "农业农村局", "商务局", "知识产权局", "文化和旅游局")


def choose_post(page: Page, login: str, post: str) -> None:
    steps.sign_in(page, login)
    page.get_by_role("button", name=post).click()


def write(page: Page, kind: str, fields: dict[str, str]) -> None:
    """Open a blank letter of a kind and fill in its fields."""
    page.goto("/handoffs/new")
    page.get_by_role("link", name=kind, exact=True).click()
    fill(page, fields)


def fill(page: Page | Locator, fields: dict[str, str]) -> None:
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)


def put_up(page: Page) -> None:
    page.locator("#move-submit > summary").click()
    page.locator("#move-submit").get_by_role("button", name="送审").click()


def take(page: Page, title: str) -> None:
    """Take a step that has a page of its own, with what its form proposes."""
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("button", name=title, exact=True).click()


def told(page: Page, kind: str) -> None:
    """Open the first unread notice of a kind: it leads to the matter."""
    page.goto("/notices/")
    page.get_by_role("button", name=kind).first.click()


@pytest.mark.exercises("tax_lead")
def test_a_tax_lead_is_answered_in_time(open_page: Callable[..., Page]) -> None:
    steps.officer("tax.officer", "市税务局", "handle")
    clerk, tax = open_page(), open_page()
    steps.sign_in(clerk, "wu.market")
    address = send_lead(clerk, open_page())
    steps.sign_in(tax, "tax.officer")
    steps.check(tax, "home-turn")
    told(tax, "有事项轮到本单位办理")
    take(tax, "签收")
    expect(tax.get_by_role("main")).to_contain_text("发货单三册")
    for page in (clerk, tax):
        page.goto(address)
        expect(page.get_by_role("main")).to_contain_text("答复期限")
        expect(page.get_by_role("main")).to_contain_text("2099年12月31日")
    tax.get_by_role("link", name="答复", exact=True).click()
    tax.get_by_label("是否立案").select_option(label="是")
    fill(tax, {"理由": "隐匿收入属实", "查补税款（元）": "96000.50"})
    tax.get_by_role("button", name="答复", exact=True).click()

    told(clerk, "有事项轮到本单位办理")
    expect(clerk.get_by_role("main")).to_contain_text("隐匿收入属实")
    clerk.get_by_text("已停止的期限（2）").click()
    expect(clerk.get_by_role("main")).to_contain_text("如期")
    steps.check(clerk, "tax-lead-answered")
    steps.check_on_a_phone(clerk, "tax-lead-answered")


def send_lead(clerk: Page, chief: Page) -> str:
    """Draft a lead, put it up, have it approved with a day for the answer; return its address."""
    letter = {
        "标题": "账外销售假冒配件（示例）", "依据": AGREEMENT, "线索概要": "账外销售配件（示例）",
        "纳税人": "示例商行（虚构）", "估计销售额（元）": "1200000", "证据目录": "发货单三册",
    }  # fmt: skip
    write(clerk, "涉税案件线索移交", letter)
    expect(clerk.locator("#id_receivers")).to_contain_text("主管税务的单位")
    clerk.get_by_role("button", name="存为拟稿").click()
    put_up(clerk)
    choose_post(chief, "zhou.office", "执法稽查")
    told(chief, "有事项轮到本单位办理")
    chief.get_by_role("link", name="审批发出").click()
    fill(chief, {"答复期限的最后一日": "2099-12-31", "答复期限的依据": AGREEMENT})
    chief.get_by_role("button", name="审批发出").click()
    return clerk.url


@pytest.mark.exercises("circular")
def test_of_five_units_one_stays_silent_until_it_goes_up(open_page: Callable[..., Page]) -> None:
    for number, unit in enumerate(FIVE):
        steps.officer(f"unit{number}.officer", f"市{unit}", "handle")
    steps.officer("head.ip", f"市{FIVE[SILENT]}", "approve")
    office = open_page()
    steps.sign_in(office)
    address = send_circular(office, open_page())
    for number, unit in enumerate(FIVE):
        if number != SILENT:
            answer_circular(open_page(), f"unit{number}.officer", unit)

    later = timezone.now() + timedelta(days=3)
    with time_machine.travel(later):
        reminding.remind(now=later)
        steps.sign_in(office)
        office.goto(address)
        main = office.get_by_role("main")
        expect(main.get_by_text("已答复")).to_have_count(4)
        expect(main.get_by_text("逾期")).to_have_count(1)
        steps.check(office, "batch-late")
        steps.check_on_a_phone(office, "batch-late")
        told(office, "期限已过，尚未办理")
        expect(office.get_by_role("main")).to_contain_text(f"示例市{FIVE[SILENT]}")
        head = open_page()
        steps.sign_in(head, "head.ip")
        head.goto("/notices/")
        steps.check(head, "notices-escalated")
        told(head, "督促：期限已过，尚未办理")
        expect(head.get_by_role("main")).to_contain_text("逾期")
        office.goto("/handoffs/pairs?kind=circular")
        expect(office.get_by_role("row", name=f"市{FIVE[SILENT]}")).to_contain_text("1")


def send_circular(page: Page, chief: Page) -> str:
    """Draft one letter to five units, put all up, approve all; return the address of the batch."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    letter = {
        "标题": "一季度案件移送的通报（示例）", "依据": "示例方案第三条", "通报主题": "案件移送",
        "所涉时段": "2026年1月至3月", "通报内容": "三个单位没有移送", "整改要求": "说明原因",
        "答复期限的最后一日": tomorrow.isoformat(), "答复期限的依据": AGREEMENT,
    }  # fmt: skip
    write(page, "工作通报", letter)
    for name in FIVE:
        page.locator("#id_receivers label", has_text=f"示例市{name}").locator("input").check()
    page.get_by_role("button", name="存为拟稿").click()
    page.get_by_role("button", name="送审（5 件）").click()
    expect(page.get_by_role("status")).to_contain_text("已办理：送审，5 件")
    steps.check(page, "batch")
    choose_post(chief, "zhou.office", "督导考核")
    chief.goto(page.url)
    chief.get_by_role("button", name="审批发出（5 件）").click()
    expect(chief.get_by_role("status")).to_contain_text("已办理：审批发出，5 件")
    return page.url


def answer_circular(page: Page, login: str, unit: str) -> None:
    steps.sign_in(page, login)
    told(page, "有事项轮到本单位办理")
    take(page, "签收")
    page.get_by_role("link", name="答复", exact=True).click()
    page.get_by_label("办理结果", exact=True).fill(f"{unit}已补送（示例）")
    page.get_by_role("button", name="答复", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("已补送（示例）")
    page.context.close()


@pytest.mark.exercises("region_case")
def test_a_case_refused_for_competence_goes_to_another_unit(
    open_page: Callable[..., Page],
) -> None:
    police, market = another_city()
    clerk = open_page()
    address = send_case(clerk, open_page())
    steps.sign_in(first := open_page(), police)
    told(first, "有事项轮到本单位办理")
    first.get_by_role("link", name="拒收", exact=True).click()
    refused = steps.refused(first, first.get_by_role("button", name="拒收", exact=True))
    expect(refused).to_contain_text("没有办理")
    fill(first, {"理由": "尚不构成犯罪，属市场监管部门管辖"})
    first.get_by_role("button", name="拒收", exact=True).click()
    expect(first.get_by_role("main")).to_contain_text("属市场监管部门管辖")

    told(clerk, "有事项轮到本单位办理")
    expect(clerk.get_by_role("main")).to_contain_text("拒收：尚不构成犯罪")
    clerk.get_by_role("link", name="改送", exact=True).click()
    clerk.get_by_label("他山市市场监督管理局").check()
    steps.check(clerk, "resend")
    clerk.get_by_role("button", name="改送", exact=True).click()

    steps.sign_in(second := open_page(), market)
    told(second, "有事项轮到本单位办理")
    take(second, "签收")
    expect(second.get_by_role("main")).to_contain_text("承办：他山市市场监管局")
    steps.check(second, "region-case")
    first.goto(address)
    expect(first.get_by_role("main")).to_contain_text("不再参与，以下是当时的情况")
    expect(first.get_by_role("main")).not_to_contain_text("他山市市场监督管理局")
    steps.check(first, "region-case-left")
    assert Handoff.objects.get().deliveries.count() == 2


def send_case(clerk: Page, chief: Page) -> str:
    """Send a case to the police of the other city; return the address of its matter."""
    letter = {
        "标题": "假冒注册商标案（示例）", "依据": "示例协作协议", "案情概要": "假冒商标（示例）",
        "管辖理由": "违法行为发生地在贵市", "案件事实": "生产、销售均在贵市",
        "卷宗目录（含每份文件的 SHA-256）": "卷一（示例）",
    }  # fmt: skip
    steps.sign_in(clerk, "wu.market")
    clerk.goto("/handoffs/new/region_case?region=990200")
    clerk.locator("#id_receivers label", has_text="他山市公安局").locator("input").check()
    fill(clerk, letter)
    clerk.get_by_role("button", name="存为拟稿").click()
    put_up(clerk)
    choose_post(chief, "zhou.office", "执法稽查")
    chief.goto(clerk.url)
    take(chief, "审批发出")
    return clerk.url


def another_city() -> tuple[str, str]:
    """Set up a second city with its police and market regulator; return who works there."""
    now = timezone.now()
    region = organizations.define_region(
        code="990200", name="他山市", full_name="示范省他山市", now=now
    )
    for login, name, short_name, function in (
        ("far.police", "他山市公安局", "他山市公安局", "police"),
        ("far.market", "他山市市场监督管理局", "他山市市场监管局", "market_regulation"),
    ):
        organizations.set_up_organization(
            name=name, short_name=short_name, region=region, functions=[function], now=now
        )
        steps.officer(login, short_name, "handle")
    return "far.police", "far.market"
