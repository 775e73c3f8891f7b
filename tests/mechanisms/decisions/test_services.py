from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import factories
from zhengpin.base.access import subjects
from zhengpin.base.ledger.models import Entry
from zhengpin.base.notices.models import Notice
from zhengpin.kernel.lawdata import RuleNotInForce, RuleUnknown
from zhengpin.mechanisms.decisions import errors, queries, services
from zhengpin.mechanisms.decisions.models import Decision, Panelist
from zhengpin.mechanisms.proceedings import queries as proceedings
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

    def test_refuses_somebody_of_another_city(self, clerk: Member) -> None:
        elsewhere = factories.organization("市公安局", factories.OTHER_CITY)
        with pytest.raises(errors.PanelistOutOfReach):
            asked(clerk, [factories.member(elsewhere, "approve")])

    def test_refuses_whoever_handled_the_matter(self, clerk: Member, panel: list[Member]) -> None:
        handler = factories.member(clerk.organization, "approve", "handle")
        matter = asked(handler, panel[:1]).proceeding
        with pytest.raises(errors.PanelistConflicted):
            asked(clerk, [handler], about=matter)

    def test_refuses_a_matter_that_another_organization_holds(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        other = factories.member(factories.organization("市公安局"), "handle")
        matter = asked(other, panel[:1]).proceeding
        with pytest.raises(errors.NotYourMatter):
            asked(clerk, panel, about=matter)

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
            voted(decision, **{"for": panel[0]})
        fresh = factories.member(clerk.organization, "approve")
        services.replace(decision=decision, panelist=conflicted, by=fresh, member=clerk, now=NOW)
        declared(decision, fresh)
        assert [one.member for one in queries.panel_of(decision)] == [*panel[:2], fresh]
        assert decision.panelists.filter(is_replaced=True).get().conflict == "当事人是近亲属"
        with pytest.raises(errors.NotOnPanel):
            voted(decision, **{"for": panel[2]})

    def test_is_replaced_by_the_applicant_alone(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel[:1])
        conflicted = services.declare(
            decision=decision, has_conflict=True, reasons="近亲属", member=panel[0], now=NOW
        )
        for refusal, by, member in (
            (errors.NotTheApplicant, panel[1], panel[1]),
            (errors.PanelistTwice, panel[0], clerk),
            (errors.PanelistWithoutDuty, factories.member(clerk.organization, "handle"), clerk),
        ):
            with pytest.raises(refusal):
                services.replace(
                    decision=decision, panelist=conflicted, by=by, member=member, now=NOW
                )
        services.replace(
            decision=decision, panelist=conflicted, by=panel[1], member=clerk, now=NOW
        )
        with pytest.raises(errors.NothingToReplace):
            services.replace(
                decision=decision, panelist=conflicted, by=panel[2], member=clerk, now=NOW
            )

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
        voted(decision, for_1=panel[0], against_1=panel[1])
        voted(decision, for_1=panel[2])
        decision.refresh_from_db()
        assert decision.outcome == Decision.Outcome.APPROVED
        assert [one.member for one in queries.dissent_of(decision)] == [panel[1]]
        assert decision.appeal.startswith("《行政复议法》")
        served = Particulars(factories.NOW.date())
        engine.make_move(
            proceeding=decision.proceeding, move_code="serve", member=clerk, said=served, now=NOW
        )
        decision.proceeding.refresh_from_db()
        assert decision.proceeding.closed_on == served.on
        acts = Entry.objects.filter(subject=str(decision.uuid)).exclude(action="notices.send")
        assert [one.action for one in acts.order_by("pk")] == [
            "decision.ask",
            *["decisions.declare"] * 2, "decision.begin",
            *["decisions.vote"] * 2, "decision.decide",
            "decision.serve",
        ]  # fmt: skip

    def test_one_approver_is_a_panel_of_one(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel[:1])
        declared(decision, panel[0])
        voted(decision, against=panel[0])
        decision.refresh_from_db()
        assert decision.outcome == Decision.Outcome.REFUSED

    def test_is_cast_once_and_with_reasons(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel[:1])
        with pytest.raises(errors.NotVotingYet):
            voted(decision, against=panel[0])
        declared(decision, panel[0])
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


class TestSight:
    def test_strangers_do_not_see_a_decision(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel)
        other = factories.member(factories.organization("市公安局"), "approve")
        assert decision not in queries.decisions_for(other)
        assert decision in queries.decisions_for(clerk)

    def test_whoever_is_asked_from_elsewhere_sees_it_but_not_the_matter_it_is_about(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        matter = asked(clerk, panel).proceeding
        elsewhere = factories.member(factories.organization("市公安局"), "approve")
        decision = asked(clerk, [elsewhere], about=matter)
        seen = proceedings.proceedings_for(elsewhere)
        assert decision.proceeding in seen
        assert matter not in seen

    def test_whoever_was_replaced_reads_on_no_further(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        elsewhere = factories.member(factories.organization("市公安局"), "approve")
        decision = asked(clerk, [elsewhere])
        conflicted = services.declare(
            decision=decision, has_conflict=True, reasons="近亲属", member=elsewhere, now=NOW
        )
        services.replace(
            decision=decision, panelist=conflicted, by=panel[0], member=clerk, now=NOW
        )
        declared(decision, panel[0])
        voted(decision, against=panel[0])
        decision.refresh_from_db()
        read = proceedings.steps_for(elsewhere, decision.proceeding)
        assert [one.move_code for one in read] == ["ask"]
        assert not queries.may_read_votes(elsewhere, decision)
        assert not queries.outcomes_for(elsewhere, [decision])

    def test_votes_are_nobodys_before_the_outcome_is_fixed(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        overseer = factories.member(factories.organization("市检察院"), "oversee")
        decision = asked(clerk, panel)
        declared(decision, *panel)
        voted(decision, for_1=panel[0], against_1=panel[1])
        assert not any(queries.may_read_votes(one, decision) for one in (clerk, *panel))
        assert queries.may_read_votes(overseer, decision)
        voted(decision, for_1=panel[2])
        decision.refresh_from_db()
        assert all(queries.may_read_votes(one, decision) for one in (clerk, *panel))

    def test_the_ledger_tells_no_vote_before_the_outcome_is_fixed(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        decision = asked(clerk, panel)
        declared(decision, *panel)
        voted(decision, for_1=panel[0])
        read = subjects.entries_for(clerk, str(decision.uuid))
        assert not read.filter(action="decisions.vote").exists()
        voted(decision, for_1=panel[1], against=panel[2])
        read = subjects.entries_for(clerk, str(decision.uuid))
        assert read.filter(action="decisions.vote").count() == 2


class TestNotices:
    def test_the_panel_is_told_to_declare_and_to_vote_and_all_of_the_outcome(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        decision = asked(clerk, panel)
        declared(decision, *panel)
        voted(decision, for_1=panel[0], against_1=panel[1], for_2=panel[2])
        assert told(panel[0]) == ["decision_asked", "decision_voting", "decision_decided"]
        assert told(clerk) == ["matter_turn", "decision_decided"]
        colleague = factories.member(panel[0].organization, "approve")
        assert told(colleague) == []

    def test_a_conflict_is_told_to_the_applicant_and_the_question_to_the_replacement(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        decision = asked(clerk, panel[:1])
        conflicted = services.declare(
            decision=decision, has_conflict=True, reasons="近亲属", member=panel[0], now=NOW
        )
        assert told(clerk) == ["decision_recused"]
        services.replace(
            decision=decision, panelist=conflicted, by=panel[1], member=clerk, now=NOW
        )
        assert told(panel[1]) == ["decision_asked"]


class TestWaiting:
    def test_is_for_whoever_owes_the_next_act(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel[:1])
        assert waits(decision, clerk, *panel) == [panel[0]]
        conflicted = services.declare(
            decision=decision, has_conflict=True, reasons="近亲属", member=panel[0], now=NOW
        )
        assert waits(decision, clerk, *panel) == [clerk]
        services.replace(
            decision=decision, panelist=conflicted, by=panel[1], member=clerk, now=NOW
        )
        assert waits(decision, clerk, *panel) == [panel[1]]
        declared(decision, panel[1])
        assert waits(decision, clerk, *panel) == [panel[1]]
        voted(decision, against=panel[1])
        assert waits(decision, clerk, *panel) == [clerk]

    def test_ends_when_the_question_is_withdrawn(self, clerk: Member, panel: list[Member]) -> None:
        decision = asked(clerk, panel[:1])
        said = Particulars(DAY, note="不再需要")
        engine.make_move(
            proceeding=decision.proceeding, move_code="withdraw", member=clerk, said=said, now=NOW
        )
        assert waits(decision, clerk, *panel) == []
        with pytest.raises(errors.DeclaringOver):
            declared(decision, panel[0])


class TestCandidates:
    def test_are_those_who_approve_near_the_applicant_their_own_first(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        both = factories.member(clerk.organization, "approve", "handle")
        beside = factories.member(factories.organization("市公安局"), "approve")
        above = factories.member(
            factories.organization("省市场监管局", factories.PROVINCE), "approve"
        )
        factories.member(factories.organization("区公安局", factories.DISTRICT), "approve")
        factories.member(factories.organization("市公安局", factories.OTHER_CITY), "approve")
        found = list(queries.candidates_for(both, on=NOW.date()))
        assert set(found) == {*panel, beside, above}
        assert found[:3] == panel

    def test_are_found_by_name_post_or_organization(
        self, clerk: Member, panel: list[Member]
    ) -> None:
        beside = factories.member(factories.organization("市公安局"), "approve")
        found = queries.candidates_for(clerk, on=NOW.date())
        assert list(queries.named(found, f"公安 {beside.person.name}")) == [beside]
        assert panel[0] in queries.named(found, panel[0].post.title)


def told(member: Member) -> list[str]:
    notices = Notice.objects.filter(member=member).order_by("pk")
    return list(notices.values_list("kind_code", flat=True))


def waits(decision: Decision, *members: Member) -> list[Member]:
    return [one for one in members if decision in queries.waiting_for(one)]
