"""A hand-off is seen and moved through one door, whichever page or program asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.mechanisms.handoffs.letters import LETTERS
from zhengpin.mechanisms.decisions import services as decisions
from zhengpin.mechanisms.handoffs import services
from zhengpin.mechanisms.handoffs.addressing import Addressee
from zhengpin.mechanisms.handoffs.letter import Letter
from zhengpin.mechanisms.proceedings import errors, queries
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.handoffs.models import Handoff

pytestmark = pytest.mark.django_db
NOW, DAY = factories.NOW, date(2026, 3, 2)
SAID = Particulars(DAY)


@pytest.fixture
def clerk() -> Member:
    return factories.member(factories.organization("市市场监管局"), "handle")


@pytest.fixture
def chief(clerk: Member) -> Member:
    return factories.member(clerk.organization, "handle", "approve")


@pytest.fixture
def tax() -> Member:
    return factories.member(factories.organization("市税务局"), "handle")


@pytest.fixture
def copied() -> Member:
    return factories.member(factories.organization("市公安局"), "handle")


@pytest.fixture
def handoff(clerk: Member, tax: Member, copied: Member) -> Handoff:
    letter = Letter(
        "涉税线索（示例）", "示例协议", LETTERS["tax_lead"][0], copies=[copied.organization]
    )
    return services.draft(
        kind_code="tax_lead", letter=letter, to=Addressee(tax.organization, "测试"),
        member=clerk, said=SAID, now=NOW,
    )  # fmt: skip


def plain(handoff: Handoff, move_code: str, member: Member, note: str = "") -> None:
    engine.make_move(
        proceeding=handoff.proceeding, move_code=move_code, member=member,
        said=Particulars(DAY, note=note), now=NOW,
    )  # fmt: skip


def sees(member: Member, handoff: Handoff) -> bool:
    return queries.proceedings_for(member).filter(pk=handoff.proceeding_id).exists()


class TestBeforeItIsSent:
    def test_neither_receiver_nor_copy_sees_the_matter(
        self, handoff: Handoff, clerk: Member, tax: Member, copied: Member
    ) -> None:
        assert sees(clerk, handoff)
        assert not sees(tax, handoff)
        assert not sees(copied, handoff)

    def test_nor_does_a_coordinator_but_an_overseer_does(self, handoff: Handoff) -> None:
        office = factories.organization("市双打办")
        assert not sees(factories.member(office, "coordinate"), handoff)
        assert sees(factories.member(factories.organization("市检察院"), "oversee"), handoff)

    def test_nor_once_it_was_dropped(self, handoff: Handoff, clerk: Member, tax: Member) -> None:
        plain(handoff, "drop", clerk)
        assert not sees(tax, handoff)


class TestWhatWasSaidInside:
    def test_the_receiver_does_not_read_the_notes_of_approval(
        self, handoff: Handoff, clerk: Member, chief: Member, tax: Member
    ) -> None:
        plain(handoff, "submit", clerk)
        plain(handoff, "turn_down", chief, "数额再核一遍")
        plain(handoff, "submit", clerk)
        services.send(handoff=handoff, member=chief, said=SAID, now=NOW)
        read = queries.steps_for(tax, handoff.proceeding)
        assert [one.move_code for one in read] == ["approve"]
        ours = queries.steps_for(clerk, handoff.proceeding)
        assert [one.move_code for one in ours] == [
            "draft", "submit", "turn_down", "submit", "approve",
        ]  # fmt: skip

    def test_whoever_refused_reads_on_no_further(
        self, handoff: Handoff, clerk: Member, chief: Member, tax: Member
    ) -> None:
        plain(handoff, "submit", clerk)
        services.send(handoff=handoff, member=chief, said=SAID, now=NOW)
        services.refuse(handoff=handoff, member=tax, said=Particulars(DAY, note="缺证据"), now=NOW)
        plain(handoff, "withdraw", clerk, "另案处理")
        read = queries.steps_for(tax, handoff.proceeding)
        assert [one.move_code for one in read] == ["approve", "refuse"]


class TestTheEngineItself:
    @pytest.mark.parametrize("move_code", ["approve", "accept"])
    def test_takes_no_step_that_carries_more_than_its_particulars(
        self, handoff: Handoff, clerk: Member, chief: Member, tax: Member, move_code: str
    ) -> None:
        plain(handoff, "submit", clerk)
        mover = chief
        if move_code == "accept":
            services.send(handoff=handoff, member=chief, said=SAID, now=NOW)
            mover = tax
        with pytest.raises(errors.MoveCarriesMore):
            engine.make_move(
                proceeding=handoff.proceeding, move_code=move_code, member=mover, said=SAID,
                now=NOW,
            )  # fmt: skip

    def test_begins_no_vote_before_everybody_declared(self, clerk: Member, chief: Member) -> None:
        decision = decisions.ask(
            question="是否同意（示例）", panel=[chief], member=clerk, said=SAID, now=NOW
        )
        with pytest.raises(errors.MoveCarriesMore):
            engine.make_move(
                proceeding=decision.proceeding, move_code="begin", member=clerk, said=SAID,
                now=NOW,
            )  # fmt: skip
