"""Tasks of a plan: assigned, divided, reported with a result, handed over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests import factories
from zhengpin.base.ledger.models import Entry
from zhengpin.base.notices.models import Notice
from zhengpin.base.organizations import services as organizations
from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.proceedings import errors as engine_errors
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.models import DueDay
from zhengpin.mechanisms.proceedings.particulars import Particulars
from zhengpin.mechanisms.tasks import errors, queries, services
from zhengpin.mechanisms.tasks.evidence import Given
from zhengpin.mechanisms.tasks.models import Task

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Plan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)
LATER = datetime(2026, 9, 1, tzinfo=UTC)
SAID = Particulars(TODAY)
PAPER = Given(files=[("总结.txt", "整治总结（示例）".encode())])
SOURCE = "示打假办〔2026〕9号（示例）"


def until(day: date) -> Particulars:
    return Particulars(TODAY, limits={"due": Limit(day, SOURCE)})


@pytest.fixture
def office() -> Member:
    return factories.member(factories.organization("市双打办"), "import_plans", "handle")


@pytest.fixture
def market() -> Member:
    return factories.member(factories.city_units()["市市场监管局"], "handle")


@pytest.fixture
def police() -> Member:
    return factories.member(factories.city_units()["市公安局"], "handle")


@pytest.fixture
def plan(office: Member, market: Member, police: Member) -> Plan:
    return factories.confirmed_plan(office)


def assigned(plan: Plan, office: Member, said: Particulars = SAID) -> list[Task]:
    services.assign_plan(plan=plan, member=office, said=said, now=factories.NOW)
    return list(Task.objects.order_by("pk"))


def move(task: Task, code: str, member: Member, note: str = "", **limits: Limit) -> None:
    engine.make_move(
        proceeding=task.proceeding, move_code=code, member=member,
        said=Particulars(TODAY, note=note, limits=limits), now=factories.NOW,
    )  # fmt: skip


class TestAssign:
    def test_every_organization_of_a_clause_gets_its_task(
        self, plan: Plan, office: Member
    ) -> None:
        tasks = assigned(plan, office)
        named = [(one.clause.address, one.organization.short_name, one.role) for one in tasks]
        assert (
            named
            == [
                ("1.1", "市市场监管局", "lead"),
                ("1.1", "市公安局", "member"),
                ("1.2", "市市场监管局", "sole"),
                ("1.2", "市公安局", "sole"),
                ("2.1", "市委宣传部", "sole"),
            ]
            or len(named) == 5
        )
        for one in tasks:
            assert one.proceeding.holder == one.organization
            assert one.proceeding.stage == "working"
        assert not queries.unassigned(plan).exists()

    def test_assigning_again_adds_nothing(self, plan: Plan, office: Member) -> None:
        before = len(assigned(plan, office))
        assert services.assign_plan(plan=plan, member=office, said=SAID, now=factories.NOW) == 0
        assert Task.objects.count() == before
        with pytest.raises(errors.NothingToAssign):
            services.order_assigning(plan=plan, member=office)

    def test_a_last_day_comes_from_the_assignment_and_is_otherwise_unset(
        self, plan: Plan, office: Member
    ) -> None:
        first = plan.clauses.order_by("order")[0]
        services.assign_clause(
            clause=first, member=office, said=until(date(2026, 6, 30)), now=factories.NOW
        )
        assigned(plan, office)
        days = dict(DueDay.objects.values_list("proceeding__task__clause__address", "due_on"))
        assert days[first.address] == date(2026, 6, 30)
        assert set(days.values()) == {date(2026, 6, 30), None}

    def test_a_plan_in_review_has_no_tasks(self, office: Member) -> None:
        plan = factories.plan(office)
        clause = plan.clauses.all()[0]
        with pytest.raises(errors.PlanNotConfirmed):
            services.assign_clause(clause=clause, member=office, said=SAID, now=factories.NOW)

    def test_another_organization_does_not_assign(self, plan: Plan, market: Member) -> None:
        clause = plan.clauses.all()[0]
        with pytest.raises(errors.NotPlanHolder):
            services.assign_clause(clause=clause, member=market, said=SAID, now=factories.NOW)
        assert not Task.objects.exists()

    def test_a_last_day_before_the_plan_is_refused(self, plan: Plan, office: Member) -> None:
        plan.issued_on = date(2026, 3, 1)
        plan.save(update_fields=["issued_on"])
        said = Particulars(date(2026, 2, 1), limits={"due": Limit(date(2026, 2, 20), SOURCE)})
        clause = plan.clauses.all()[0]
        with pytest.raises(errors.DueBeforePlan):
            services.assign_clause(clause=clause, member=office, said=said, now=factories.NOW)

    def test_who_leads_a_clause_sees_the_parts_of_the_others_and_not_the_other_way_round(
        self, plan: Plan, office: Member, market: Member, police: Member
    ) -> None:
        tasks = [one for one in assigned(plan, office) if one.clause.address == "1.1"]
        lead, part = tasks
        assert part in queries.tasks_for(market)
        assert lead not in queries.tasks_for(police)

    def test_each_unit_is_told_once_of_a_plan(
        self, plan: Plan, office: Member, market: Member, police: Member
    ) -> None:
        assigned(plan, office)
        for one in (police, market):
            told = Notice.objects.filter(member=one).exclude(kind_code="plan_confirmed")
            assert list(told.values_list("kind_code", flat=True)) == ["tasks_assigned"]

    def test_each_task_leaves_one_entry_of_its_own(self, plan: Plan, office: Member) -> None:
        tasks = assigned(plan, office)
        assert Entry.objects.filter(action="task.assign").count() == len(tasks)


class TestReport:
    @pytest.fixture
    def task(self, plan: Plan, office: Member, market: Member) -> Task:
        tasks = assigned(plan, office, until(date(2026, 6, 30)))
        return next(one for one in tasks if one.organization == market.organization)

    def report(self, task: Task, member: Member, given: Given, result: str = "已完成") -> None:
        services.report(
            task=task, result=result, member=member, said=SAID, given=given, now=factories.NOW
        )

    def test_from_progress_to_a_verified_result(
        self, task: Task, market: Member, office: Member
    ) -> None:
        services.report_progress(
            task=task, member=market, said=Particulars(TODAY, note="已检查十家"), given=PAPER,
            now=factories.NOW,
        )  # fmt: skip
        self.report(task, market, Given())
        task.refresh_from_db()
        assert (task.result, task.progressed_on) == ("已完成", TODAY)
        assert task.proceeding.holder == office.organization
        assert not task.proceeding.due_days.exists()
        move(task, "verify", office)
        task.proceeding.refresh_from_db()
        assert task.proceeding.closed_on == TODAY

    def test_a_task_is_not_reported_without_a_result(self, task: Task, market: Member) -> None:
        with pytest.raises(errors.ResultMissing):
            self.report(task, market, PAPER, " ")

    def test_nor_without_evidence_or_the_reason_why_there_is_none(
        self, task: Task, market: Member
    ) -> None:
        with pytest.raises(errors.EvidenceMissing):
            self.report(task, market, Given())
        self.report(task, market, Given(why_none="口头通报，没有书面材料"))
        task.refresh_from_db()
        assert task.why_no_evidence == "口头通报，没有书面材料"

    def test_nor_by_another_unit(self, task: Task, police: Member) -> None:
        with pytest.raises(engine_errors.NotYourMove):
            self.report(task, police, PAPER)
        task.refresh_from_db()
        assert (task.result, task.evidence.count()) == ("", 0)

    def test_a_matter_the_member_cannot_see_is_no_evidence(
        self, task: Task, market: Member, plan: Plan, police: Member
    ) -> None:
        hidden = Task.objects.exclude(
            pk__in=queries.tasks_for(market).values("pk")
        )[0].proceeding  # fmt: skip
        with pytest.raises(errors.MatterUnseen):
            self.report(task, market, Given(matters=[hidden]))

    def test_a_result_that_is_given_back_is_worked_on_again(
        self, task: Task, market: Member, office: Member
    ) -> None:
        self.report(task, market, PAPER)
        move(task, "give_back", office, "数据不全", due=Limit(date(2026, 7, 31), SOURCE))
        task.proceeding.refresh_from_db()
        assert (task.proceeding.stage, task.proceeding.holder) == ("working", market.organization)
        assert task.proceeding.due_days.get().due_on == date(2026, 7, 31)

    def test_a_task_that_waits_for_an_event_is_not_overdue(
        self, task: Task, market: Member
    ) -> None:
        move(task, "wait", market, "等待《示例条例》实施")
        day = task.proceeding.due_days.get()
        assert (day.is_paused, day.due_on) == (True, None)
        with pytest.raises(errors.EvidenceMissing):
            services.go_on(
                task=task, member=market, said=Particulars(TODAY, note="条例已实施"),
                now=factories.NOW,
            )  # fmt: skip
        services.go_on(
            task=task, member=market, said=Particulars(TODAY, note="条例已实施"), given=PAPER,
            now=factories.NOW,
        )  # fmt: skip
        day = task.proceeding.due_days.get()
        assert (day.is_paused, day.due_on) == (False, date(2026, 6, 30))

    def test_an_ended_task_says_why(self, task: Task, office: Member) -> None:
        with pytest.raises(engine_errors.NoteMissing):
            move(task, "end", office)
        move(task, "end", office, "计划修订后不再开展")
        task.proceeding.refresh_from_db()
        assert task.proceeding.stage == "ended"


class TestDivide:
    @pytest.fixture
    def task(self, plan: Plan, office: Member, market: Member) -> Task:
        tasks = assigned(plan, office, until(date(2026, 6, 30)))
        return next(one for one in tasks if one.organization == market.organization)

    def part(self, task: Task, member: Member, **more: Any) -> Task:
        given: dict[str, Any] = {
            "organization": member.organization,
            "owner": None,
            "said": SAID,
        } | more
        return services.divide(
            task=task, title="检查网店", member=member, now=factories.NOW, **given
        )

    def test_a_unit_divides_its_task_and_names_who_answers(
        self, task: Task, market: Member
    ) -> None:
        part = self.part(task, market, owner=market, said=until(date(2026, 5, 31)))
        assert (part.parent, part.clause, part.owner) == (task, task.clause, market)
        assert part.proceeding.due_days.get().due_on == date(2026, 5, 31)

    def test_a_part_goes_to_a_unit_below_but_not_beside(
        self, task: Task, market: Member, police: Member
    ) -> None:
        below = factories.organization("青禾区市场监管局", factories.DISTRICT)
        assert self.part(task, market, organization=below).proceeding.holder == below
        other = factories.organization("他山市市场监管局", factories.OTHER_CITY)
        with pytest.raises(errors.ReceiverOutOfReach):
            self.part(task, market, organization=other)

    def test_who_is_to_do_a_part_is_told(self, task: Task, market: Member) -> None:
        colleague = factories.member(market.organization, "handle")
        self.part(task, market)
        told = Notice.objects.filter(member=colleague)
        assert told.filter(kind_code="matter_turn").count() == 1
        self.part(task, market, owner=colleague)
        assert told.filter(kind_code="task_owned").count() == 1

    def test_a_part_is_not_due_after_the_whole(self, task: Task, market: Member) -> None:
        with pytest.raises(errors.DueAfterParent):
            self.part(task, market, said=until(date(2026, 7, 1)))

    def test_nobody_divides_the_task_of_another_unit(self, task: Task, police: Member) -> None:
        with pytest.raises(errors.NotYourTask):
            self.part(task, police)

    def test_whoever_answers_works_in_the_organization(
        self, task: Task, market: Member, police: Member
    ) -> None:
        with pytest.raises(errors.OwnerElsewhere):
            self.part(task, market, owner=police)
        with pytest.raises(errors.OwnerElsewhere):
            services.give_to(task=task, owner=police, member=market, now=factories.NOW)

    def test_the_whole_is_not_reported_while_a_part_is_open(
        self, task: Task, market: Member
    ) -> None:
        self.part(task, market)
        with pytest.raises(errors.PartsOpen):
            services.report(
                task=task, result="已完成", member=market, said=SAID, given=PAPER,
                now=factories.NOW,
            )  # fmt: skip

    def test_who_answers_is_told_and_it_is_recorded(self, task: Task, market: Member) -> None:
        colleague = factories.member(market.organization, "handle")
        services.give_to(task=task, owner=colleague, member=market, now=factories.NOW)
        assert Notice.objects.filter(member=colleague, kind_code="task_owned").count() == 1
        assert Entry.objects.filter(action="tasks.give_to").count() == 1


class TestHandOver:
    def test_a_task_follows_the_succession_of_its_organization(
        self, plan: Plan, office: Member, market: Member
    ) -> None:
        task = next(
            one for one in assigned(plan, office) if one.organization == market.organization
        )
        with pytest.raises(errors.NotSucceeded):
            services.hand_over(
                task=task, member=office, said=Particulars(TODAY, note="机构改革"),
                now=factories.NOW,
            )  # fmt: skip
        heir = factories.organization("市市场监管委")
        organizations.succeed(
            predecessor=market.organization, successor=heir, on=TODAY, source="示编办〔2026〕1号",
            now=factories.NOW,
        )  # fmt: skip
        services.hand_over(
            task=task, member=office, said=Particulars(TODAY, note="机构改革"), now=factories.NOW
        )
        task.refresh_from_db()
        assert (task.organization, task.proceeding.holder) == (heir, heir)
        worker = factories.member(heir, "handle")
        assert task in queries.tasks_for(worker)
