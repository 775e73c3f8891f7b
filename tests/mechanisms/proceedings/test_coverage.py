"""Rows claimed by declarations: shared, of several versions, and of rows that do not exist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.kernel.procedures.assistance import ASSISTANCE
from zhengpin.kernel.requirements import RowUnknown
from zhengpin.mechanisms.proceedings import register
from zhengpin.mechanisms.proceedings.coverage import coverage

OTHER = replace(ASSISTANCE, code="test_other", title="另一程序")
LATER = replace(ASSISTANCE, title="改名以后", in_force_from=date(2030, 1, 1))


@pytest.fixture(autouse=True)
def _an_empty_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "_ENTRIES", {})


def claims() -> list[tuple[str, str, str]]:
    return [(one.row.code, one.declaration, one.declared_as) for one in coverage().claims]


def test_without_declarations_every_row_is_open() -> None:
    found = coverage()
    assert (found.claimed, found.claims) == (0, ())
    assert found.total == len(found.open) == sum(one.total for one in found.shares())


def test_a_row_that_two_declarations_share_shows_both_and_counts_once() -> None:
    register.declare(ASSISTANCE, series="协查", rows=("R242", "R231"))
    register.declare(OTHER, series="另", rows=("R242",))
    assert claims() == [
        ("R231", ASSISTANCE.code, ASSISTANCE.title),
        ("R242", ASSISTANCE.code, ASSISTANCE.title),
        ("R242", OTHER.code, OTHER.title),
    ]
    assert coverage().claimed == 2
    assert {one.domain.code: one.claimed for one in coverage().shares() if one.claimed} == {
        "D08": 2
    }


def test_a_row_served_in_part_is_claimed_and_said_to_be_partial() -> None:
    register.declare(ASSISTANCE, series="协查", partly=("R242", "R231"))
    register.declare(OTHER, series="另", rows=("R242",))
    found = coverage()
    assert (found.claimed, found.partly) == (2, 1)
    assert [one.is_partial for one in found.claims] == [True, True, False]


def test_versions_of_one_procedure_are_one_claim_under_the_latest_title() -> None:
    register.declare(LATER, series="协查", rows=("R242",))
    register.declare(ASSISTANCE, series="协查", rows=("R242",))
    assert claims() == [("R242", LATER.code, LATER.title)]


def test_a_claim_of_a_row_that_does_not_exist_is_refused() -> None:
    register.declare(ASSISTANCE, series="协查", rows=("R999",))
    with pytest.raises(RowUnknown, match="R999"):
        coverage()
