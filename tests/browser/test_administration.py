"""The first administrator in a real browser: from an empty desk to an office at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.steps import check, sign_in
from zhengpin.base.access.models import Member, Person
from zhengpin.base.access.sealed import Sealed, look_into
from zhengpin.base.ledger import services as ledger
from zhengpin.base.ledger.models import Entry
from zhengpin.base.organizations.models import Organization
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.samples import city
from zhengpin.sites.cli import founding

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

FIRST, FRESH, OWN = (
    f"{one} long sentence to sign in with" for one in ("the first", "a fresh", "my own")
)
OFFICE = "某市打击侵犯知识产权和制售假冒伪劣商品工作领导小组办公室"


def enter(page: Page, login: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def test_the_first_administrator_sets_up_an_office_and_its_people(
    open_page: Callable[..., Page],
) -> None:
    founding._found(
        founding._known("340100"), OFFICE, login="first.admin", name="甲（示例）", password=FIRST
    )
    page = open_page()
    enter(page, "first.admin", FIRST)
    enter_an_organization(page)
    give_it_a_name_and_a_post(page)
    open_an_account(page)
    appoint_them(page)
    take_over(open_page())


def enter_an_organization(page: Page) -> None:
    page.get_by_role("link", name="单位").click()
    check(page, "organizations-first")
    page.get_by_role("link", name="登记单位").click()
    page.get_by_label("单位全称").fill("某市市场监督管理局")
    page.get_by_label("简称").fill("市市场监管局")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="某市市场监督管理局")).to_be_visible()
    check(page, "organization")


def give_it_a_name_and_a_post(page: Page) -> None:
    """A name of another organization is refused with its words; another one is taken."""
    page.get_by_text("登记称谓").first.click()
    page.get_by_label("称谓").fill(OFFICE)
    page.get_by_role("button", name="登记称谓").click()
    expect(page.get_by_role("alert")).to_contain_text(f"一直是{OFFICE}的称谓")
    check(page, "organization-refused")
    page.get_by_label("称谓").fill("市市监局")
    page.get_by_role("button", name="登记称谓").click()
    expect(page.get_by_role("status")).to_contain_text("称谓已登记")
    page.get_by_text("设岗位", exact=True).click()
    page.get_by_label("岗位名称").fill("执法稽查")
    page.get_by_label("导入和核定计划").check()
    page.get_by_role("button", name="保存岗位").click()
    expect(page.get_by_role("cell", name="执法稽查")).to_be_visible()


def open_an_account(page: Page) -> None:
    page.get_by_role("link", name="人员", exact=True).click()
    page.get_by_role("link", name="开户").click()
    check(page, "person-new")
    page.get_by_label("登录名").fill("second.one")
    page.get_by_label("姓名").fill("乙（示例）")
    page.get_by_label("初始密码").fill(FRESH)
    page.get_by_role("button", name="开户").click()
    expect(page.get_by_role("heading", name="乙（示例）")).to_be_visible()
    check(page, "person")


def appoint_them(page: Page) -> None:
    page.get_by_label("岗位", exact=True).select_option(label="市市场监管局 · 执法稽查")
    page.get_by_role("button", name="登记任职").click()
    expect(page.get_by_role("status")).to_contain_text("任职已登记")
    page.get_by_role("link", name="人员", exact=True).first.click()
    expect(page.get_by_text("待改初始密码")).to_be_visible()
    check(page, "people")


def take_over(page: Page) -> None:
    """Whoever signs in with an initial password replaces it before anything else."""
    enter(page, "second.one", FRESH)
    expect(page.get_by_role("heading", name="请先更换初始密码")).to_be_visible()
    check(page, "password-initial")
    page.get_by_label("现在的密码").fill(FRESH)
    page.get_by_label("新密码", exact=True).fill(OWN)
    page.get_by_label("再输一遍新密码").fill(OWN)
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_role("link", name="导入计划").first).to_be_visible()
    expect(page.get_by_role("link", name="单位", exact=True)).to_have_count(0)


@pytest.fixture
def _city() -> None:
    city.load(now=timezone.now())


@pytest.mark.usefixtures("_city")
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_pages_of_administration_are_accessible(
    open_page: Callable[..., Page], look: str, size: str
) -> None:
    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True} if size == "phone" else {}
    page = open_page(color_scheme=look, **phone)
    sign_in(page, "chen.admin")
    market = Organization.objects.get(name="示例市市场监督管理局")
    person = Person.objects.get(login="wu.market")
    for name, address in {
        "organizations": "/organizations/?q=市场",
        "organizations-none": "/organizations/?q=没有的",
        "organization-new": "/organizations/new",
        "organization": f"/organizations/{market.uuid}",
        "people": "/people/",
        "person-new": "/people/new",
        "person": f"/people/{person.uuid}",
        "tokens": "/tokens/",
    }.items():
        page.goto(address)
        for opened in page.locator("main details").all():
            opened.evaluate("one => one.open = true")
        check(page, f"{size}-{look}-{name}")
    look_at_what_is_overseen(open_page(color_scheme=look, **phone), f"{size}-{look}")
    page.get_by_label("用途").fill("数据交换（示例）")
    page.get_by_role("button", name="签发").click()
    check(page, f"{size}-{look}-token-issued")


def look_at_what_is_overseen(page: Page, kind: str) -> None:
    """An overseer's pages: the ledger, an entry with its proof, looks into sealed records."""
    reader = Member.objects.get(person__login="wu.market")
    look_into(
        member=reader,
        subject=Sealed("report:17", "举报人身份（示例）", reader.organization),
        reason="核实17号举报（示例）",
        now=timezone.now(),
    )
    ledger.seal_all(now=timezone.now())
    sign_in(page, "sun.oversight")
    plan = Plan.objects.get()
    proven = Entry.objects.filter(subject=str(plan.uuid)).latest("pk")
    for name, address in {
        "ledger": "/ledger/",
        "ledger-subject": f"/ledger/?q={plan.uuid}",
        "ledger-entry": f"/ledger/entries/{proven.uuid}",
        "sealed-views": "/sealed-views/",
        "sealed-views-none": "/sealed-views/?q=没有的",
    }.items():
        page.goto(address)
        check(page, f"{kind}-{name}")
