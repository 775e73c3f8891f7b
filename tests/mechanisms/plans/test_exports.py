"""CSV, workbook and JSON of a stored plan, and how they say that it was corrected."""

from __future__ import annotations

import csv
import io
import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from openpyxl import load_workbook

from tests import factories
from tests.factories import NOW
from zhengpin.kernel.documents import read_document
from zhengpin.kernel.plantext import compile_document
from zhengpin.kernel.plantext.breakdown import write_csv
from zhengpin.kernel.plantext.contract import as_contract, schema
from zhengpin.kernel.plantext.workbook import write_workbook
from zhengpin.mechanisms.plans import exports, services

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Plan

pytestmark = pytest.mark.django_db

LEAD = {"name": "市公安局", "full": "市公安局", "role": "lead"}


def correct(plan: Plan, address: str, office: Member, **changes: Any) -> None:
    clause = plan.clauses.get(address=address)
    services.correct_clause(clause=clause, changes=changes, reason="", member=office, now=NOW)


def sources(data: bytes) -> list[str]:
    """Return the column 依据原文 of a sheet."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    return [row["依据原文"] for row in rows]


class TestOfAnUncorrectedPlan:
    def test_sheets_and_json_are_those_of_the_document(self, office: Member) -> None:
        data = resources.files("zhengpin.samples").joinpath("plan.txt").read_bytes()
        stored = services.import_plan(
            data=data, name="plan.txt", organization=office.organization,
            region=office.organization.region, member=office, now=NOW,
        )  # fmt: skip
        source = compile_document(read_document(data, "plan.txt"))
        for problem in stored.problems.all():
            services.settle_problem(problem=problem, settlement="好", member=office, now=NOW)
        assert exports.as_csv(office, stored.uuid) == write_csv(source)
        assert exports.as_workbook(office, stored.uuid) == write_workbook(source)
        assert exports.contract_of(office, stored.uuid) == {
            **as_contract(source),
            "corrections": [],
        }

    def test_takes_few_statements(
        self, plan: Plan, office: Member, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(8):
            exports.as_csv(office, plan.uuid)


class TestOfACorrectedPlan:
    @pytest.fixture(autouse=True)
    def _corrected(self, plan: Plan, office: Member) -> None:
        correct(plan, "1.1", office, text="=开展大检查。", units=[LEAD], due="年底前")
        correct(plan, "2", office, title="强化版权保护")

    def test_sheets_say_what_was_corrected_beside_the_source(
        self, plan: Plan, office: Member
    ) -> None:
        first, second, third = sources(exports.as_csv(office, plan.uuid))
        assert first == (
            "1.1 市市场监管局牵头，市公安局配合（已更正：时限、任务、牵头单位、参加单位）"
        )
        assert "已更正" not in second
        assert third == "2 市委宣传部负责（已更正：条的标题）"

    def test_a_clause_without_assignment_says_so_too(self, office: Member) -> None:
        plan = factories.plan(office, factories.PLAN.replace("（市委宣传部负责）", ""))
        correct(plan, "2", office, text="另写。")
        assert sources(exports.as_csv(office, plan.uuid))[2] == (
            "2 未写明责任单位（已更正：任务）"
        )

    def test_the_workbook_says_the_same_and_holds_no_formula(
        self, plan: Plan, office: Member
    ) -> None:
        book = load_workbook(io.BytesIO(exports.as_workbook(office, plan.uuid)))
        row = [cell.value for cell in book["任务分解"][3]]
        assert row[3:5] == ["=开展大检查。", "市公安局"]
        assert "已更正" in str(row[7])
        assert book["任务分解"]["D3"].data_type == "s"

    def test_json_lists_each_correction_and_keeps_its_contract(
        self, plan: Plan, office: Member
    ) -> None:
        told = json.loads(exports.as_json(office, plan.uuid))
        jsonschema.validate(told, schema())
        assert {(one["address"], one["field"]) for one in told["corrections"]} == {
            ("1.1", "text"), ("1.1", "units"), ("1.1", "due"), ("2", "title"),
        }  # fmt: skip
        by_field = {one["field"]: one for one in told["corrections"]}
        assert by_field["title"] == {
            "address": "2", "field": "title", "before": "加强版权保护", "after": "强化版权保护",
        }  # fmt: skip
        assert [one["full"] for one in by_field["units"]["before"]] == ["市市场监管局", "市公安局"]
        assert told["items"][0]["clauses"][0]["text"] == "=开展大检查。"
        assert told["items"][0]["clauses"][0]["assignment"] == "市市场监管局牵头，市公安局配合"

    def test_a_correction_taken_back_is_not_told(self, plan: Plan, office: Member) -> None:
        correct(plan, "2", office, title="加强版权保护")
        told = json.loads(exports.as_json(office, plan.uuid))
        assert {one["address"] for one in told["corrections"]} == {"1.1"}

    def test_only_open_problems_are_listed(self, plan: Plan, office: Member) -> None:
        problem = plan.problems.get(code="date-missing")
        services.settle_problem(problem=problem, settlement="无", member=office, now=NOW)
        told = json.loads(exports.as_json(office, plan.uuid))
        assert "date-missing" not in {one["code"] for one in told["problems"]}
