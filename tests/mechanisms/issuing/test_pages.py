from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from zhengpin.mechanisms.handoffs import services as handoffs
from zhengpin.mechanisms.handoffs.models import Handoff
from zhengpin.mechanisms.issuing import queries
from zhengpin.mechanisms.issuing.models import Issue
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Plan

pytestmark = pytest.mark.django_db
NOW = factories.NOW
SAID = Particulars(NOW.date())
TEXT = f"""示打假发〔2026〕1号

示例市打击侵犯知识产权和制售假冒伪劣商品工作领导小组
关于印发《2026年示例市打击侵犯知识产权和制售假冒伪劣商品工作要点》的通知

各区人民政府，市打击侵权假冒工作领导小组各成员单位，各大企业、事业单位：

现将《2026年示例市打击侵犯知识产权和制售假冒伪劣商品工作要点》印发给你们，请结合实际，认真贯彻落实。

2026年3月12日

（此件公开发布）

{factories.PLAN}"""


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def clerk() -> Member:
    return factories.member(factories.organization("市双打办"), "import_plans", "handle")


@pytest.fixture
def plan(clerk: Member) -> Plan:
    factories.city_units()
    factories.organization("青禾区政府", factories.DISTRICT)
    return factories.confirmed_plan(clerk, TEXT)


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def page(member: Member, address: str) -> str:
    return client_of(member).get(address).content.decode()


def keys(*short_names: str) -> list[str]:
    named = (factories.organization(one) for one in short_names)
    return [str(one.uuid) for one in named]


def said(**changed: Any) -> dict[str, Any]:
    district = factories.organization("青禾区政府", factories.DISTRICT)
    return {
        "number": "示打假发〔2026〕1号", "issued_on": "2026-03-12", "publicity": "此件公开发布",
        "asked": "请认真贯彻落实。", "due_receipt": "", "source_receipt": "",
        "line-0": [str(district.uuid)], "line-1": keys("市公安局", "市委宣传部"),
        "reason-2": "由市国资委转发", **changed,
    }  # fmt: skip


def test_the_page_of_a_confirmed_plan_leads_to_issuing(plan: Plan, clerk: Member) -> None:
    assert f"/plans/{plan.uuid}/issue" in page(clerk, f"/plans/{plan.uuid}")
    police = factories.member(factories.organization("市公安局"), "handle")
    assert f"/plans/{plan.uuid}/issue" not in page(police, f"/plans/{plan.uuid}")


def test_the_form_holds_what_the_plan_prints(plan: Plan, clerk: Member) -> None:
    shown = page(clerk, f"/plans/{plan.uuid}/issue")
    for words in (
        'value="示打假发〔2026〕1号"', 'value="2026-03-12"', 'value="此件公开发布"',
        "请结合实际，认真贯彻落实。", "青禾区的人民政府", "的责任单位",
        "企业、事业单位和社会组织没有名册",
    ):  # fmt: skip
        assert words in shown


def test_a_line_is_searched_without_saving_anything(plan: Plan, clerk: Member) -> None:
    factories.organization("市国资委", name="示例市国资委")
    answer = client_of(clerk).post(
        f"/plans/{plan.uuid}/issue", said(**{"find": "2", "words-2": "国资委", "number": "改过"})
    )
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "示例市国资委" in shown
    assert 'value="改过"' in shown
    assert not Handoff.objects.exists()


def test_an_undecided_line_is_named_and_what_was_filled_in_stays(
    plan: Plan, clerk: Member
) -> None:
    answer = client_of(clerk).post(
        f"/plans/{plan.uuid}/issue", said(**{"reason-2": "", "asked": "改过的要求"})
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "主送“各大企业、事业单位”还没有定下收件单位" in shown
    assert "改过的要求" in shown
    assert not Handoff.objects.exists()


def test_the_letters_are_drafted_and_lead_to_their_batch(plan: Plan, clerk: Member) -> None:
    answer = client_of(clerk).post(f"/plans/{plan.uuid}/issue", said())
    issue = Issue.objects.get()
    assert answer["Location"] == f"/handoffs/batches/{issue.batch}"
    assert "送审（3 件）" in page(clerk, answer["Location"])


def test_sent_twice_the_second_is_refused_and_nothing_is_doubled(
    plan: Plan, clerk: Member
) -> None:
    client = client_of(clerk)
    client.post(f"/plans/{plan.uuid}/issue", said())
    answer = client.post(f"/plans/{plan.uuid}/issue", said())
    assert answer.status_code == 422
    assert "已经印发" in answer.content.decode()
    assert Handoff.objects.count() == 3


def issued(plan: Plan, clerk: Member, **changed: Any) -> Issue:
    client_of(clerk).post(f"/plans/{plan.uuid}/issue", said(**changed))
    issue = Issue.objects.get(plan=plan)
    chief = factories.member(clerk.organization, "approve")
    for move, member in (("submit", clerk), ("approve", chief)):
        letters = list(queries.letters_of(issue))
        handoffs.take_together(handoffs=letters, move_code=move, member=member, said=SAID, now=NOW)
    return issue


def test_the_plan_says_who_has_signed_and_who_has_not(plan: Plan, clerk: Member) -> None:
    issue = issued(plan, clerk, due_receipt="2026-03-20", source_receipt="示双打函〔2026〕5号")
    police = factories.member(factories.organization("市公安局"), "handle")
    mine = queries.letters_of(issue).get(receiver=police.organization)
    assert "本单位还没有签收" in page(police, f"/plans/{plan.uuid}")
    handoffs.accept(handoff=mine, member=police, said=SAID, now=NOW)
    shown = page(police, f"/plans/{plan.uuid}")
    assert "本单位已于2026年3月16日签收" in shown
    assert "还没有签收的单位" not in shown
    with time_machine.travel("2026-03-25T02:00:00Z", tick=False):
        shown = page(clerk, f"/plans/{plan.uuid}")
    assert "3 个单位中，1 个已签收" in shown
    assert "2 个逾期未签收" in shown
    assert f"/handoffs/batches/{issue.batch}" in shown


def test_a_letter_leads_to_its_plan(plan: Plan, clerk: Member) -> None:
    issue = issued(plan, clerk)
    police = factories.member(factories.organization("市公安局"), "handle")
    letter = queries.letters_of(issue).get(receiver=police.organization)
    shown = page(police, f"/proceedings/{letter.proceeding.uuid}")
    assert f'href="/plans/{plan.uuid}"' in shown
    assert "签收之后才能看到全部内容" not in shown
    assert "/pass-on" not in shown


def test_the_kind_is_not_offered_as_a_letter_of_its_own(clerk: Member) -> None:
    assert "印发计划" not in page(clerk, "/handoffs/new")
    assert client_of(clerk).get("/handoffs/new/plan_issue").status_code == 404


def test_whoever_signed_passes_it_on_below(plan: Plan, clerk: Member) -> None:
    issue = issued(plan, clerk)
    district = factories.organization("青禾区政府", factories.DISTRICT)
    market = factories.organization("青禾区市场监管局", factories.DISTRICT)
    government = factories.member(district, "handle")
    letter = queries.letters_of(issue).get(receiver=district)
    address = f"/handoffs/{letter.uuid}/pass-on"
    receivers = {"region": factories.DISTRICT, "receivers": [market.pk]}
    assert client_of(government).post(address, receivers).status_code == 422
    handoffs.accept(handoff=letter, member=government, said=SAID, now=NOW)
    shown = page(government, address)
    assert market.name in shown
    assert "示例市市公安局" not in shown
    assert client_of(government).post(address, {}).status_code == 422
    assert client_of(government).post(address, receivers).status_code == 302
    further = Handoff.objects.get(passed_from=letter)
    assert (further.sender, further.receiver) == (district, market)
    assert market.name in page(government, f"/plans/{plan.uuid}")


def test_a_plan_in_review_says_nothing_of_issuing(clerk: Member) -> None:
    factories.city_units()
    made = factories.plan(clerk)
    assert "印发与签收" not in page(clerk, f"/plans/{made.uuid}")


def test_the_page_asks_no_more_for_many_addressees_than_for_few(plan: Plan, clerk: Member) -> None:
    more = [f"市{one}局" for one in ("财政", "商务", "教育", "司法", "林业", "邮政管理")]
    issued(plan, clerk)
    few = asked(clerk, f"/plans/{plan.uuid}")
    assert few <= 25
    second = factories.confirmed_plan(
        clerk, TEXT.replace("1号", "2号").replace("2026年", "2025年")
    )
    issued(second, clerk, number="示打假发〔2026〕2号", **{"line-1": keys("市公安局", *more)})
    assert asked(clerk, f"/plans/{second.uuid}") == few


def asked(member: Member, address: str) -> int:
    client = client_of(member)
    client.get(address)
    with CaptureQueriesContext(connection) as queries_made:
        assert client.get(address).status_code == 200
    return len(queries_made)
