"""Settling problems, choosing organizations, confirming."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.factories import NOW
from zhengpin.base.access.errors import DutyMissing
from zhengpin.base.ledger.models import Entry
from zhengpin.mechanisms.plans import errors, queries, services
from zhengpin.mechanisms.plans.models import ClauseUnit, Plan, Problem

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.kernel.errors import DomainError

pytestmark = pytest.mark.django_db


class TestSettleProblem:
    def test_keeps_the_sentence_the_member_and_the_time(self, plan: Plan, office: Member) -> None:
        problem = plan.problems.get(code="date-missing")
        settled = services.settle_problem(
            problem=problem, settlement=" 原件没有日期 ", member=office, now=NOW
        )
        assert (settled.settlement, settled.settled_by, settled.settled_at) == (
            "原件没有日期", office, NOW,
        )  # fmt: skip

    def test_the_same_sentence_again_changes_nothing(self, plan: Plan, office: Member) -> None:
        problem = plan.problems.get(code="date-missing")
        before = Entry.objects.count()
        for _ in range(2):
            services.settle_problem(
                problem=problem, settlement="原件没有日期", member=office, now=NOW
            )
        assert Entry.objects.count() == before + 1

    @pytest.mark.parametrize(
        ("settlement", "refusal"),
        [("  ", errors.SettlementMissing), ("字" * 301, errors.TextTooLong)],
    )
    def test_refuses_no_sentence_and_an_endless_one(
        self, plan: Plan, office: Member, settlement: str, refusal: type[DomainError]
    ) -> None:
        problem = plan.problems.all()[0]
        with pytest.raises(refusal):
            services.settle_problem(problem=problem, settlement=settlement, member=office, now=NOW)

    def test_refuses_a_member_of_another_organization(self, plan: Plan) -> None:
        other = factories.importer(short_name="市商务局")
        with pytest.raises(errors.NotHolder):
            services.settle_problem(
                problem=plan.problems.all()[0], settlement="好", member=other, now=NOW
            )


class TestChooseOrganization:
    @pytest.fixture
    def office(self, db: None) -> Member:
        return factories.importer()

    def test_holds_wherever_the_plan_prints_the_name_and_settles_its_problem(
        self, plan: Plan, office: Member
    ) -> None:
        problem = plan.problems.get(about="市市场监管局")
        chosen = factories.organization("市场监督管理局")
        assert problem.unit is not None
        services.choose_organization(
            unit=problem.unit, organization=chosen, member=office, now=NOW
        )
        mentions = ClauseUnit.objects.filter(full="市市场监管局")
        assert [one.organization for one in mentions] == [chosen, chosen]
        problem.refresh_from_db()
        assert (problem.is_settled, problem.settled_by) == (True, office)
        assert chosen.name in problem.settlement

    def test_chosen_again_it_changes_nothing(self, plan: Plan, office: Member) -> None:
        unit = ClauseUnit.objects.filter(full="市公安局")[0]
        chosen = factories.organization("市公安局")
        before = Entry.objects.count()
        for _ in range(2):
            services.choose_organization(unit=unit, organization=chosen, member=office, now=NOW)
        assert Entry.objects.count() == before + 1

    def test_its_clauses_are_found_by_the_other_names_of_the_organization(
        self, plan: Plan, office: Member
    ) -> None:
        chosen = factories.organization("市委宣传部", names=["市版权局"])
        unit = ClauseUnit.objects.get(full="市委宣传部")
        services.choose_organization(unit=unit, organization=chosen, member=office, now=NOW)
        assert [one.address for one in queries.search_clauses(office, "市版权局")] == ["2"]
        assert queries.search_plans(office, "市版權局").exists()

    def test_refuses_an_organization_of_another_city(self, plan: Plan, office: Member) -> None:
        stranger = factories.organization("市公安局", factories.OTHER_CITY)
        with pytest.raises(errors.OrganizationOutOfReach):
            services.choose_organization(
                unit=ClauseUnit.objects.filter(full="市公安局")[0], organization=stranger,
                member=office, now=NOW,
            )  # fmt: skip

    def test_refuses_a_collective_name(self, office: Member) -> None:
        plan = factories.plan(office, factories.PLAN.replace("市公安局配合", "有关部门配合"))
        unit = ClauseUnit.objects.get(clause__plan=plan, is_collective=True)
        with pytest.raises(errors.CollectiveName):
            services.choose_organization(
                unit=unit, organization=office.organization, member=office, now=NOW
            )


class TestConfirmPlan:
    def test_is_refused_while_problems_are_open_and_says_how_many_and_which(
        self, db: None
    ) -> None:
        office = factories.importer()
        plan = factories.plan(office)
        with pytest.raises(errors.OpenProblems, match=r"还有3处存疑.*单位没有对应3处"):
            services.confirm_plan(plan=plan, member=office, now=NOW)
        assert Plan.objects.get().stage == Plan.Stage.REVIEW

    def test_what_a_document_does_not_state_is_no_obstacle(
        self, plan: Plan, office: Member
    ) -> None:
        assert plan.problems.filter(code="date-missing").exists()
        confirmed = services.confirm_plan(plan=plan, member=office, now=NOW)
        assert (confirmed.stage, confirmed.confirmed_by, confirmed.confirmed_at) == (
            Plan.Stage.CONFIRMED, office, NOW,
        )  # fmt: skip

    def test_a_kind_of_problem_nobody_declared_must_be_settled(
        self, plan: Plan, office: Member
    ) -> None:
        Problem.objects.create(
            plan=plan, order=99, code="something-new", line=1, start=0, end=1, message="新问题"
        )
        with pytest.raises(errors.OpenProblems):
            services.confirm_plan(plan=plan, member=office, now=NOW)

    def test_leaves_one_ledger_entry(self, plan: Plan, office: Member) -> None:
        before = Entry.objects.count()
        services.confirm_plan(plan=plan, member=office, now=NOW)
        assert Entry.objects.count() == before + 1
        assert Entry.objects.latest("pk").action == "plans.confirm"

    def test_is_not_done_twice(self, office: Member) -> None:
        with pytest.raises(errors.PlanConfirmed):
            services.confirm_plan(plan=factories.confirmed_plan(office), member=office, now=NOW)

    def test_an_overseer_confirms_nothing(self, plan: Plan) -> None:
        overseer = factories.member(factories.organization("市检察院"), "oversee")
        with pytest.raises(DutyMissing):
            services.confirm_plan(plan=plan, member=overseer, now=NOW)
