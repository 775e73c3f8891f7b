"""What declarations claim is real: the row exists, and a journey walks the declaration."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import journeys
from zhengpin.kernel import requirements
from zhengpin.mechanisms.proceedings import register
from zhengpin.mechanisms.proceedings.coverage import coverage
from zhengpin.mechanisms.proceedings.coverage_document import page

DOCUMENT = Path(__file__).parents[2] / "docs" / "coverage.md"
CLAIMING = sorted({one.procedure.code for one in register.entries() if one.rows or one.partly})


@pytest.fixture(scope="module")
def exercised() -> set[str]:
    return journeys.exercised()


@pytest.mark.parametrize("declaration", CLAIMING)
def test_whoever_claims_a_row_is_walked_by_a_journey(
    declaration: str, exercised: set[str]
) -> None:
    assert declaration in exercised, (
        f"no journey exercises {declaration}: walk it and mark the journey, or take back its rows"
    )


@pytest.mark.django_db
@pytest.mark.exercises("press")
@pytest.mark.xfail(raises=AssertionError, strict=True, reason="walks nothing; has to fail")
def test_a_journey_that_walks_nothing_of_what_it_says_fails() -> None:
    pass


def test_journeys_exercise_declarations_that_exist(exercised: set[str]) -> None:
    assert exercised <= {one.procedure.code for one in register.entries()}


def test_a_claimed_row_exists_and_is_named_once_by_its_declaration() -> None:
    named = {one.procedure.code: (*one.rows, *one.partly) for one in register.entries()}
    unknown = {code: set(rows) - set(requirements.rows()) for code, rows in named.items()}
    assert {code: rows for code, rows in unknown.items() if rows} == {}
    assert [code for code, rows in named.items() if len(set(rows)) < len(rows)] == []


def test_the_document_of_the_coverage_is_fresh() -> None:
    assert DOCUMENT.read_text("utf-8") == page(coverage()), "run `make docs`"
