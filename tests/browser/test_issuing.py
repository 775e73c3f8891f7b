"""The sample plan is issued, signed for, refused, left lying, and passed on by a district."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import steps
from zhengpin.base.access.models import Member
from zhengpin.mechanisms.plans import services as plans
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.mechanisms.proceedings import reminding

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("a_city"),
]
SOURCE = "示双打函〔2026〕5号（示例）"
DISTRICTS = ("青禾区人民政府", "临江区人民政府", "云台区人民政府")


def confirmed() -> Plan:
    """Settle what the sample plan leaves open and confirm it, as its office would."""
    plan, now = Plan.objects.get(), timezone.now()
    office = Member.objects.get(person__login="lin.office")
    for problem in plan.problems.unsettled().deciding():
        plans.settle_problem(problem=problem, settlement="已核对原文", member=office, now=now)
    return plans.confirm_plan(plan=plan, member=office, now=now)


@pytest.mark.exercises("plan_issue")
def test_a_plan_is_issued_and_each_addressee_signs_for_it(
    open_page: Callable[..., Page],
) -> None:
    steps.officer("qinghe.gov", "青禾区政府", "handle")
    steps.officer("qinghe.head", "青禾区政府", "handle", "approve")
    address = f"/plans/{confirmed().uuid}"
    office = open_page()
    prepare(office, address)
    approve(open_page(), office.url)
    for login in ("zheng.police", "qinghe.gov"):
        sign(open_page(), login, address)
    refuse(open_page(), "wang.ip", address)
    office.goto(address)
    expect(block(office)).to_contain_text("2 个已签收")
    expect(block(office).get_by_role("row", name="示例市知识产权局")).to_contain_text("被拒收")
    steps.check(office, "plan-issued")
    steps.check_on_a_phone(office, "plan-issued")
    pass_on(open_page(), open_page(), address)
    later = timezone.now() + timedelta(days=3)
    with time_machine.travel(later):
        reminding.remind(now=later)
        see_who_is_late(office, address)
        steps.sign_in(slow := open_page(), "shen.tax")
        slow.goto("/notices/")
        row = slow.get_by_role("row", name="期限已过，尚未办理")
        expect(row).to_contain_text("印发《2026年示例市")
        slow.context.close()
        for login in ("shen.tax", "feng.customs"):
            sign(open_page(), login, address)
        office.goto(address)
        expect(block(office)).to_contain_text("4 个已签收，其中 2 个逾期签收")
        block(office).get_by_text("已签收的单位（4）").click()
        late = block(office).get_by_role("listitem").filter(has_text="示例海关")
        expect(late).to_contain_text("逾期签收")
        steps.check(office, "plan-signed-late")


def see_who_is_late(page: Page, address: str) -> None:
    steps.sign_in(page)
    page.goto(address)
    expect(block(page)).to_contain_text("个逾期未签收")
    expect(block(page).get_by_role("row").nth(1)).to_contain_text("逾期")
    steps.check(page, "plan-late")
    page.goto("/notices/")
    expect(page.get_by_role("main")).to_contain_text("期限已过，尚未办理")


def block(page: Page) -> Locator:
    return page.locator("#issue")


def prepare(page: Page, address: str) -> None:
    """Prepare the issue: the districts have no leading groups, so their governments are chosen."""
    steps.sign_in(page)
    page.goto(address)
    page.get_by_role("link", name="印发", exact=True).click()
    expect(page.get_by_label("发文字号")).to_have_value("示打假发〔2026〕1号")
    expect(page.get_by_label("成文日期")).to_have_value("2026-03-12")
    expect(page.get_by_label("公开属性")).to_have_value("此件公开发布")
    steps.check(page, "plan-issue")
    steps.check_on_a_phone(page, "plan-issue")
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_label("签收期限的最后一日").fill(tomorrow.isoformat())
    page.get_by_label("签收期限的依据").fill(SOURCE)
    refused = steps.refused(page, page.get_by_role("button", name="存为拟稿"))
    expect(refused).to_contain_text("各区县打击侵犯知识产权和制售假冒伪劣商品工作领导小组")
    steps.check(page, "plan-issue-refused")
    districts = page.locator("#line-0")
    for name in DISTRICTS:
        districts.get_by_label(name).check()
    districts.get_by_label("单位名称").fill("高新")
    districts.get_by_role("button", name="查找").click()
    districts.get_by_label("示例高新技术产业开发区管理委员会").check()
    for name in DISTRICTS:
        expect(districts.get_by_label(name)).to_be_checked()
    steps.check(page, "plan-issue-found")
    districts.get_by_label("本地没有对应单位的理由").fill("石桥县由市双打办另行通知（示例）")
    page.get_by_role("button", name="存为拟稿").click()
    page.locator("#together-submit").get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("已办理：送审")


def approve(page: Page, batch: str) -> None:
    steps.sign_in(page, "zhou.office")
    page.get_by_role("button", name="督导考核").click()
    page.goto(batch)
    page.locator("#together-approve").get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("已办理：审批发出")


def sign(page: Page, login: str, address: str) -> None:
    """Sign from the page of the plan."""
    to_letter(page, login, address)
    page.get_by_role("link", name="签收", exact=True).click()
    page.get_by_role("button", name="签收", exact=True).click()
    page.goto(address)
    expect(block(page)).to_contain_text("签收。")
    expect(block(page)).not_to_contain_text("个已签收")
    page.context.close()


def to_letter(page: Page, login: str, address: str) -> None:
    steps.sign_in(page, login)
    page.goto(address)
    expect(block(page)).to_contain_text("本单位还没有签收")
    page.get_by_role("link", name="去签收").click()


def refuse(page: Page, login: str, address: str) -> None:
    to_letter(page, login, address)
    expect(page.get_by_role("main")).to_contain_text("请结合实际，认真贯彻落实")
    steps.check(page, "plan-letter")
    page.get_by_role("link", name="拒收", exact=True).click()
    page.get_by_label("理由").fill("应送市市场监管局并送本局抄件（示例）")
    page.get_by_role("button", name="拒收", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("应送市市场监管局")
    page.context.close()


def pass_on(page: Page, head: Page, address: str) -> None:
    """Let the district pass the plan on to its market regulator, approved by its head."""
    steps.sign_in(page, "qinghe.gov")
    page.goto(address)
    page.get_by_role("link", name="转发下级单位").click()
    page.get_by_label("青禾区市场监督管理局").check()
    steps.check(page, "pass-on")
    steps.check_on_a_phone(page, "pass-on")
    page.get_by_role("button", name="存为拟稿").click()
    page.locator("#move-submit > summary").click()
    page.locator("#move-submit").get_by_role("button", name="送审").click()
    steps.sign_in(head, "qinghe.head")
    head.goto(page.url)
    head.get_by_role("link", name="审批发出", exact=True).click()
    head.get_by_role("button", name="审批发出", exact=True).click()
    head.goto(address)
    expect(block(head)).to_contain_text("青禾区市场监督管理局")
    steps.check(head, "plan-passed-on")
