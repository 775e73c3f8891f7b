"""What working days cost, beside the loop of chinesecalendar, and a due day with its reasons."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import chinese_calendar

from tests.benchmarks.figures import Figure
from zhengpin.kernel.calendars import mainland
from zhengpin.kernel.clocks import deadline
from zhengpin.kernel.lawdata import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMPUTATIONS = 1_000_000
LOOPED, EXPLAINED = 2_000, 20_000
LENGTHS = (3, 7, 15, 20, 45)
FIRST, DAYS = date(2005, 1, 1), 7_600  # to 2025-10: 45 working days on are announced too
RULES = ("complaint121-accept", "penalty-decide", "foi-reply", "litig-direct", "apl-pay")


def figures() -> list[Figure]:
    calendar = mainland()
    days = [FIRST + timedelta(days=number) for number in range(DAYS)]
    calendar.add_working_days(days[0], 45)
    ours = _seconds(calendar.add_working_days, _asked(days, COMPUTATIONS))
    asked = _asked(days, LOOPED)
    mine = _seconds(calendar.add_working_days, asked) / LOOPED
    theirs = _seconds(_looped, asked) / LOOPED
    found = [calendar.add_working_days(*one) == _looped(*one) for one in asked]
    explained = _explained()
    return [
        Figure("one million working-day computations, 3 to 45 days", ours, 2, "s"),
        Figure(f"one by find_workday of chinesecalendar ({LOOPED})", theirs * 1e6, None, "µs"),
        Figure("the same against ours", theirs / mine, None, "x"),
        Figure("questions on which the two differ", LOOPED - sum(found), 0, ""),
        Figure(f"a due day with its reasons ({EXPLAINED})", explained * 1e6, 120, "µs"),
    ]


def _asked(days: Sequence[date], number: int) -> list[tuple[date, int]]:
    """Return questions that go through the years in strides, so that no year is favoured."""
    return [(days[place * 37 % DAYS], LENGTHS[place % len(LENGTHS)]) for place in range(number)]


def _looped(day: date, count: int) -> date:
    """Ask the library; from a day off it calls the first working day the 0th, we the first."""
    steps = count if chinese_calendar.is_workday(day) else count - 1
    found: date = chinese_calendar.find_workday(steps, day)
    return found


def _seconds(compute: Callable[[date, int], date], asked: Sequence[tuple[date, int]]) -> float:
    start = time.perf_counter()
    for day, count in asked:
        compute(day, count)
    return time.perf_counter() - start


def _explained() -> float:
    chosen = [rule(one) for one in RULES]
    first = date(2026, 4, 15)
    start = time.perf_counter()
    for place in range(EXPLAINED):
        deadline(chosen[place % len(chosen)], first + timedelta(days=place % 200))
    return (time.perf_counter() - start) / EXPLAINED
