from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client

from tests import factories
from tests.mechanisms.handoffs.letters import LETTERS
from zhengpin.mechanisms.handoffs.models import Handoff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def clerk() -> Member:
    return factories.member(factories.organization("市市场监管局"), "handle")


@pytest.fixture
def tax() -> Member:
    return factories.member(factories.organization("市税务局"), "handle")


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def letter(to: Member, **changed: str) -> dict[str, Any]:
    content = {f"content-{name}": str(value) for name, value in LETTERS["tax_lead"][0].items()}
    return {
        "region": factories.CITY, "receivers": [to.organization.pk],
        "title": "账外销售线索（示例）", "ground": "示例协议第二条", **content, **changed,
    }  # fmt: skip


def step(client: Client, handoff: Handoff, move: str, **said: str) -> Any:
    after = str(handoff.proceeding.steps.order_by("-pk")[0].pk)
    posted = {"on": "2026-03-16", "after": after, "note": "", **said}
    declared = handoff.kind.procedure.move(move)
    assert declared is not None
    if declared.carries:
        return client.post(f"/handoffs/{handoff.uuid}/{move}", posted)
    return client.post(f"{matter(handoff)}/moves/{move}", posted)


def matter(handoff: Handoff) -> str:
    """Return the address of the page of a hand-off's matter."""
    return f"/proceedings/{handoff.proceeding.uuid}"


def drafted(clerk: Member, tax: Member) -> Handoff:
    client_of(clerk).post("/handoffs/new/tax_lead", letter(tax))
    return Handoff.objects.get()


def sent(clerk: Member, tax: Member) -> Handoff:
    handoff = drafted(clerk, tax)
    chief = factories.member(clerk.organization, "approve")
    step(client_of(clerk), handoff, "submit")
    step(client_of(chief), handoff, "approve")
    return handoff


def test_only_kinds_of_ones_own_competence_are_offered(clerk: Member, tax: Member) -> None:
    assert "涉税案件线索移交" in client_of(clerk).get("/handoffs/new").content.decode()
    assert "涉税案件线索移交" not in client_of(tax).get("/handoffs/new").content.decode()


def test_the_receiver_is_found_and_the_sender_sees_why(clerk: Member, tax: Member) -> None:
    page = client_of(clerk).get("/handoffs/new/tax_lead").content.decode()
    assert tax.organization.name in page
    assert "示例市（990100）在 2026-03-16 主管税务的单位" in page


def test_a_draft_is_kept_and_shown(clerk: Member, tax: Member) -> None:
    answer = client_of(clerk).post("/handoffs/new/tax_lead", letter(tax), follow=True)
    page = answer.content.decode()
    assert "账外销售线索（示例）" in page
    assert "送审" in page
    assert "市市场监管局税移〔2026〕1号" in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ground": ""}, "没有写明依据"),
        ({"content-taxpayer": ""}, "这个字段是必填项"),
        ({"content-credit_code": "123"}, "统一社会信用代码填写有误"),
        ({"due_answer": "2026-03-20", "source_answer": ""}, None),
    ],
)
def test_what_is_refused_stays_on_the_page(
    clerk: Member, tax: Member, changed: dict[str, str], sentence: str | None
) -> None:
    answer = client_of(clerk).post("/handoffs/new/tax_lead", letter(tax, **changed))
    if sentence is None:
        assert answer.status_code == 302
        return
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "账外销售线索（示例）" in page
    assert not Handoff.objects.exists()


def test_the_receiver_reads_an_outline_until_it_signs(clerk: Member, tax: Member) -> None:
    handoff = sent(clerk, tax)
    client = client_of(tax)
    page = client.get(matter(handoff)).content.decode()
    assert "账外销售假冒配件（示例）" in page
    assert "示例商行（虚构）" not in page
    step(client, handoff, "accept")
    page = client.get(matter(handoff)).content.decode()
    assert "示例商行（虚构）" in page
    assert "未设定" in page


def test_an_answer_comes_back_to_its_sender(clerk: Member, tax: Member) -> None:
    handoff = sent(clerk, tax)
    client = client_of(tax)
    step(client, handoff, "accept")
    reply = {
        "content-is_opened": "True",
        "content-reasons": "属实",
        "content-recovered": "96000.50",
    }
    assert step(client, handoff, "answer", **reply).status_code == 302
    page = client_of(clerk).get(matter(handoff)).content.decode()
    assert "96,000.50" in page
    assert "承办：市市场监管局" in page


def test_who_moved_first_wins_and_the_other_is_told(clerk: Member, tax: Member) -> None:
    handoff = sent(clerk, tax)
    colleague = factories.member(tax.organization, "handle")
    after = str(handoff.proceeding.steps.order_by("-pk")[0].pk)
    step(client_of(tax), handoff, "accept")
    posted = {"on": "2026-03-16", "after": after, "note": ""}
    answer = client_of(colleague).post(f"/handoffs/{handoff.uuid}/accept", posted)
    assert answer.status_code == 422
    assert "事项已由他人办理了一步" in answer.content.decode()


def test_others_do_not_find_it(clerk: Member, tax: Member) -> None:
    handoff = sent(clerk, tax)
    other = client_of(factories.member(factories.organization("市知识产权局"), "handle"))
    assert other.get(matter(handoff)).status_code == 404
    assert step(other, handoff, "accept").status_code == 404
    assert "账外销售线索" not in other.get("/handoffs/").content.decode()
    assert "账外销售线索" in client_of(tax).get("/handoffs/").content.decode()


def test_a_draft_is_not_seen_by_its_receiver(clerk: Member, tax: Member) -> None:
    handoff = drafted(clerk, tax)
    assert client_of(tax).get(matter(handoff)).status_code == 404


def test_markup_in_a_field_is_shown_as_text(clerk: Member, tax: Member) -> None:
    client = client_of(clerk)
    title = "<script>alert(1)</script>"
    client.post("/handoffs/new/tax_lead", letter(tax, title=title))
    page = client.get(matter(Handoff.objects.get())).content.decode()
    assert title not in page
    assert "&lt;script&gt;" in page


def test_pairs_show_who_left_whom_without_an_answer(clerk: Member, tax: Member) -> None:
    sent(clerk, tax)
    page = client_of(clerk).get("/handoffs/pairs?kind=tax_lead").content.decode()
    assert "市税务局" in page
    assert client_of(clerk).get("/handoffs/pairs?kind=nothing&first=x").status_code == 200


def test_a_step_that_carries_more_is_not_offered_nor_taken_by_the_plain_form(
    clerk: Member, tax: Member
) -> None:
    handoff = sent(clerk, tax)
    client = client_of(tax)
    page = client.get(matter(handoff)).content.decode()
    assert f"/handoffs/{handoff.uuid}/accept" in page
    assert 'id="move-accept"' not in page
    assert "没有轮到您办理的步骤" not in page
    after = str(handoff.proceeding.steps.order_by("-pk")[0].pk)
    posted = {"on": "2026-03-16", "after": after, "note": ""}
    answer = client.post(f"{matter(handoff)}/moves/accept", posted)
    assert answer.status_code == 422
    assert "它自己的表单" in answer.content.decode()
    assert not handoff.deliveries.filter(accepted_by__isnull=False).exists()


def test_what_lies_off_the_usual_way_is_shown_once_the_matter_was_there(
    clerk: Member, tax: Member
) -> None:
    handoff = sent(clerk, tax)
    client = client_of(tax)
    page = client.get(matter(handoff)).content.decode()
    assert "办结" in page
    assert "被拒收" not in page
    assert "待审批" not in page, "how the sender came to it is the sender's own affair"
    step(client, handoff, "refuse", note="不属本局管辖")
    page = client_of(clerk).get(matter(handoff)).content.decode()
    assert "被拒收" in page
    assert "已撤回" not in page


def test_the_days_a_sender_may_fix_are_asked_by_the_name_of_their_clock(
    clerk: Member,
) -> None:
    page = client_of(clerk).get("/handoffs/new/tax_lead").content.decode()
    for words in ("签收期限的最后一日", "签收期限的依据", "答复期限的最后一日"):
        assert words in page


def test_a_letter_may_refer_to_a_matter_and_go_to_others_in_copy(
    clerk: Member, tax: Member
) -> None:
    earlier = sent(clerk, tax)
    police = factories.organization("市公安局")
    said = letter(tax, refers_to=str(earlier.proceeding.uuid), copies=str(police.pk))
    answer = client_of(clerk).post("/handoffs/new/tax_lead", said)
    assert answer.status_code == 302
    page = client_of(clerk).get(answer["Location"]).content.decode()
    assert f"<dd>{earlier.proceeding.number}</dd>" in page
    assert f"<dd>{police.short_name}</dd>" in page


def test_copies_are_not_offered_to_oneself(clerk: Member) -> None:
    police = factories.organization("市公安局")
    page = client_of(clerk).get("/handoffs/new/tax_lead").content.decode()
    assert f'name="copies" value="{police.pk}"' in page
    assert f'name="copies" value="{clerk.organization.pk}"' not in page


def test_who_refused_reads_nothing_of_what_came_later(clerk: Member, tax: Member) -> None:
    handoff = sent(clerk, tax)
    other = factories.member(
        factories.organization("市税务稽查局", functions=["tax"], name="示例市税务稽查局"),
        "handle",
    )
    step(client_of(tax), handoff, "refuse", note="不属本局管辖")
    step(client_of(clerk), handoff, "resend", receiver=str(other.organization.pk))
    step(client_of(other), handoff, "accept")
    address = matter(handoff)
    page = client_of(tax).get(address).content.decode()
    assert "不再参与，以下是当时的情况" in page
    assert "不属本局管辖" in page
    assert "税务稽查局" not in page
    assert "计算中" not in page
    assert "税务稽查局" in client_of(clerk).get(address).content.decode()
    listed = client_of(tax).get("/handoffs/").content.decode()
    assert "已不再参与" in listed
    assert "税务稽查局" not in listed


def test_the_worklist_offers_what_leads_on_and_no_withdrawal(clerk: Member, tax: Member) -> None:
    handoff = drafted(clerk, tax)
    chief = factories.member(clerk.organization, "approve")
    step(client_of(clerk), handoff, "submit")
    step(client_of(chief), handoff, "approve", due_answer="2026-03-31", source_answer="示例函")
    awaited = client_of(clerk).get("/worklist/?side=others").content.decode()
    assert matter(handoff) in awaited
    assert "#move-withdraw" not in awaited
    assert "#move-accept" in client_of(tax).get("/worklist/").content.decode()
