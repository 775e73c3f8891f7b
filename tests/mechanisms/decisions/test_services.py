from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import factories
from zhengpin.base.ledger.models import Entry
from zhengpin.kernel.lawdata import RuleNotInForce, RuleUnknown
from zhengpin.mechanisms.decisions import errors, queries, services
from zhengpin.mechanisms.decisions.models import Decision, Panelist
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.models import Proceeding
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db
NOW, DAY = factories.NOW, date(2026, 3, 2)
SAID = Particulars(DAY)


@pytest.fixture
def clerk() -> Member:
    return factories.member(factories.organization("市市场监管局"), "handle")


@pytest.fixture
def panel(clerk: Member) -> list[Member]:
    return [factories.member(clerk.organization, "approve") for _ in range(3)]


def asked(clerk: Member, panel: list[Member], **rest: object) -> Decision:
    return services.ask(
        question="是否同意延长（示例）", panel=panel, member=clerk, said=SAID, now=NOW,
        **rest,  # type: ignore[arg-type]
    )  # fmt: skip


def declared(decision: Decision, *members: Member) -> None:
    for one in members:
        services.declare(decision=decision, has_conflict=False, reasons="", member=one, now=NOW)


def voted(decision: Decision, **votes: Member) -> None:
    for choice, one in votes.items():
        services.vote(
            decision=decision, vote=choice.split("_", maxsplit=1)[0], reasons="见卷（示例）",
            member=one, now=NOW,
        )  # fmt: skip


class TestAsk:
    def test_refuses_an_even_panel(self, clerk: Member, panel: list[Member]) -> None:
        with pytest.raises(errors.PanelEven):
            asked(clerk, panel[:2])
        assert not Proceeding.objects.exists()

    def test_refuses_nobody(self, clerk: Member) -> None:
        with pytest.raises(errors.PanelEmpty):
            asked(clerk, [])

    def test_refuses_one_person_twice(self, clerk: Member, panel: list[Member]) -> None:
        with pytest.raises(errors.PanelistTwice):
            asked(clerk, [panel[0], panel[1], panel[0]])

    def test_refuses_the_applicant(self, clerk: Member, panel: list[Member]) -> None:
        both = factories.member(clerk.organization, "approve", "handle")
        with pytest.raises(errors.OwnApplication):
            asked(both, [both])

    def test_refuses_a_post_that_does_not_approve(self, clerk: Member) -> None:
        with pytest.raises(errors.PanelistWithoutDuty):
            asked(clerk, [factories.member(clerk.organization, "handle")])

    def test_refuses_whoever_handled_the_matter(self, clerk: Member, panel: list[Member]) -> None:
        handler = factories.member(clerk.organization, "approve", "handle")
        matter = asked(handler, panel[:1]).proceeding
        with pytest.raises(errors.PanelistConflicted):
            asked(clerk, [handler], about=matter)

    @pytest.mark.parametrize(
        ("rule", "refusal"),
        [("no-such-rule", RuleUnknown), ("complaint121-accept", RuleNotInForce)],
    )
    def test_refuses_a_remedy_that_the_law_of_the_day_does_not_know(
        self, clerk: Member, panel: list[Member], rule: str, refusal: type[Exception]
    ) -> None:
        said = Particulars(date(2019, 12, 2))
        with pytest.raises(refusal):
            services.ask(
                question="旧事（示例）", panel=panel, member=clerk, said=said, now=NOW,
                appeal_rule=rule,
            )  # fmt: skip


class TestRecusal:
    def test_a_conflict_is_replaced_and_stays_on_record(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        decision = asked(clerk, panel)
        declared(decision, *panel[:2])
        conflicted = services.declare(
            decision=decision,
            has_conflict=True,
            reasons="当事人是近亲属",
            member=panel[2],
            now=NOW,
        )
        with pytest.raises(errors.NotVotingYet):
            services.begin(decision=decision, member=clerk, said=SAID, now=NOW)
        fresh = factories.member(clerk.organization, "approve")
        services.replace(decision=decision, panelist=conflicted, by=fresh, member=clerk, now=NOW)
        declared(decision, fresh)
        services.begin(decision=decision, member=clerk, said=SAID, now=NOW)
        assert [one.member for one in queries.panel_of(decision)] == [*panel[:2], fresh]
        assert decision.panelists.filter(is_replaced=True).get().conflict == "当事人是近亲属"
        with pytest.raises(errors.NotOnPanel):
            voted(decision, **{"for": panel[2]})

    def test_wants_reasons(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel[:1])
        with pytest.raises(errors.ConflictUnexplained):
            services.declare(
                decision=decision, has_conflict=True, reasons=" ", member=panel[0], now=NOW
            )

    def test_is_declared_once(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel[:1])
        declared(decision, panel[0])
        with pytest.raises(errors.DeclaredAlready):
            declared(decision, panel[0])


class TestVote:
    def test_the_majority_carries_and_the_dissent_keeps_its_reasons(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        decision = asked(clerk, panel, appeal_rule="recon-apply")
        declared(decision, *panel)
        services.begin(decision=decision, member=clerk, said=SAID, now=NOW)
        voted(decision, for_1=panel[0], against_1=panel[1])
        with pytest.raises(errors.NotVotingYet):
            services.decide(decision=decision, member=clerk, said=SAID, now=NOW)
        voted(decision, for_1=panel[2])
        services.decide(decision=decision, member=clerk, said=SAID, now=NOW)
        decision.refresh_from_db()
        assert decision.outcome == Decision.Outcome.APPROVED
        assert [one.member for one in queries.dissent_of(decision)] == [panel[1]]
        assert decision.appeal.startswith("《行政复议法》")
        engine.make_move(
            proceeding=decision.proceeding, move_code="serve", member=clerk, said=SAID, now=NOW
        )
        decision.proceeding.refresh_from_db()
        assert decision.proceeding.closed_on == DAY
        acts = Entry.objects.filter(subject=str(decision.proceeding.uuid))
        assert acts.count() == 1 + 3 + 1 + 3 + 1 + 1

    def test_one_approver_is_a_panel_of_one(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel[:1])
        declared(decision, panel[0])
        services.begin(decision=decision, member=clerk, said=SAID, now=NOW)
        voted(decision, against=panel[0])
        services.decide(decision=decision, member=clerk, said=SAID, now=NOW)
        decision.refresh_from_db()
        assert decision.outcome == Decision.Outcome.REFUSED

    def test_is_cast_once_and_with_reasons(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel[:1])
        declared(decision, panel[0])
        with pytest.raises(errors.NotVotingYet):
            voted(decision, against=panel[0])
        services.begin(decision=decision, member=clerk, said=SAID, now=NOW)
        with pytest.raises(errors.VoteUnexplained):
            services.vote(
                decision=decision, vote=Panelist.Vote.FOR, reasons="", member=panel[0], now=NOW
            )
        voted(decision, against=panel[0])
        with pytest.raises(errors.VotedAlready):
            voted(decision, against=panel[0])

    def test_is_for_the_panel_only(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel[:1])
        with pytest.raises(errors.NotOnPanel):
            declared(decision, clerk)


def test_strangers_do_not_see_a_decision(clerk: Member, panel: list[Member]) -> None:
    decision = asked(clerk, panel)
    other = factories.member(factories.organization("市公安局"), "approve")
    assert decision not in queries.decisions_for(other)
    assert decision in queries.decisions_for(clerk)
