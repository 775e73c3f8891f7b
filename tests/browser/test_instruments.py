"""An instrument that the sample plan cites is revised; its clause is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.steps import check, check_on_a_phone, sign_in
from zhengpin.mechanisms.plans import services
from zhengpin.mechanisms.plans.models import Citation, Plan
from zhengpin.samples import city

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

TITLE = "邮政业寄递安全监督管理办法"


@pytest.fixture
def _confirmed() -> None:
    """The demonstration city, its sample plan confirmed."""
    city.load(now=timezone.now())
    plan = Plan.objects.get()
    services.confirm_plan(plan=plan, member=plan.imported_by, now=timezone.now())


@pytest.mark.usefixtures("_confirmed")
def test_the_office_records_a_revision_and_reviews_the_clause(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/plans/")
    page.get_by_role("link", name="依据文件").click()
    page.wait_for_url("**/plans/instruments")
    check(page, "instruments")
    check_on_a_phone(page, "instruments")
    page.get_by_label("标题、文号或机关").fill("寄递安全")
    page.get_by_role("button", name="筛选").click()
    page.get_by_role("link", name=f"《{TITLE}》").click()
    page.get_by_label("状态").select_option(label="已修订")
    page.get_by_role("button", name="登记状态").click()
    expect(page.get_by_role("alert")).to_contain_text("请写明出处")
    check(page, "instrument-refused")
    page.get_by_label("出处").fill("交通运输部公告2026年第9号（示例）")
    page.get_by_role("button", name="登记状态").click()
    expect(page.get_by_text("依据已变，待复核")).to_be_visible()
    check(page, "instrument")
    check_on_a_phone(page, "instrument")
    page.get_by_role("link", name="第 8").click()
    page.wait_for_url("**/clauses/8*")
    check(page, "clause-flagged")
    check_on_a_phone(page, "clause-flagged")
    page.get_by_label("复核意见").fill("仍可照办，培训改按新办法第三章（示例）")
    page.get_by_role("button", name="记为已复核").click()
    expect(page.get_by_text("仍可照办")).to_be_visible()
    check(page, "clause-reviewed")
    assert not Citation.objects.flagged().exists()
