from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests import factories
from zhengpin.base.access.errors import DutyMissing
from zhengpin.base.ledger.models import Entry
from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.handoffs import errors as handoff_errors
from zhengpin.mechanisms.handoffs import services as handoffs
from zhengpin.mechanisms.handoffs.addressing import Addressee
from zhengpin.mechanisms.handoffs.models import Handoff
from zhengpin.mechanisms.issuing import errors, queries, services
from zhengpin.mechanisms.issuing.models import AddresseeLine, Issue
from zhengpin.mechanisms.issuing.queries import State
from zhengpin.mechanisms.issuing.resolving import lines_of
from zhengpin.mechanisms.issuing.services import Decided, Notice
from zhengpin.mechanisms.plans.errors import NotHolder
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.errors import DomainError
    from zhengpin.mechanisms.plans.models import Plan

pytestmark = pytest.mark.django_db
NOW = factories.NOW
TODAY = NOW.date()
SAID = Particulars(TODAY)
LIMIT = Limit(date(2026, 3, 20), "示双打函〔2026〕5号")
NOTICE = Notice(
    "示打假发〔2026〕1号", date(2026, 3, 12), "请认真贯彻执行。", "此件公开发布", LIMIT
)


@pytest.fixture
def clerk() -> Member:
    return factories.member(factories.organization("市双打办"), "import_plans", "handle")


@pytest.fixture
def chief(clerk: Member) -> Member:
    return factories.member(clerk.organization, "approve", "handle")


@pytest.fixture
def plan(clerk: Member) -> Plan:
    factories.city_units()
    factories.organization("青禾区政府", factories.DISTRICT)
    made = factories.confirmed_plan(clerk)
    made.addressees = ["各区人民政府", "各成员单位"]
    made.instruments = [{"title": None, "number": "国办发〔2017〕46号"}]
    made.save(update_fields=["addressees", "instruments"])
    return made


def proposed(plan: Plan) -> list[Decided]:
    return [
        Decided(line.printed, [one.organization for one in line.found])
        for line in lines_of(plan, plan.organization, on=TODAY)
    ]


def issued(
    plan: Plan, member: Member, notice: Notice = NOTICE, decided: list[Decided] | None = None
) -> Issue:
    return services.issue_plan(
        plan=plan, notice=notice, decided=proposed(plan) if decided is None else decided,
        member=member, now=NOW,
    )  # fmt: skip


def sent(plan: Plan, clerk: Member, chief: Member) -> Issue:
    issue = issued(plan, clerk)
    letters = list(queries.letters_of(issue))
    for move, member in (("submit", clerk), ("approve", chief)):
        handoffs.take_together(handoffs=letters, move_code=move, member=member, said=SAID, now=NOW)
    return issue


def letter_to(issue: Issue, short_name: str) -> Handoff:
    return queries.letters_of(issue).get(receiver__short_name=short_name)


def signer(short_name: str, code: str = factories.CITY) -> Member:
    return factories.member(factories.organization(short_name, code), "handle")


def receipts(member: Member, issue: Issue, now: datetime) -> list[queries.Receipt]:
    """Return the receipts of an issue that the page shows a member."""
    reads_all = queries.may_read_receipts(member, issue.plan)
    return queries.receipts(queries.letters_for(member, issue, reads_all=reads_all), now=now)


class TestIssuePlan:
    def test_drafts_one_letter_to_each_and_one_entry_for_the_issue(
        self, plan: Plan, clerk: Member
    ) -> None:
        issue = issued(plan, clerk)
        letters = Handoff.objects.filter(batch=issue.batch)
        assert {one.receiver.short_name for one in letters} == {
            "青禾区政府", "市市场监管局", "市公安局", "市委宣传部",
        }  # fmt: skip
        assert {one.content["number"] for one in letters} == {"示打假发〔2026〕1号"}
        assert Entry.objects.filter(action="issuing.issue", subject=str(plan.uuid)).count() == 1
        assert [one.printed for one in issue.lines.order_by("order")] == plan.addressees

    def test_says_to_each_by_which_printed_name_it_was_found(
        self, plan: Plan, clerk: Member
    ) -> None:
        issue = issued(plan, clerk)
        why = letter_to(issue, "青禾区政府").deliveries.get().why
        assert why == "主送“各区人民政府”：青禾区的人民政府"

    def test_whoever_two_lines_mean_gets_one_letter(self, plan: Plan, clerk: Member) -> None:
        decided = proposed(plan)
        both = Decided(decided[1].printed, [*decided[1].organizations, *decided[0].organizations])
        issue = issued(plan, clerk, decided=[decided[0], both])
        assert queries.letters_of(issue).count() == 4

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"number": "  "}, errors.NumberMissing),
            ({"number": "第一号"}, errors.NumberMalformed),
            ({"number": "国办发[2017]46号"}, errors.NumberIsCited),
            ({"issued_on": TODAY + timedelta(days=1)}, errors.IssuedInFuture),
            ({"asked": " "}, handoff_errors.ContentMalformed),
        ],
    )
    def test_refuses_what_the_notice_may_not_say(
        self,
        plan: Plan,
        clerk: Member,
        changed: dict[str, object],
        refusal: type[DomainError],
    ) -> None:
        with pytest.raises(refusal):
            issued(plan, clerk, replace(NOTICE, **changed))  # type: ignore[arg-type]
        assert not Handoff.objects.exists()

    def test_a_number_is_kept_as_it_is_printed(self, plan: Plan, clerk: Member) -> None:
        issue = issued(plan, clerk, replace(NOTICE, number="示打假发 [2026] １号"))
        assert issue.number == "示打假发〔2026〕1号"

    def test_refuses_a_plan_in_review(self, clerk: Member) -> None:
        factories.city_units()
        with pytest.raises(errors.PlanNotConfirmed):
            issued(factories.plan(clerk), clerk, decided=[])

    def test_refuses_another_organization_and_a_post_without_the_duty(self, plan: Plan) -> None:
        other = factories.member(factories.organization("市公安局"), "import_plans", "handle")
        with pytest.raises(NotHolder):
            issued(plan, other)
        with pytest.raises(DutyMissing):
            issued(plan, factories.member(plan.organization, "handle"))

    def test_refuses_a_holder_that_may_not_issue(self) -> None:
        police = factories.member(factories.organization("市公安局"), "import_plans", "handle")
        factories.city_units()
        plan = factories.confirmed_plan(police)
        with pytest.raises(handoff_errors.SenderNotCompetent):
            issued(plan, police)

    def test_refuses_an_unresolved_line_and_names_it(self, plan: Plan, clerk: Member) -> None:
        plan.addressees = [*plan.addressees, "各大企业、事业单位"]
        plan.save(update_fields=["addressees"])
        with pytest.raises(errors.LineUnresolved, match="各大企业、事业单位"):
            issued(plan, clerk)
        assert not Issue.objects.exists()

    def test_takes_a_reason_for_a_line_that_means_nobody_here(
        self, plan: Plan, clerk: Member
    ) -> None:
        plan.addressees = [*plan.addressees, "各大企业、事业单位"]
        plan.save(update_fields=["addressees"])
        *decided, last = proposed(plan)
        issued(plan, clerk, decided=[*decided, replace(last, reason="由市国资委转发")])
        assert AddresseeLine.objects.get(order=2).reason == "由市国资委转发"

    def test_refuses_a_region_that_was_left_out_and_names_it(
        self, plan: Plan, clerk: Member
    ) -> None:
        factories.region("990103", "临江区")
        with pytest.raises(errors.LineUnresolved, match="临江区还没有定下收件单位"):
            issued(plan, clerk)

    def test_refuses_lines_other_than_those_printed(self, plan: Plan, clerk: Member) -> None:
        with pytest.raises(errors.LinesChanged):
            issued(plan, clerk, decided=proposed(plan)[:1])

    def test_refuses_to_issue_to_nobody(self, plan: Plan, clerk: Member) -> None:
        nobody = [Decided(one.printed, [], "无") for one in proposed(plan)]
        with pytest.raises(errors.NobodyAddressed):
            issued(plan, clerk, decided=nobody)

    def test_refuses_the_number_of_another_plan(self, plan: Plan, clerk: Member) -> None:
        issued(plan, clerk)
        other = factories.confirmed_plan(clerk, factories.PLAN.replace("2026年", "2025年", 1))
        with pytest.raises(errors.NumberTaken):
            issued(other, clerk)


class TestIssuedOnce:
    def test_a_plan_is_not_issued_twice(self, plan: Plan, clerk: Member, chief: Member) -> None:
        sent(plan, clerk, chief)
        with pytest.raises(errors.AlreadyIssued):
            issued(plan, clerk)
        assert Issue.objects.count() == 1

    def test_one_whose_drafts_were_all_dropped_is_prepared_anew(
        self, plan: Plan, clerk: Member
    ) -> None:
        first = issued(plan, clerk)
        handoffs.take_together(
            handoffs=list(queries.letters_of(first)), move_code="drop", member=clerk, said=SAID,
            now=NOW,
        )  # fmt: skip
        again = issued(plan, clerk, replace(NOTICE, number="示打假发〔2026〕2号"))
        assert (again.pk, again.number) == (first.pk, "示打假发〔2026〕2号")
        assert again.batch != first.batch


class TestReceipts:
    def test_who_has_not_received_is_told_late_ones_first(
        self, plan: Plan, clerk: Member, chief: Member
    ) -> None:
        issue = sent(plan, clerk, chief)
        police = signer("市公安局")
        handoffs.accept(handoff=letter_to(issue, "市公安局"), member=police, said=SAID, now=NOW)
        market = signer("市市场监管局")
        handoffs.refuse(
            handoff=letter_to(issue, "市市场监管局"), member=market,
            said=Particulars(TODAY, note="另有文件"), now=NOW,
        )  # fmt: skip
        later = NOW + timedelta(days=7)
        found = receipts(clerk, issue, later)
        assert [one.state for one in found] == [
            State.LATE, State.LATE, State.REFUSED, State.SIGNED,
        ]  # fmt: skip
        assert [one.organization.short_name for one in queries.outstanding(found)][-1] == (
            "市市场监管局"
        )
        assert found[-1].signed_on == TODAY

    def test_who_signs_after_the_day_that_was_fixed_has_signed_late(
        self, plan: Plan, clerk: Member, chief: Member
    ) -> None:
        issue = sent(plan, clerk, chief)
        for name, days in (("市公安局", 4), ("市市场监管局", 5)):
            later = NOW + timedelta(days=days)
            handoffs.accept(
                handoff=letter_to(issue, name), member=signer(name),
                said=Particulars(later.date()), now=later,
            )  # fmt: skip
        found = receipts(clerk, issue, NOW + timedelta(days=6))
        late = {one.organization.short_name: one.was_late for one in found if one.is_received}
        assert late == {"市公安局": False, "市市场监管局": True}

    def test_an_addressee_reads_its_own_receipt_and_no_other(
        self, plan: Plan, clerk: Member, chief: Member
    ) -> None:
        issue = sent(plan, clerk, chief)
        police = signer("市公安局")
        found = receipts(police, issue, NOW)
        assert [one.organization.short_name for one in found] == ["市公安局"]
        assert not queries.may_read_receipts(police, plan)

    def test_nobody_else_knows_of_it_before_it_is_sent(
        self, plan: Plan, clerk: Member, chief: Member
    ) -> None:
        police = signer("市公安局")
        issue = issued(plan, clerk)
        assert queries.issue_for(police, plan) is None
        assert queries.issue_for(clerk, plan) == issue

    def test_what_was_passed_on_leads_back_to_the_plan(
        self, plan: Plan, clerk: Member, chief: Member
    ) -> None:
        issue = sent(plan, clerk, chief)
        government = signer("青禾区政府", factories.DISTRICT)
        head = factories.member(government.organization, "approve")
        handoff = letter_to(issue, "青禾区政府")
        handoffs.accept(handoff=handoff, member=government, said=SAID, now=NOW)
        market = signer("青禾区市场监管局", factories.DISTRICT)
        handoff.refresh_from_db()
        (further,) = handoffs.pass_on(
            handoff=handoff, to=[Addressee(market.organization, "测试")], member=government,
            said=SAID, now=NOW,
        )  # fmt: skip
        engine.make_move(
            proceeding=further.proceeding, move_code="submit", member=government, said=SAID,
            now=NOW,
        )  # fmt: skip
        handoffs.send(handoff=further, member=head, said=SAID, now=NOW)
        assert [one.handoff for one in receipts(market, issue, NOW)] == [further]
        both = {one.handoff for one in receipts(government, issue, NOW)}
        assert both == {handoff, further}
        assert queries.issue_behind(further) == issue
        assert further.pk not in queries.letters_of(issue).values_list("pk", flat=True)
