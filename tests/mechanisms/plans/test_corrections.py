"""Putting clauses right: what is kept, what follows, what is refused, and two at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests import factories
from tests.factories import NOW
from zhengpin.base.access.errors import DutyMissing
from zhengpin.base.ledger.models import Entry
from zhengpin.mechanisms.plans import errors, kinds, queries, services
from zhengpin.mechanisms.plans.models import Clause, Correction, Plan

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.kernel.errors import DomainError


def clause_of(plan: Plan, address: str) -> Clause:
    return plan.clauses.get(address=address)


def correct(clause: Clause, member: Member, **changes: Any) -> Clause:
    return services.correct_clause(
        clause=clause, changes=changes, reason="与原件不符", member=member, now=NOW
    )


def unit(name: str, role: str = "member", **more: Any) -> dict[str, Any]:
    return {"name": name, "full": name, "role": role, **more}


@pytest.mark.django_db
class TestCorrectClause:
    def test_keeps_what_the_compiler_said_beside_what_holds_now(
        self, plan: Plan, office: Member
    ) -> None:
        clause = clause_of(plan, "1.1")
        said = clause.text
        put_right = correct(clause, office, text="开展重点市场大检查。", due="7月底前")
        assert (put_right.text, put_right.due) == ("开展重点市场大检查。", "7月底前")
        rows = {row.field: row for row in Correction.objects.filter(clause=clause)}
        assert (rows["text"].before, rows["text"].after) == (said, "开展重点市场大检查。")
        assert rows["due"].before == "6月底前"
        assert (rows["due"].member, rows["due"].reason) == (office, "与原件不符")

    def test_keeps_the_first_reading_through_every_later_correction(
        self, plan: Plan, office: Member
    ) -> None:
        once = correct(clause_of(plan, "1.1"), office, due="7月底前")
        correct(once, office, due="8月底前")
        assert list(
            Correction.objects.order_by("pk").values_list("before", "after")
        ) == [("6月底前", "7月底前"), ("6月底前", "8月底前")]  # fmt: skip

    def test_source_and_places_never_change(self, plan: Plan, office: Member) -> None:
        clause = clause_of(plan, "1.1")
        put_right = correct(clause, office, text="另写。", units=[unit("市公安局")])
        assert (put_right.start, put_right.end) == (clause.start, clause.end)
        assert put_right.assignment == clause.assignment
        assert Plan.objects.get().source_text == factories.PLAN

    def test_is_marked_until_the_first_reading_is_restored(
        self, plan: Plan, office: Member
    ) -> None:
        changed = correct(clause_of(plan, "1.1"), office, due="7月底前")
        assert changed.is_corrected
        assert not clause_of(plan, "1.2").is_corrected
        assert not correct(changed, office, due="6月底前").is_corrected

    def test_the_title_of_an_item_is_put_right_for_all_of_its_clauses(
        self, plan: Plan, office: Member
    ) -> None:
        correct(clause_of(plan, "1.1"), office, title="加强重点市场治理")
        assert plan.items.get(no=1).title == "加强重点市场治理"
        assert [one.is_corrected for one in plan.clauses.order_by("order")] == [True, True, False]

    def test_the_title_keeps_its_first_reading_whichever_clause_it_is_corrected_through(
        self, plan: Plan, office: Member
    ) -> None:
        correct(clause_of(plan, "1.1"), office, title="加强重点市场治理")
        correct(clause_of(plan, "1.2"), office, title="强化市场治理")
        assert {row.before for row in Correction.objects.all()} == {"加强市场治理"}

    def test_units_are_replaced_as_a_whole_and_keep_their_place_in_the_text(
        self, plan: Plan, office: Member
    ) -> None:
        chosen = factories.organization("市知识产权局")
        clause = clause_of(plan, "1.1")
        correct(
            clause,
            office,
            units=[
                unit("市公安局", "lead"),
                unit("市知识产权局", organization=str(chosen.uuid)),
            ],
        )
        first, second = clause.units.order_by("order")
        assert (first.name, first.role) == ("市公安局", "lead")
        assert plan.source_text[first.start : first.end] == "市公安局"
        assert (second.organization, second.start) == (chosen, None)

    def test_a_unit_without_organization_becomes_a_problem(
        self, plan: Plan, office: Member
    ) -> None:
        correct(clause_of(plan, "2"), office, units=[unit("市版权中心", "sole")])
        problem = plan.problems.get(code=kinds.UNRESOLVED)
        assert (problem.about, problem.clause) == ("市版权中心", clause_of(plan, "2"))
        assert plan.source_text[problem.start : problem.end].startswith("（二）")

    def test_a_problem_about_a_name_moves_to_its_next_place_and_ends_with_the_last(
        self, db: None
    ) -> None:
        office = factories.importer()
        plan = factories.plan(office)
        police = factories.organization("市公安局")
        settled_by_name = [unit("市公安局", "sole", organization=str(police.uuid))]
        correct(clause_of(plan, "1.1"), office, units=settled_by_name)
        problem = plan.problems.get(about="市市场监管局")
        assert (problem.clause, problem.is_settled) == (clause_of(plan, "1.2"), False)
        correct(clause_of(plan, "1.2"), office, units=settled_by_name)
        problem.refresh_from_db()
        assert problem.is_settled

    def test_units_settle_the_problem_of_a_clause_without_any(self, office: Member) -> None:
        plan = factories.plan(office, factories.PLAN.replace("（市委宣传部负责）", ""))
        chosen = factories.organization("市委宣传部")
        correct(
            clause_of(plan, "2"),
            office,
            units=[unit("市委宣传部", "sole", organization=str(chosen.uuid))],
        )
        assert plan.problems.get(code=kinds.WITHOUT_UNIT).is_settled

    def test_is_found_by_its_new_words_and_not_by_the_old(
        self, plan: Plan, office: Member
    ) -> None:
        correct(clause_of(plan, "2"), office, text="开展地理标志保护。")
        assert [one.address for one in queries.search_clauses(office, "地理标志")] == ["2"]
        assert not queries.search_clauses(office, "剑网").exists()

    def test_leaves_one_ledger_entry_with_the_fields(self, plan: Plan, office: Member) -> None:
        before = Entry.objects.count()
        correct(clause_of(plan, "1.1"), office, due="7月底前", mode="by-duty", open_ended=True)
        assert Entry.objects.count() == before + 1
        facts = Entry.objects.latest("pk").facts
        assert (facts["address"], facts["fields"]) == ("1.1", ["due", "mode", "open_ended"])

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"address": "9"}, errors.FieldNotCorrectable),
            ({"start": 0}, errors.FieldNotCorrectable),
            ({"text": "  "}, errors.TextEmptied),
            ({"text": "字" * 20_001}, errors.TextTooLong),
            ({"text": "空\x00字"}, errors.TextMalformed),
            ({"text": "半\ud800字"}, errors.TextMalformed),
            ({"text": 7}, errors.ValueNotAllowed),
            ({"title": ""}, errors.TextEmptied),
            ({"mode": "whatever"}, errors.ValueNotAllowed),
            ({"mode": []}, errors.ValueNotAllowed),
            ({"open_ended": "yes"}, errors.ValueNotAllowed),
            ({"units": "市公安局"}, errors.ValueNotAllowed),
            ({"units": ["市公安局"]}, errors.ValueNotAllowed),
            ({"units": [{"name": "市公安局", "role": "boss"}]}, errors.ValueNotAllowed),
            ({"units": [{"name": "", "role": "lead"}]}, errors.TextEmptied),
            ({"units": [unit("市公安局", spin=1)]}, errors.ValueNotAllowed),
            ({"units": [unit("市公安局", organization="x")]}, errors.OrganizationOutOfReach),
            ({}, errors.NothingCorrected),
            ({"due": "6月底前"}, errors.NothingCorrected),
        ],
    )
    def test_refuses_what_is_no_correction_and_saves_nothing(
        self, plan: Plan, office: Member, changes: dict[str, Any], refusal: type[DomainError]
    ) -> None:
        before = Entry.objects.count()
        with pytest.raises(refusal):
            correct(clause_of(plan, "1.1"), office, **changes)
        assert not Correction.objects.exists()
        assert Entry.objects.count() == before

    def test_refuses_an_organization_of_another_city(self, plan: Plan, office: Member) -> None:
        stranger = factories.organization("市公安局", factories.OTHER_CITY)
        with pytest.raises(errors.OrganizationOutOfReach):
            correct(
                clause_of(plan, "1.1"),
                office,
                units=[unit("市公安局", organization=str(stranger.uuid))],
            )
        assert clause_of(plan, "1.1").units.count() == 2

    def test_refuses_a_confirmed_plan(self, office: Member) -> None:
        plan = factories.confirmed_plan(office)
        with pytest.raises(errors.PlanConfirmed):
            correct(clause_of(plan, "1.1"), office, due="7月底前")

    def test_refuses_a_member_without_the_duty_and_one_of_another_organization(
        self, plan: Plan, office: Member
    ) -> None:
        with pytest.raises(DutyMissing):
            correct(clause_of(plan, "1.1"), factories.member(office.organization), due="7月底前")
        with pytest.raises(errors.NotHolder):
            correct(clause_of(plan, "1.1"), factories.importer(short_name="市商务局"), due="7月")

    def test_refuses_a_correction_of_what_was_changed_meanwhile(
        self, plan: Plan, office: Member
    ) -> None:
        seen = clause_of(plan, "1.1")
        correct(clause_of(plan, "1.1"), office, due="7月底前")
        with pytest.raises(errors.ClauseChangedMeanwhile):
            correct(seen, office, due="8月底前")
        with pytest.raises(errors.ClauseChangedMeanwhile):
            services.correct_clause(
                clause=clause_of(plan, "1.1"), changes={"due": "8月"}, member=office, now=NOW,
                version=seen.version,
            )  # fmt: skip
        assert clause_of(plan, "1.1").due == "7月底前"


@pytest.mark.django_db(transaction=True)
class TestCorrectClauseAtOnce:
    def test_of_two_members_at_once_one_corrects_and_the_other_is_told(
        self, plan: Plan, office: Member
    ) -> None:
        colleague = factories.member(office.organization, "import_plans")
        start = Barrier(2)

        def attempt(member: Member, due: str) -> str:
            clause = clause_of(plan, "1.1")
            start.wait(timeout=10)
            try:
                return correct(clause, member, due=due).due
            except errors.ClauseChangedMeanwhile:
                return "told"
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(attempt, (office, colleague), ("7月底前", "8月底前")))
        kept = clause_of(plan, "1.1").due
        assert sorted(results) == sorted([kept, "told"])
        assert Correction.objects.count() == 1

    def test_of_two_imports_at_once_one_is_made_and_the_other_is_told(
        self, office: Member
    ) -> None:
        start = Barrier(2)

        def attempt(_: int) -> str:
            start.wait(timeout=10)
            try:
                return str(factories.plan(office).uuid)
            except errors.PlanAlreadyImported:
                return "told"
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(attempt, (1, 2)))
        assert sorted(results) == sorted([str(Plan.objects.get().uuid), "told"])
