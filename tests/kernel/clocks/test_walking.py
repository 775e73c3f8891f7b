"""Every row of the data, over starts around the holidays, against the walk from day to day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.kernel.clocks.walking import rows, walked
from zhengpin.kernel.clocks import answer

if TYPE_CHECKING:
    from collections.abc import Iterator

# Around 春节 and 国庆, month ends, a leap day, and the end of the last announced year.
STARTS = (
    "2012-09-28", "2019-04-30", "2020-01-22", "2021-07-15", "2022-11-01", "2024-02-08",
    "2024-02-29", "2025-08-31", "2025-12-31", "2026-01-31", "2026-02-13", "2026-02-14",
    "2026-04-15", "2026-06-18", "2026-09-19", "2026-09-24", "2026-09-30", "2026-10-10",
    "2026-11-30", "2026-12-24", "2026-12-31", "2027-01-29", "2027-04-30", "2027-09-14",
)  # fmt: skip


def _in_force(row: dict[str, Any]) -> Iterator[str]:
    first = date.fromisoformat(row["effective_from"])
    starts = (*STARTS, first.isoformat(), (first + timedelta(days=100)).isoformat())
    for day in sorted(set(starts)):
        ended = row["effective_to"] is not None and day >= row["effective_to"]
        if max("2004-01-05", row["effective_from"]) <= day and not ended:
            yield day


@pytest.mark.parametrize("id_", rows())
def test_every_row_is_due_where_the_walk_arrives(id_: str) -> None:
    row = rows()[id_]
    definite = sum(one["length"] is not None for one in row["extension"])
    asked = 0
    for day in _in_force(row):
        start = f"{day}T21:45:00+08:00" if row["unit"] == "hours" else day
        for extended in range(definite + 1):
            found = answer(id_, start, extended)
            assert found["error"] is None, found
            due, provisional = walked(id_, start, extended)
            assert (found["due"], found["provisional"]) == (due, provisional), (start, extended)
            asked += 1
    assert asked


def test_one_extension_more_than_the_row_has_is_refused() -> None:
    for id_, row in rows().items():
        definite = sum(one["length"] is not None for one in row["extension"])
        first = next(_in_force(row))
        start = f"{first}T08:00:00+08:00" if row["unit"] == "hours" else first
        assert "延长" in str(answer(id_, start, definite + 1)["error"]), id_


def test_outside_its_interval_every_row_is_refused() -> None:
    for id_, row in rows().items():
        before = date.fromisoformat(row["effective_from"]) - timedelta(days=1)
        assert f"不适用于 {before}" in str(answer(id_, before.isoformat())["error"]), id_
        if row["effective_to"]:
            assert "不再施行" in str(answer(id_, row["effective_to"])["error"]), id_
