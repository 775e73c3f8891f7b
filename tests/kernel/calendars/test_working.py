"""Working days: announced years by notice, others by the statute alone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.kernel.calendars import (
    CalendarUnknown,
    add_working_days,
    is_announced,
    is_working,
    mainland,
    next_working_day,
)
from zhengpin.kernel.calendars.notices import known_notices
from zhengpin.kernel.calendars.statutory import statutory

FIRST, LAST = date(2004, 1, 1), date(2030, 12, 31)
ONE_DAY = timedelta(days=1)


def _walked(day: date, count: int) -> date:
    step = ONE_DAY if count > 0 else -ONE_DAY
    while count:
        day += step
        if is_working(day):
            count -= 1 if count > 0 else -1
    return day


class TestAnnouncedYears:
    @pytest.mark.parametrize(
        "day",
        [
            "2006-12-31",  # worked under the notice of 2007
            "2011-12-31",  # worked under the notice of 2012
            "2015-09-06",  # for the holiday of 3 September
            "2024-02-09",  # 除夕, not a day off from 2014 to 2024
            "2026-02-14",
            "2026-02-28",
            "2026-09-20",
            "2026-10-10",
        ],
    )
    def test_worked_by_notice(self, day: str) -> None:
        assert is_working(date.fromisoformat(day))

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            ("2015-09-03", "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"),
            ("2020-02-01", "春节"),
            ("2025-01-28", "春节"),
            ("2026-02-23", "春节"),
            ("2026-04-06", "清明"),
            ("2026-09-25", "中秋"),
            ("2026-10-07", "国庆节"),
        ],
    )
    def test_off_by_notice(self, day: str, name: str) -> None:
        assert not is_working(date.fromisoformat(day))
        assert mainland().holiday(date.fromisoformat(day)) == name

    def test_every_year_from_2004_to_2026_is_announced(self) -> None:
        assert [is_announced(date(year, 6, 1)) for year in (2003, 2004, 2026, 2027)] == [
            False,
            True,
            True,
            False,
        ]

    @pytest.mark.parametrize("year", range(2004, 2027))
    def test_the_lunar_days_of_the_statute_are_off_in_announced_years(self, year: int) -> None:
        names = {"清明", "端午", "中秋"} if year >= 2008 else set()
        off = {name for day, name in known_notices().off.items() if day.year == year}
        assert names - off <= {"中秋"}  # one with 国庆节 in 2020
        assert "春节" in off


class TestYearsWithoutNotice:
    def test_2027_is_off_on_weekends_and_the_thirteen_statutory_days(self) -> None:
        days = [date(2027, 1, 1) + number * ONE_DAY for number in range(365)]
        off = " ".join(f"{day:%m-%d}" for day in days if mainland().holiday(day))
        assert off == (
            "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03"
        )
        assert all(is_working(day) == (day.weekday() < 5) for day in days if not _named(day))

    def test_2003_follows_the_measures_of_1999(self) -> None:
        days = [date(2003, 1, 1) + number * ONE_DAY for number in range(365)]
        off = " ".join(f"{day:%m-%d}" for day in days if mainland().holiday(day))
        assert off == "01-01 02-01 02-02 02-03 05-01 05-02 05-03 10-01 10-02 10-03"

    @pytest.mark.parametrize(
        ("year", "days"),
        [
            (2028, ("2028-01-26", "2028-04-04", "2028-05-28", "2028-10-03")),
            (2029, ("2029-02-13", "2029-04-04", "2029-06-16", "2029-09-22")),
            (2030, ("2030-02-03", "2030-04-05", "2030-06-05", "2030-09-12")),
        ],
    )
    def test_the_lunar_table(self, year: int, days: tuple[str, ...]) -> None:
        lunar = statutory().lunar_days[year]
        assert tuple(f"{year}-{day}" for day in lunar.values()) == days

    @pytest.mark.parametrize("day", [date(1999, 5, 4), date(2061, 5, 4)])
    def test_a_year_without_lunar_days_is_refused(self, day: date) -> None:
        assert not mainland().knows(day)
        with pytest.raises(CalendarUnknown, match=f"{day.year} 年没有放假通知"):
            is_working(day)

    def test_only_the_end_of_the_last_announced_year_may_be_moved_yet(self) -> None:
        days = (date(2026, 12, 24), date(2026, 12, 31), date(2025, 12, 31), date(2027, 12, 31))
        assert [mainland().may_be_moved_yet(day) for day in days] == [False, True, False, False]


class TestAdding:
    @pytest.mark.parametrize(
        ("day", "count", "due"),
        [
            ("2026-09-30", 1, "2026-10-08"),
            ("2026-09-30", 3, "2026-10-10"),
            ("2026-10-04", 1, "2026-10-08"),
            ("2026-10-12", -1, "2026-10-10"),
            ("2026-10-12", -4, "2026-09-30"),
            ("2026-01-04", -1, "2025-12-31"),
            ("2025-12-31", 1, "2026-01-04"),
            ("2026-02-13", 0, "2026-02-13"),
        ],
    )
    def test_by_hand(self, day: str, count: int, due: str) -> None:
        assert add_working_days(date.fromisoformat(day), count) == date.fromisoformat(due)

    def test_every_next_working_day_from_2004_to_2030_equals_the_walk(self) -> None:
        worked = [
            day
            for day in (FIRST + number * ONE_DAY for number in range((LAST - FIRST).days + 1))
            if is_working(day)
        ]
        for before, after in pairwise(worked):
            assert next_working_day(before) == after
            assert next_working_day(after - ONE_DAY) == after
            assert add_working_days(after, -1) == before

    @given(day=st.dates(FIRST, LAST), count=st.integers(-260, 260))
    def test_adding_equals_the_walk_day_by_day(self, day: date, count: int) -> None:
        assert add_working_days(day, count) == _walked(day, count)

    @given(day=st.dates(FIRST, LAST), one=st.integers(1, 90), other=st.integers(1, 90))
    def test_adding_in_two_steps_is_adding_once(self, day: date, one: int, other: int) -> None:
        assert add_working_days(add_working_days(day, one), other) == add_working_days(
            day, one + other
        )


def _named(day: date) -> bool:
    return mainland().holiday(day) is not None
