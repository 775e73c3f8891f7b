"""The page of hand-offs that were drafted together, and the steps taken for all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client

from tests import factories
from tests.mechanisms.handoffs.letters import LETTERS
from zhengpin.base.ledger.models import Entry
from zhengpin.mechanisms.handoffs import services
from zhengpin.mechanisms.handoffs.models import Handoff
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)
UNITS = ("市公安局", "市知识产权局", "市税务局")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def clerk() -> Member:
    return factories.member(factories.organization("市双打办"), "handle")


@pytest.fixture
def chief(clerk: Member) -> Member:
    return factories.member(clerk.organization, "handle", "approve")


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def drafted(clerk: Member) -> str:
    """Draft a circular to three units from the page; return the address of the batch."""
    content = {f"content-{name}": str(value) for name, value in LETTERS["circular"][0].items()}
    units = [factories.organization(one).pk for one in UNITS]
    said = {
        "region": factories.CITY, "receivers": units, "title": "一季度通报（示例）",
        "ground": "示例方案第三条", "due_answer": "2026-03-31",
        "source_answer": "示双打〔2026〕5号", **content,
    }  # fmt: skip
    return client_of(clerk).post("/handoffs/new/circular", said)["Location"]


def take(member: Member, address: str, move: str, **more: Any) -> Any:
    said = {"move": move, "on": "2026-03-16", "note": "", **more}
    return client_of(member).post(address, said)


def test_a_letter_to_several_units_leads_to_the_page_of_all(clerk: Member) -> None:
    address = drafted(clerk)
    page = client_of(clerk).get(address).content.decode()
    for unit in UNITS:
        assert f"示例市{unit}" in page
    assert "送审（3 件）" in page
    assert "审批发出（" not in page


def test_all_are_put_up_and_approved_in_one_step_each(clerk: Member, chief: Member) -> None:
    address = drafted(clerk)
    assert take(clerk, address, "submit").status_code == 302
    page = client_of(chief).get(address).content.decode()
    assert "审批发出（3 件）" in page
    assert 'value="2026-03-31"' in page
    fixed = {"due_answer": "2026-03-31", "source_answer": "示双打〔2026〕5号"}
    assert take(chief, address, "approve", **fixed).status_code == 302
    for one in Handoff.objects.all():
        assert one.proceeding.stage == "sent"
        assert one.proceeding.due_days.filter(clock_code="answer").exists()
        assert one.deliveries.get().sent_by is not None
    assert Entry.objects.filter(action="circular.approve").count() == 3


def test_all_are_refused_or_none(clerk: Member) -> None:
    """The drafter does not approve their own letters: of none of them."""
    both = factories.member(clerk.organization, "handle", "approve")
    address = drafted(both)
    take(both, address, "submit")
    answer = take(both, address, "approve")
    assert answer.status_code == 422
    assert "什么都没有保存，一件也没有" in answer.content.decode()
    assert set(Handoff.objects.values_list("proceeding__stage", flat=True)) == {"submitted"}


def test_those_that_went_on_alone_are_left_out(clerk: Member, chief: Member) -> None:
    address = drafted(clerk)
    one = Handoff.objects.earliest("pk")
    services.take_together(
        handoffs=[one], move_code="submit", member=clerk, said=Particulars(NOW.date()), now=NOW
    )
    page = client_of(clerk).get(address).content.decode()
    assert "送审（2 件）" in page


def test_a_step_nobody_waits_for_is_refused_with_a_sentence(clerk: Member) -> None:
    address = drafted(clerk)
    answer = take(clerk, address, "approve")
    assert answer.status_code == 422
    assert "请刷新页面" in answer.content.decode()


def test_a_receiver_sees_its_own_of_a_batch_once_it_was_sent(clerk: Member, chief: Member) -> None:
    police = factories.member(factories.organization("市公安局"), "handle")
    address = drafted(clerk)
    assert client_of(police).get(address).status_code == 404
    assert take(clerk, address, "submit").status_code == 302
    assert take(chief, address, "approve").status_code == 302
    page = client_of(police).get(address).content.decode()
    assert "示例市市公安局" in page
    assert "示例市市税务局" not in page
    assert "together-" not in page


def test_a_letter_to_one_unit_is_no_batch(clerk: Member) -> None:
    content = {f"content-{name}": str(value) for name, value in LETTERS["circular"][0].items()}
    said = {
        "region": factories.CITY, "receivers": [factories.organization(UNITS[0]).pk],
        "title": "一季度通报（示例）", "ground": "示例方案第三条", **content,
    }  # fmt: skip
    answer = client_of(clerk).post("/handoffs/new/circular", said)
    assert answer["Location"].startswith("/proceedings/")
    assert Handoff.objects.get().batch is None
