"""A clause from its assignment to verified results: a lead, two members, and the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import steps
from zhengpin.base.access.models import Member
from zhengpin.mechanisms.plans import services as plans
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.mechanisms.tasks import tasks
from zhengpin.mechanisms.tasks.models import Task

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("a_city"),
]
CLAUSE = "15.2"
SOURCE = "示打假办〔2026〕9号（示例）"


@pytest.fixture
def plan() -> Plan:
    """The sample plan, confirmed; its clause 15.2 has one lead and two members."""
    return plans.confirm_plan(plan=Plan.objects.get(), member=_office(), now=timezone.now())


def _office() -> Member:
    return Member.objects.get(person__login="lin.office")


@pytest.mark.exercises("task")
def test_a_lead_and_two_members_work_a_clause_to_its_result(
    plan: Plan, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    paper = tmp_path / "小结.txt"
    paper.write_text("检查二十家（示例）", "utf-8")
    office = open_page()
    assign(office, plan)
    lead, members = open_page(), {one: open_page() for one in ("wang.ip", "feng.customs")}
    for login, page in members.items():
        steps.sign_in(page, login)
        page.goto(f"/plans/{plan.uuid}/clauses/{CLAUSE}")
        page.locator("#tasks").get_by_role("link").click()
        report(page, f"{login} 已办结（示例）")
    steps.sign_in(lead, "wu.market")
    lead.goto("/tasks/")
    steps.check(lead, "task-list")
    steps.check_on_a_phone(lead, "task-list")
    lead.goto(f"/plans/{plan.uuid}/clauses/{CLAUSE}")
    expect(lead.locator("#tasks").get_by_text("已报结果")).to_have_count(2)
    steps.check(lead, "clause-tasks")
    lead.locator("#tasks").get_by_role("link", name="示例市知识产权局").click()
    expect(lead.get_by_role("main")).to_contain_text("wang.ip 已办结（示例）")
    progress(lead, plan, paper)
    report(lead, "全部办结（示例）", evidence=False)
    verify(office, plan)
    assert Task.objects.filter(clause__address=CLAUSE).open().count() == 0


def assign(page: Page, plan: Plan) -> None:
    """Fix the day of one clause, and have the others assigned by the worker."""
    steps.sign_in(page)
    page.goto(f"/plans/{plan.uuid}/clauses/{CLAUSE}")
    page.get_by_label("办结期限的最后一日").fill("2099-12-31")
    page.get_by_label("办结期限的依据").fill(SOURCE)
    steps.check(page, "clause-assign")
    page.get_by_role("button", name="下达任务").click()
    expect(page.get_by_role("status")).to_contain_text("已下达 3 项任务")
    page.goto(f"/plans/{plan.uuid}")
    page.locator("#tasks").get_by_role("link", name="逐款查看").click()
    page.get_by_role("button", name="下达其余任务").click()
    expect(page.get_by_role("status")).to_contain_text("正在下达任务")
    tasks.assign(plan=plan.pk, member=_office().pk)
    page.reload()
    expect(page.get_by_role("button", name="下达其余任务")).to_have_count(0)
    steps.check(page, "task-board")
    steps.check_on_a_phone(page, "task-board")


def report(page: Page, result: str, *, evidence: bool = True) -> None:
    page.get_by_role("link", name="报结果").click()
    page.get_by_label("结果", exact=True).fill(result)
    if evidence:
        said = steps.refused(page, page.get_by_role("button", name="报结果"))
        expect(said).to_contain_text("没有任何佐证")
        page.get_by_label("没有佐证的理由").fill("现场口头检查（示例）")
        steps.check(page, "task-report")
    page.get_by_role("button", name="报结果").click()
    expect(page.get_by_role("main")).to_contain_text(result)


def progress(page: Page, plan: Plan, paper: Path) -> None:
    """Open the lead's own task and say how it goes on, with a paper."""
    page.goto(f"/plans/{plan.uuid}/clauses/{CLAUSE}")
    page.locator("#tasks").get_by_role("link", name="示例市市场监督管理局").click()
    steps.check(page, "task")
    steps.check_on_a_phone(page, "task")
    page.get_by_role("link", name="报进展").click()
    page.get_by_label("理由").fill("已检查二十家（示例）")
    page.get_by_label("佐证文件").set_input_files(paper)
    page.get_by_role("button", name="报进展").click()
    expect(page.get_by_role("main")).to_contain_text("小结.txt")


def verify(page: Page, plan: Plan) -> None:
    for task in Task.objects.filter(plan=plan, clause__address=CLAUSE):
        page.goto(f"/proceedings/{task.uuid}")
        page.locator("#move-verify > summary").click()
        page.locator("#move-verify").get_by_role("button", name="核验").click()
        expect(page.get_by_role("status")).to_contain_text("已办理：核验")
    steps.check(page, "task-verified")
