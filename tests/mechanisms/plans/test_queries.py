"""Who sees which plans, through every door; search, pages and what a review page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests import factories
from tests.factories import CITY, DISTRICT, NOW, OTHER_CITY, PROVINCE
from zhengpin.base.paging import Page, PlaceMalformed, Total, counted_to, estimated_count
from zhengpin.mechanisms.plans import exports, kinds, queries, services
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.mechanisms.plans.segments import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db

WORDS = "重点市场"


def member(code: str, *duties: str, short_name: str = "市监局") -> Member:
    return factories.member(factories.organization(short_name, code), *duties)


def sees(who: Member, plan: Plan) -> bool:
    """Tell whether a member sees a plan; every door must give the same answer."""
    by_list = queries.plans_for(who).filter(pk=plan.pk).exists()
    answers = {
        by_list,
        queries.clauses_for(who).filter(plan=plan).exists(),
        queries.problems_for(who).filter(plan=plan).exists(),
        queries.search_plans(who, plan.title).filter(pk=plan.pk).exists(),
        queries.search_clauses(who, WORDS).filter(plan=plan).exists(),
        plan in queries.plan_page(who).rows,
        plan in queries.plan_page(who, words=plan.title).rows,
        estimated_count(queries.plans_for(who)).count > 0,
        estimated_count(queries.clauses_for(who), bound=1).count > 0,
        *(_opens(door, who, plan) for door in DOORS),
    }
    assert answers == {by_list}, "the doors do not agree"
    return by_list


DOORS: tuple[Callable[..., object], ...] = (
    queries.review_of,
    exports.as_csv,
    exports.as_workbook,
    exports.as_json,
    exports.contract_of,
)


def _opens(door: Callable[..., object], who: Member, plan: Plan) -> bool:
    try:
        door(who, plan.uuid)
    except Plan.DoesNotExist:
        return False
    return True


class TestPlansForInReview:
    def test_every_member_of_the_holding_organization_sees_it(
        self, plan: Plan, office: Member
    ) -> None:
        assert sees(office, plan)
        assert sees(factories.member(office.organization), plan)

    @pytest.mark.parametrize("duties", [(), ("import_plans",)])
    @pytest.mark.parametrize("code", [CITY, DISTRICT, PROVINCE, OTHER_CITY])
    def test_nobody_of_another_organization_does(
        self, plan: Plan, code: str, duties: tuple[str, ...]
    ) -> None:
        assert not sees(member(code, *duties), plan)

    @pytest.mark.parametrize("code", [CITY, PROVINCE])
    def test_overseers_of_its_region_or_above_do(self, plan: Plan, code: str) -> None:
        assert sees(member(code, "oversee"), plan)

    @pytest.mark.parametrize("code", [DISTRICT, OTHER_CITY])
    def test_overseers_below_or_elsewhere_do_not(self, plan: Plan, code: str) -> None:
        assert not sees(member(code, "oversee"), plan)


class TestPlansForConfirmed:
    @pytest.fixture
    def confirmed(self, office: Member) -> Plan:
        return factories.confirmed_plan(office)

    @pytest.mark.parametrize("code", [CITY, DISTRICT])
    def test_everyone_of_its_region_and_below_sees_it(self, confirmed: Plan, code: str) -> None:
        assert sees(member(code), confirmed)

    @pytest.mark.parametrize("duty", ["oversee", "import_plans"])
    def test_above_it_posts_that_oversee_or_import_plans_do(
        self, confirmed: Plan, duty: str
    ) -> None:
        assert sees(member(PROVINCE, duty), confirmed)

    def test_above_it_others_do_not(self, confirmed: Plan) -> None:
        assert not sees(member(PROVINCE), confirmed)
        assert not sees(member(PROVINCE, "administer", short_name="省厅"), confirmed)

    @pytest.mark.parametrize("duties", [(), ("oversee",), ("import_plans", "administer")])
    def test_a_strangers_city_finds_nothing_through_any_door(
        self, confirmed: Plan, duties: tuple[str, ...]
    ) -> None:
        stranger = member(OTHER_CITY, *duties)
        assert not sees(stranger, confirmed)
        assert queries.plan_page(stranger).total.count == 0

    def test_a_plan_of_a_district_is_not_seen_by_the_next_district(self, office: Member) -> None:
        plan = factories.confirmed_plan(office, of=factories.region(DISTRICT))
        assert sees(member(DISTRICT), plan)
        assert not sees(member("990103"), plan)

    def test_its_holder_keeps_sight_of_it(self, office: Member) -> None:
        plan = factories.confirmed_plan(office, of=factories.region(DISTRICT))
        assert sees(factories.member(office.organization), plan)

    def test_is_one_condition_in_the_database(
        self,
        confirmed: Plan,
        office: Member,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        with django_assert_max_num_queries(1):
            assert list(queries.plans_for(office)) == [confirmed]
        with django_assert_max_num_queries(1):
            assert len(list(queries.clauses_for(office))) == 3


class TestSearch:
    @pytest.mark.parametrize(
        "words", ["市场检查", "市場檢查", "６月底", "重点 整治", "市市场监管局", "市市場監管局"]
    )
    def test_simplified_finds_traditional_and_the_reverse(
        self, plan: Plan, office: Member, words: str
    ) -> None:
        assert [one.address for one in queries.search_clauses(office, words)][:1] == ["1.1"]

    def test_a_plan_in_traditional_characters_is_found_in_both(self, office: Member) -> None:
        title = "2026年示例市打擊侵權假冒工作要點"
        text = f"{title}\n\n一、治理\n（一）做事。開展檢查。（市公安局負責）\n"
        plan = factories.plan(office, text)
        for words in ("打击侵权假冒", "打擊侵權假冒"):
            assert list(queries.search_plans(office, words)) == [plan]
        assert queries.search_clauses(office, "开展检查").exists()

    def test_a_plan_is_found_by_its_number_and_its_units(self, office: Member) -> None:
        text = "示打假发〔2026〕1号\n\n" + factories.PLAN
        plan = factories.plan(office, text)
        for words in ("示打假发〔2026〕1号", "市委宣传部", "示例市市公安局"):
            assert list(queries.search_plans(office, words)) == [plan]

    @pytest.mark.parametrize("words", ["", "  ", "（）", "' | 'x", "!&", "\x00", "字" * 5000])
    def test_signs_and_nonsense_find_nothing_and_break_nothing(
        self, plan: Plan, office: Member, words: str
    ) -> None:
        assert not queries.search_plans(office, words).exists()
        assert not queries.search_clauses(office, words).exists()


class TestPlanPage:
    @pytest.fixture
    def many(self, office: Member) -> list[Plan]:
        years = ("2024", "2026", "2025", "2026", "")
        return [
            factories.plan(office, factories.PLAN.replace("2026年", f"{year}年" if year else ""))
            if index != 3
            else factories.plan(office, factories.PLAN + "\n")
            for index, year in enumerate(years)
        ]

    def test_pages_run_from_the_newest_to_those_without_a_year_without_gap_or_repeat(
        self, many: list[Plan], office: Member
    ) -> None:
        seen: list[Plan] = []
        after = None
        while True:
            page = queries.plan_page(office, after, size=2)
            seen += page.rows
            after = page.following
            if after is None:
                break
        assert seen == [many[3], many[1], many[2], many[0], many[4]]
        assert page.total == Total(5, is_estimate=False)

    @pytest.mark.parametrize("after", ["x", "1", "2026.", "-.-", "2026.9999999999999999999", "'"])
    def test_a_malformed_key_is_refused(self, office: Member, after: str) -> None:
        with pytest.raises(PlaceMalformed):
            queries.plan_page(office, after)

    def test_past_the_bound_the_total_is_an_estimate(
        self, many: list[Plan], office: Member
    ) -> None:
        total = estimated_count(queries.plans_for(office), bound=3)
        assert total.is_estimate
        assert total.count >= 3

    def test_takes_three_statements_at_most(
        self,
        many: list[Plan],
        office: Member,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        with django_assert_max_num_queries(3):
            page = queries.plan_page(office)
            assert {str(one.organization) + str(one.region) for one in page.rows}


class TestPagesOfClausesAndMentions:
    @pytest.fixture
    def market(self, office: Member) -> Member:
        for year in ("2024年", "2026年", "2025年", ""):
            factories.confirmed_plan(office, factories.PLAN.replace("2026年", year))
        return factories.member(factories.organization("市市场监管局"))

    @pytest.mark.parametrize("kind", ["clauses", "mentions"])
    def test_run_through_all_plans_in_their_order_without_gap_or_repeat(
        self, market: Member, kind: str
    ) -> None:
        seen: list[tuple[int | None, str]] = []
        after = None
        while True:
            page: Page[Any] = (
                queries.clause_page(market, after, size=3, words="市场监管")
                if kind == "clauses"
                else queries.mention_page(market, after, size=3)
            )
            clauses = [getattr(one, "clause", one) for one in page.rows]
            seen += [(one.plan.year, one.address) for one in clauses]
            assert page.total == Total(8, is_estimate=False)
            after = page.following
            if after is None:
                break
        years = (2026, 2025, 2024, None)
        assert seen == [(year, address) for year in years for address in ("1.1", "1.2")]

    @pytest.mark.parametrize("after", ["2026.1", "2026.1.1.1.1", "x", "2026.1.a", "'"])
    def test_a_key_of_another_shape_is_refused(self, market: Member, after: str) -> None:
        with pytest.raises(PlaceMalformed):
            queries.mention_page(market, after)
        with pytest.raises(PlaceMalformed):
            queries.clause_page(market, after, words="市场监管")

    def test_a_total_that_is_not_counted_out_says_more_than(self, market: Member) -> None:
        total = counted_to(3, queries.search_clauses(market, "市场监管"))
        assert total == Total(3, is_estimate=False, is_exceeded=True)

    def test_a_plan_in_review_asks_nothing_of_anybody(self, market: Member) -> None:
        before = queries.mention_page(market).total
        factories.plan(factories.importer(), factories.PLAN + "\n")
        assert queries.mention_page(market).total == before


class TestUnitCandidates:
    def test_are_found_by_any_part_of_any_name_in_either_script(self, office: Member) -> None:
        factories.organization("市委宣传部", names=["市版权局"])
        found = factories.organization("市知识产权局")
        assert list(queries.unit_candidates(office, "知識產權")) == [found]

    def test_are_of_the_members_jurisdiction_or_above_and_nowhere_else(
        self, office: Member
    ) -> None:
        for code in (PROVINCE, DISTRICT, OTHER_CITY):
            factories.organization("公安机关", code)
        found = {one.region.code for one in queries.unit_candidates(office, "公安机关")}
        assert found == {PROVINCE, DISTRICT}

    @pytest.mark.parametrize("text", ["", " ", "%", "_", "没有这个单位"])
    def test_nothing_asked_nothing_found(self, office: Member, text: str) -> None:
        assert not queries.unit_candidates(office, text)


class TestReviewOf:
    def test_segments_put_together_are_the_source(self, plan: Plan, office: Member) -> None:
        review = queries.review_of(office, plan.uuid)
        assert "".join(one.text for one in review.segments) == factories.PLAN
        assert [one.start for one in review.segments] == [
            sum(len(before.text) for before in review.segments[:index])
            for index in range(len(review.segments))
        ]

    def test_segments_say_what_each_stretch_is(self, plan: Plan, office: Member) -> None:
        review = queries.review_of(office, plan.uuid)
        first = review.clauses[0]
        own = [(one.kind, one.text) for one in review.segments if one.clause == first.uuid]
        assert own == [
            (SegmentKind.CLAUSE, "开展重点市场检查，6月底前完成整治。"),
            (SegmentKind.UNIT, "市市场监管局"),
            (SegmentKind.ASSIGNMENT, "牵头，"),
            (SegmentKind.UNIT, "市公安局"),
            (SegmentKind.ASSIGNMENT, "配合"),
        ]
        headings = {one.kind: one.text for one in review.segments if one.clause is None}
        assert headings[SegmentKind.SECTION].startswith("一、加强重点治理")
        assert headings[SegmentKind.ITEM].startswith("（二）加强版权保护")

    def test_what_is_in_doubt_is_marked(self, db: None) -> None:
        office = factories.importer()
        text = factories.PLAN.replace("（市委宣传部负责）", "")
        review = queries.review_of(office, factories.plan(office, text).uuid)
        marked = {one.text for one in review.segments if one.is_problem}
        assert marked == {"市市场监管局", "市公安局", "开展“剑网2026”专项行动。"}
        assert review.undecided == 3

    def test_open_problems_that_decide_come_first_and_settled_ones_last(self, db: None) -> None:
        office = factories.importer()
        plan = factories.plan(office)
        settled = plan.problems.get(about="市公安局")
        services.settle_problem(problem=settled, settlement="已核对", member=office, now=NOW)
        problems = queries.review_of(office, plan.uuid).problems
        assert [one.about for one in problems[:2]] == ["市市场监管局", "市委宣传部"]
        assert problems[2].code.endswith("-missing")
        assert problems[-1] == settled

    def test_takes_few_statements(
        self, plan: Plan, office: Member, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(5):
            review = queries.review_of(office, plan.uuid)
            for clause in review.clauses:
                assert [unit.name for unit in review.units[clause.pk]]
            assert all(item.section and item.section.title for item in review.items)
            assert all(str(problem.clause or "") is not None for problem in review.problems)
            assert review.plan.source_text
            assert review.plan.imported_by.person.name

    def test_what_does_not_exist_is_not_found(self, office: Member) -> None:
        with pytest.raises(Plan.DoesNotExist):
            queries.review_of(office, uuid4())


def test_every_code_the_compiler_reports_is_declared() -> None:
    assert {"title-missing", "duplicate-body", "unit-corrected"} <= set(kinds.INFORMATIVE)
    assert not {"unit-unknown", "clause-without-unit", "number-gap"} & set(kinds.INFORMATIVE)
