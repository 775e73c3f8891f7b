"""The compiler against answer sheets made by hand: three real plans, and our own sample."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.kernel.plantext.scoring import SAMPLE, SHARED, bare, compiled, gold, score_plan

SHEETS = [
    ("tianjin2020.json", "000_2964c569f9bbfa0f.txt"),
    ("neimenggu2017.json", "001_900cdcc3c7c5030f.txt"),
    ("baodi2010.json", "004_a87a1e20bf7dfd85.txt"),
]
HERE = Path(__file__).parent


def _pair(sheet: str, plan: str) -> tuple[dict[str, Any], Path]:
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: the real plans and their answers are not measured")
    return gold(SHARED / "gold" / sheet), SHARED / "plans" / plan


PAIRS = [pytest.param(sheet, plan, id=sheet) for sheet, plan in SHEETS]
PAIRS.append(pytest.param("sample.gold.json", "", id="our own sample"))


@pytest.fixture(name="pair")
def _fixture(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Path]:
    sheet, plan = request.param
    if not plan:
        return gold(HERE / sheet), SAMPLE
    return _pair(sheet, plan)


EVERY_SHEET = pytest.mark.parametrize(
    "pair",
    [pytest.param((param.values[0], param.values[1]), id=param.id) for param in PAIRS],
    indirect=True,
)


@EVERY_SHEET
def test_every_unit_role_and_clause_is_read_as_the_annotator_read_it(
    pair: tuple[dict[str, Any], Path],
) -> None:
    sheet, path = pair
    score = score_plan(compiled(path), sheet)
    assert score.faults == []
    assert score.f1 == 1.0


@EVERY_SHEET
def test_the_plan_says_of_itself_what_the_annotator_found(
    pair: tuple[dict[str, Any], Path],
) -> None:
    sheet, path = pair
    plan = compiled(path)
    for name in ("title", "issuer", "doc_number", "issued_on", "year", "region"):
        assert getattr(plan, name) == sheet[name], name
    assert plan.notice_title == sheet.get("notice_title")
    assert plan.numbering.value == sheet["item_numbering"]


@EVERY_SHEET
def test_chapters_items_and_kinds_are_those_of_the_answer_sheet(
    pair: tuple[dict[str, Any], Path],
) -> None:
    sheet, path = pair
    plan = compiled(path)
    assert [(one.no, one.title) for one in plan.sections] == [
        (one["no"], one["title"]) for one in sheet["sections"]
    ]
    assert [(one.no, one.section, one.title, one.kind.value) for one in plan.items] == [
        (one["no"], one["section"], bare(one["title"]), one.get("kind", "task"))
        for one in sheet["items"]
    ]


@EVERY_SHEET
def test_campaigns_and_phases_are_those_of_the_answer_sheet(
    pair: tuple[dict[str, Any], Path],
) -> None:
    sheet, path = pair
    plan = compiled(path)
    optional = set(sheet.get("campaigns_optional", []))
    assert set(plan.campaigns) - optional == set(sheet["campaigns"]) - optional
    assert [(one.phase, one.first, one.last) for one in plan.timeline] == [
        (one["phase"], one["from"], one["to"]) for one in sheet["timeline"]
    ]


@EVERY_SHEET
def test_the_tree_puts_the_source_together_again(pair: tuple[dict[str, Any], Path]) -> None:
    _, path = pair
    plan = compiled(path)
    assert plan.reassemble() == path.read_bytes().decode()
