"""What a unit is told when a plan is confirmed, and the document it can take home."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.steps import check, sign_in
from tests.browser.test_plans import SAMPLE
from zhengpin.mechanisms.plans import services
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.samples import city

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


@pytest.fixture
def _confirmed() -> None:
    """The demonstration city, its sample plan confirmed."""
    city.load(now=timezone.now())
    plan = Plan.objects.get()
    services.confirm_plan(plan=plan, member=plan.imported_by, now=timezone.now())


@pytest.mark.usefixtures("_confirmed")
def test_a_unit_is_told_reads_it_and_takes_the_document(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    sign_in(page, "wu.market")
    bell = page.get_by_role("link", name="条未读通知")
    expect(bell).to_contain_text("1")
    bell.click()
    page.wait_for_url("**/notices/")
    check(page, "notices")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    check(page, "notices-phone")
    page.get_by_role("link", name="邮件方式").click()
    page.wait_for_url("**/notices/settings")
    check(page, "notices-settings")
    page.go_back()
    page.get_by_role("button", name="计划已核定").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("示例市")
    expect(page.get_by_role("link", name="条未读通知")).to_have_count(0)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="plan.txt").click()
    assert Path(downloading.value.path()).read_text("utf-8") == SAMPLE
