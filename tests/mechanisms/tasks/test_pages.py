"""What people see of tasks, and what they send from the pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from zhengpin.mechanisms.proceedings.particulars import Particulars
from zhengpin.mechanisms.tasks import services, tasks
from zhengpin.mechanisms.tasks.models import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Plan

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)
SAID = Particulars(date(2026, 3, 16))


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office() -> Member:
    return factories.member(factories.organization("市双打办"), "import_plans", "handle")


@pytest.fixture
def market() -> Member:
    return factories.member(factories.city_units()["市市场监管局"], "handle")


@pytest.fixture
def plan(office: Member, market: Member) -> Plan:
    return factories.confirmed_plan(office)


@pytest.fixture
def task(plan: Plan, office: Member, market: Member) -> Task:
    services.assign_plan(plan=plan, member=office, said=SAID, now=NOW)
    return Task.objects.filter(organization=market.organization).earliest("pk")


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def sent(task: Task, **said: Any) -> dict[str, Any]:
    after = task.proceeding.steps.latest("pk").pk
    return {"on": "2026-03-16", "after": after, "note": "", **said}


def test_the_office_has_a_plan_assigned_and_the_worker_does_it(plan: Plan, office: Member) -> None:
    client = client_of(office)
    address = f"/tasks/plans/{plan.uuid}"
    assert "下达其余任务（5 项）" in client.get(address).content.decode()
    answer = client.post(f"{address}/assign", follow=True)
    assert "正在下达任务" in answer.content.decode()
    assert not Task.objects.exists()
    tasks.assign(plan=plan.pk, member=office.pk)
    page = client.get(address).content.decode()
    assert "共 5 项：办理中 5" in page
    assert "下达其余任务" not in page
    answer = client.post(f"{address}/assign", follow=True)
    assert "没有可以下达的任务" in answer.content.decode()


def test_one_clause_is_assigned_with_a_day_and_its_source(plan: Plan, office: Member) -> None:
    clause = plan.clauses.earliest("order")
    client, address = client_of(office), f"/plans/{plan.uuid}/clauses/{clause.address}"
    assert "期限就是未设定" in client.get(address).content.decode()
    refused = client.post(f"/tasks{address}/assign", {"due_due": "2026-06-30", "source_due": ""})
    assert refused.status_code == 422
    assert "没有写明依据" in refused.content.decode()
    said = {"due_due": "2026-06-30", "source_due": "示打假办〔2026〕9号"}
    page = client.post(f"/tasks{address}/assign", said, follow=True).content.decode()
    assert "已下达 2 项任务" in page
    assert "6月30日" in page


def test_a_unit_finds_its_tasks_and_narrows_them(task: Task, market: Member) -> None:
    client = client_of(market)
    page = client.get("/tasks/").content.decode()
    assert page.count("未开始") == Task.objects.filter(organization=market.organization).count()
    assert "市公安局" not in page
    assert "没有符合条件的任务" in client.get("/tasks/?words=不存在的词").content.decode()
    assert task.proceeding.title in client.get("/tasks/?state=unset&role=lead").content.decode()
    assert client.get("/tasks/?after=x").status_code == 404


def test_progress_is_reported_with_a_file_and_a_matter(task: Task, market: Member) -> None:
    client = client_of(market)
    address = f"/tasks/{task.uuid}/progress"
    assert "佐证文件" in client.get(address).content.decode()
    file = SimpleUploadedFile("小结.txt", "检查十家（示例）".encode())
    unknown = client.post(address, sent(task, note="已检查十家", matters="没有这个编号"))
    assert unknown.status_code == 422
    assert "没有找到编号为 没有这个编号 的事项" in unknown.content.decode()
    other = SimpleUploadedFile("名单.txt", "十家名单（示例）".encode())
    said = sent(task, note="已检查十家", files=[file, other], matters=task.proceeding.number)
    page = client.post(address, said, follow=True).content.decode()
    assert "小结.txt" in page
    assert "名单.txt" in page
    assert "已检查十家" in page
    assert task.evidence.count() == 3


def test_a_result_without_evidence_is_refused_and_keeps_what_was_written(
    task: Task, market: Member
) -> None:
    client, address = client_of(market), f"/tasks/{task.uuid}/report"
    refused = client.post(address, sent(task, result="检查了十家（示例）"))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "没有任何佐证" in page
    assert "检查了十家（示例）" in page
    said = sent(task, result="检查了十家（示例）", why_none="现场口头检查")
    page = client.post(address, said, follow=True).content.decode()
    assert "没有佐证：现场口头检查" in page
    assert "已报结果" in page


def test_a_unit_divides_its_task_and_names_who_answers(task: Task, market: Member) -> None:
    client = client_of(market)
    said = {
        "title": "检查网店（示例）", "organization": market.organization.pk,
        "owner": str(market.uuid), "due_due": "", "source_due": "",
    }  # fmt: skip
    page = client.post(f"/tasks/{task.uuid}/divide", said, follow=True).content.decode()
    assert "已分解出一项任务" in page
    assert "上级任务" in page
    assert "检查网店（示例）" in client.get(f"/proceedings/{task.uuid}").content.decode()
    answer = client.post(f"/tasks/{task.uuid}/owner", {"owner": str(market.uuid)}, follow=True)
    assert "已写明责任人" in answer.content.decode()
    assert task.proceeding.title in client.get("/tasks/?mine=on").content.decode()


def test_a_member_of_a_clause_sees_who_shares_it_but_not_their_task(
    task: Task, plan: Plan
) -> None:
    police = factories.member(factories.organization("市公安局"), "handle")
    address = f"/plans/{plan.uuid}/clauses/{task.clause.address}"
    page = client_of(police).get(address).content.decode()
    assert "示例市市市场监管局" in page
    assert f"/proceedings/{task.uuid}" not in page
    assert client_of(police).get(f"/tasks/{task.uuid}/progress").status_code == 404


def test_the_board_needs_few_queries(task: Task, plan: Plan, office: Member) -> None:
    client = client_of(office)
    client.get(f"/tasks/plans/{plan.uuid}")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/tasks/plans/{plan.uuid}")
    assert len(queries) <= 25
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/proceedings/{task.uuid}")
    assert len(queries) <= 25


@pytest.mark.parametrize("duties", [(), ("handle",), ("import_plans", "handle"), ("approve",)])
def test_who_has_no_part_in_a_task_finds_none_of_its_doors(
    task: Task, plan: Plan, duties: tuple[str, ...]
) -> None:
    """Of the same city, of a district and of another city, whatever their posts may do."""
    for name, code in (
        ("市税务局", factories.CITY),
        ("青禾区市场监管局", factories.DISTRICT),
        ("他山市市场监管局", factories.OTHER_CITY),
    ):
        client = client_of(factories.member(factories.organization(name, code), *duties))
        for address in ("progress", "report", "go_on", "hand_over", "divide", "owner"):
            assert client.post(f"/tasks/{task.uuid}/{address}").status_code == 404
        for address in ("progress", "report", "divide"):
            assert client.get(f"/tasks/{task.uuid}/{address}").status_code == 404
        listed = client.get("/tasks/").content.decode()
        board = client.get(f"/tasks/plans/{plan.uuid}")
        for page in (listed, board.content.decode()):
            assert task.proceeding.number not in page
            assert str(task.uuid) not in page
        sent_on = client.post(f"/tasks/plans/{plan.uuid}/assign", follow=True)
        assert "正在下达任务" not in sent_on.content.decode()
        clause = f"/tasks/plans/{plan.uuid}/clauses/{task.clause.address}/assign"
        assert client.post(clause, {}).status_code in {404, 422}
    assert task.proceeding.steps.count() == 1
    assert Task.objects.count() == 5
