"""The table of names: every entry dated, sourced and told apart."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from zhengpin.kernel.organizations import successions, table

if TYPE_CHECKING:
    from zhengpin.kernel.organizations.table import Period


def _overlap(one: Period, other: Period) -> bool:
    first = max(one.first or 0, other.first or 0)
    last = min(one.last or 9999, other.last or 9999)
    return first < last


def test_the_table_covers_the_fields_that_plans_assign_work_to() -> None:
    assert len(table().functions) >= 100
    assert len(table().periods) >= 700


def test_every_period_and_succession_names_a_known_source() -> None:
    sources = table().sources
    for name, periods in table().periods.items():
        for period in periods:
            assert period.source in sources, (name, period)
    for one in table().successions:
        assert one.source in sources, one
        assert re.match(r"[0-9]{4}(?:-[0-9]{2}){0,2}$", one.on), one


def test_every_source_says_how_sure_it_is() -> None:
    assert {one.certainty for one in table().sources.values()} == {"sure", "recalled"}


def test_every_successor_is_a_function_of_the_table() -> None:
    for one in table().successions:
        assert one.function in table().functions
        assert one.successor in table().functions, one


def test_periods_do_not_end_before_they_begin() -> None:
    for name, periods in table().periods.items():
        for period in periods:
            assert (period.first or 0) <= (period.last or 9999), (name, period)


def test_no_name_stands_for_two_functions_in_the_same_years() -> None:
    doubled = [
        (name, one.function, other.function)
        for name, periods in table().periods.items()
        for one, other in combinations(periods, 2)
        if one.function != other.function and _overlap(one, other)
    ]
    assert doubled == []


def test_names_are_folded_and_carry_no_regional_prefix_of_their_own() -> None:
    for name in table().periods:
        assert not re.search(r"[\s（），、]", name), name
        assert not re.match(r"(?:市市|省省|区区)", name), name


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        ("industry_commerce", "market_regulation"),
        ("quality_supervision", "market_regulation"),
        ("entry_exit_inspection", "customs"),
        ("national_tax", "tax"),
        ("local_tax", "tax"),
        ("legal_affairs", "justice"),
    ],
)
def test_what_was_merged_leads_to_what_took_it_over(code: str, successor: str) -> None:
    assert successor in {one.successor for one in successions(code)}
