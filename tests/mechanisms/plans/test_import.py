"""Importing plans, withdrawing them, and what an import leaves in the database."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.factories import NOW
from zhengpin.base.access.errors import DutyMissing
from zhengpin.base.files.models import File
from zhengpin.base.ledger.models import Entry
from zhengpin.kernel.documents import read_document
from zhengpin.kernel.errors import DocumentRefused
from zhengpin.kernel.plantext import compile_document
from zhengpin.mechanisms.plans import errors, kinds, services, stored
from zhengpin.mechanisms.plans.models import Clause, ClauseUnit, Plan
from zhengpin.samples import city

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).parents[4] / "shared" / "plans"
FIVE = sorted(SHARED.glob("*.txt"))


def sample() -> bytes:
    return resources.files("zhengpin.samples").joinpath("plan.txt").read_bytes()


class TestImportPlan:
    def test_keeps_the_source_character_for_character(self, plan: Plan) -> None:
        kept = Plan.objects.get(pk=plan.pk)
        assert kept.source_text == factories.PLAN
        assert "".join(piece.text for piece in stored.pieces_of(kept)) == factories.PLAN

    def test_clauses_know_their_place_in_the_source(self, plan: Plan) -> None:
        for clause in plan.clauses.all():
            assert plan.source_text[clause.start : clause.end] == clause.text
            for unit in clause.units.all():
                assert plan.source_text[unit.start : unit.end] == unit.name

    def test_finds_the_organizations_that_units_name(self, plan: Plan) -> None:
        named = ClauseUnit.objects.filter(clause__plan=plan).select_related("organization")
        assert {unit.full: str(unit.organization) for unit in named} == {
            "市市场监管局": "示例市市市场监管局",
            "市公安局": "示例市市公安局",
            "市委宣传部": "示例市市委宣传部",
        }

    def test_a_plan_is_in_review_until_it_is_confirmed(self, plan: Plan, office: Member) -> None:
        assert plan.stage == Plan.Stage.REVIEW
        assert (plan.imported_by, plan.imported_at) == (office, NOW)

    def test_a_name_without_organization_is_one_problem_where_it_first_stands(
        self, db: None
    ) -> None:
        plan = factories.plan(factories.importer())
        problems = plan.problems.filter(code=kinds.UNRESOLVED)
        assert [one.about for one in problems] == ["市市场监管局", "市公安局", "市委宣传部"]
        first = problems[0]
        assert first.clause == plan.clauses.get(address="1.1")
        assert first.unit is not None
        assert first.unit.name == "市市场监管局"
        assert "全文共2处" in first.message
        assert "（一）" in plan.source_text.splitlines()[first.line - 1]

    def test_a_name_of_two_organizations_is_a_problem_and_none_is_taken(self, db: None) -> None:
        for place in ("东湖", "西湖"):
            factories.organization(f"{place}公安局", functions=["police"])
        plan = factories.plan(factories.importer())
        problem = plan.problems.get(code=kinds.AMBIGUOUS)
        assert problem.about == "市公安局"
        assert "示例市东湖公安局、示例市西湖公安局" in problem.message
        assert problem.unit is not None
        assert problem.unit.organization is None

    def test_collectives_and_open_ends_are_no_problem(self, office: Member) -> None:
        text = factories.PLAN.replace("市公安局配合", "有关部门配合").replace(
            "市市场监管局、市公安局按", "市市场监管局、市公安局等按"
        )
        plan = factories.plan(office, text)
        assert ClauseUnit.objects.filter(clause__plan=plan, is_collective=True).exists()
        assert not plan.problems.deciding().exists()

    def test_a_problem_is_tied_to_the_clause_of_its_line(self, office: Member) -> None:
        text = factories.PLAN.replace("（市委宣传部负责）", "")
        plan = factories.plan(office, text)
        problem = plan.problems.get(code=kinds.WITHOUT_UNIT)
        assert problem.clause == plan.clauses.get(address="2")
        assert plan.source_text[problem.start : problem.end].startswith("（二）")

    def test_is_written_in_few_statements(
        self, office: Member, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        long = factories.PLAN + "".join(
            f"（{number}）做好第{number}项工作。开展检查。（市公安局负责）\n"
            for number in range(3, 200)
        )
        with django_assert_max_num_queries(15 + 2 * 3):
            plan = factories.plan(office, long)
        assert plan.clauses.count() == 200

    def test_leaves_one_ledger_entry_and_one_for_its_file(self, office: Member) -> None:
        before = Entry.objects.latest("pk").pk
        plan = factories.plan(office)
        kept, entry = Entry.objects.filter(pk__gt=before).order_by("pk")
        assert (kept.action, kept.subject) == ("files.keep", str(File.objects.get().uuid))
        assert (entry.action, entry.subject) == ("plans.import", str(plan.uuid))
        assert entry.facts["sha256"] == plan.source_sha256

    def test_refuses_a_member_without_the_duty(self, db: None) -> None:
        with pytest.raises(DutyMissing):
            factories.plan(factories.member(factories.organization()))

    def test_refuses_to_import_for_another_organization(self, office: Member) -> None:
        with pytest.raises(errors.NotHolder):
            services.import_plan(
                data=factories.PLAN.encode(),
                name="plan.txt",
                organization=factories.organization("市公安局"),
                region=office.organization.region,
                member=office,
                now=NOW,
            )

    @pytest.mark.parametrize("code", [factories.OTHER_CITY, factories.PROVINCE])
    def test_refuses_a_region_outside_the_members_own(self, office: Member, code: str) -> None:
        with pytest.raises(errors.RegionOutOfReach):
            factories.plan(office, of=factories.region(code))

    def test_a_city_imports_the_plan_of_its_district(self, office: Member) -> None:
        district = factories.region(factories.DISTRICT)
        assert factories.plan(office, of=district).region == district

    def test_refuses_the_same_document_twice_and_names_the_plan(
        self, plan: Plan, office: Member
    ) -> None:
        with pytest.raises(errors.PlanAlreadyImported, match=plan.title):
            factories.plan(office, name="another name.txt")
        assert Plan.objects.count() == 1

    def test_does_not_name_a_plan_to_whom_it_is_hidden(self, plan: Plan) -> None:
        other = factories.importer(short_name="市知识产权局")
        with pytest.raises(errors.PlanAlreadyImported) as refused:
            factories.plan(other)
        assert plan.title not in str(refused.value)

    def test_another_region_may_import_the_same_document(self, plan: Plan) -> None:
        other = factories.importer(factories.OTHER_CITY)
        assert factories.plan(other).source_sha256 == plan.source_sha256

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00\x01", "没有结构。".encode()])
    def test_what_the_reader_refuses_saves_nothing(self, office: Member, data: bytes) -> None:
        before = Entry.objects.count()
        with pytest.raises(DocumentRefused):
            services.import_plan(
                data=data,
                name="x.txt",
                organization=office.organization,
                region=office.organization.region,
                member=office,
                now=NOW,
            )
        assert not Plan.objects.exists()
        assert Entry.objects.count() == before

    def test_markup_is_text_like_any_other(self, office: Member) -> None:
        text = factories.PLAN.replace("开展重点市场检查", "<script>alert(1)</script>'; DROP TABLE")
        assert "<script>alert(1)</script>" in factories.plan(office, text).clauses.all()[0].text

    def test_texts_of_any_length_are_kept(self, office: Member) -> None:
        text = factories.PLAN.replace("一、加强重点治理", "一、" + "长" * 900).replace(
            "市委宣传部负责", "市" + "很" * 20 + "长名称管理局负责"
        )
        assert factories.plan(office, text).sections.get().title == "长" * 900


class TestSamplePlan:
    def test_names_organizations_of_the_demonstration_city_only(self, db: None) -> None:
        city.load(now=NOW)
        plan = Plan.objects.get()
        assert list(plan.problems.deciding()) == []
        alone = ClauseUnit.objects.filter(clause__plan=plan, organization=None)
        assert {unit.full for unit in alone if not unit.is_collective} == set()
        assert plan.clauses.count() == 86


@pytest.mark.skipif(not FIVE, reason="the five source documents are not beside this checkout")
class TestFiveRealPlans:
    CODES = ("120000", "150000", "310000", "350200", "120115")

    @pytest.mark.parametrize("index", range(5))
    def test_is_stored_and_read_back_as_compiled(self, db: None, index: int) -> None:
        if index >= len(FIVE):
            pytest.skip("this document is not beside this checkout")
        path = FIVE[index]
        made = factories.plan(
            factories.importer(self.CODES[index]), path.read_bytes().decode(), name=path.name
        )
        source = compile_document(read_document(path.read_bytes(), path.name))
        again = stored.compiled_plan(Plan.objects.get(pk=made.pk))
        assert again.reassemble() == source.source.text
        assert (again.items, again.sections) == (source.items, source.sections)
        assert (again.title, again.instruments, again.timeline) == (
            source.title, source.instruments, source.timeline,
        )  # fmt: skip
        assert Clause.objects.filter(plan=made, search__isnull=True).count() == 0


class TestWithdrawImport:
    def test_deletes_a_plan_in_review_and_the_ledger_keeps_its_digest_and_name(
        self, plan: Plan, office: Member
    ) -> None:
        before = Entry.objects.count()
        services.withdraw_import(plan=plan, member=office, now=NOW)
        assert not Plan.objects.exists()
        assert not Clause.objects.exists()
        assert Entry.objects.count() == before + 2  # one for its file
        facts = Entry.objects.latest("pk").facts
        assert (facts["sha256"], facts["name"]) == (plan.source_sha256, "plan.txt")

    def test_the_same_document_may_then_be_imported_again(
        self, plan: Plan, office: Member
    ) -> None:
        services.withdraw_import(plan=plan, member=office, now=NOW)
        assert factories.plan(office).title == plan.title

    def test_a_confirmed_plan_stays(self, office: Member) -> None:
        with pytest.raises(errors.PlanConfirmed):
            services.withdraw_import(plan=factories.confirmed_plan(office), member=office, now=NOW)

    def test_is_refused_to_a_member_of_another_organization(self, plan: Plan) -> None:
        other = factories.importer(short_name="市知识产权局")
        with pytest.raises(errors.NotHolder):
            services.withdraw_import(plan=plan, member=other, now=NOW)

    def test_what_is_gone_cannot_be_withdrawn_again(self, plan: Plan, office: Member) -> None:
        services.withdraw_import(plan=Plan.objects.get(), member=office, now=NOW)
        with pytest.raises(errors.PlanGone):
            services.withdraw_import(plan=plan, member=office, now=NOW)
