from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.kernel.procedures.assistance import ASSISTANCE
from zhengpin.kernel.calendars import mainland
from zhengpin.kernel.clocks.starts import BEIJING
from zhengpin.kernel.lawdata import deadline_table
from zhengpin.kernel.procedures import Fact, Limit, Reading, State, in_effect, read_clocks

NOW = datetime(2026, 4, 1, 9, tzinfo=BEIJING)


def read(*facts: Fact, now: datetime = NOW) -> dict[str, list[Reading]]:
    readings = read_clocks(
        ASSISTANCE,
        in_effect(facts),
        now=now,
        rules=deadline_table().rules,
        calendar=mainland(),
    )
    found: dict[str, list[Reading]] = {}
    for one in readings:
        found.setdefault(one.clock.code, []).append(one)
    return found


def steps(*moves: tuple[str, date]) -> list[Fact]:
    return [Fact(id=number, move=move, on=on) for number, (move, on) in enumerate(moves, 1)]


MARCH = [("ask", date(2026, 3, 2)), ("accept", date(2026, 3, 3))]


def test_fifteen_working_days_run_from_the_day_after_the_letter_was_taken_in() -> None:
    (reading,) = read(*steps(*MARCH), now=datetime(2026, 3, 24, 23, 59, tzinfo=BEIJING))["assist"]
    assert (reading.state, reading.due) == (State.RUNNING, date(2026, 3, 24))
    assert reading.rule is not None
    assert reading.rule.id == "penalty-assist"
    assert str(reading.why[0]).startswith("依据：")


def test_the_day_is_over_at_midnight_in_beijing() -> None:
    (reading,) = read(*steps(*MARCH), now=datetime(2026, 3, 25, tzinfo=BEIJING))["assist"]
    assert reading.state is State.OVERDUE


@pytest.mark.parametrize(
    ("answered", "state"), [(date(2026, 3, 24), State.MET), (date(2026, 3, 25), State.MISSED)]
)
def test_an_answer_meets_or_misses_the_last_day(answered: date, state: State) -> None:
    (reading,) = read(*steps(*MARCH, ("answer", answered)))["assist"]
    assert reading.state is state


def test_a_pause_leaves_its_working_days_out() -> None:
    found = read(
        *steps(*MARCH, ("want", date(2026, 3, 5))),
        Fact(4, "supply", date(2026, 3, 12), corrects=None),
    )
    (reading,) = found["assist"]
    # 2026-03-06, 09, 10, 11 and 12 are left out: five working days.
    assert reading.due == date(2026, 3, 31)
    assert any("2026-03-06" in one and "不计入" in one for one in map(str, reading.why))


def test_a_paused_clock_has_no_day() -> None:
    (reading,) = read(*steps(*MARCH, ("want", date(2026, 3, 5))))["assist"]
    assert (reading.state, reading.due) == (State.PAUSED, None)
    assert not reading.is_unset


def test_an_extension_of_undefined_length_runs_until_the_day_its_decision_fixes() -> None:
    decision = Limit(date(2026, 4, 10), "示市公延〔2026〕1号")
    extended = Fact(3, "extend", date(2026, 3, 20), sets={"assist": decision})
    (reading,) = read(*steps(*MARCH), extended)["assist"]
    assert reading.due == date(2026, 4, 10)
    assert reading.rule is not None
    assert str(reading.why[-1]) == "延长：示市公延〔2026〕1号，延长到 2026-04-10。"


def test_a_correction_moves_the_day_and_the_due_day_with_it() -> None:
    wrong = steps(*MARCH)
    right = Fact(9, "accept", date(2026, 3, 2), corrects=2)
    (reading,) = read(*wrong, right)["assist"]
    assert reading.due == date(2026, 3, 23)


def test_the_last_correction_counts() -> None:
    first = Fact(8, "accept", date(2026, 3, 2), corrects=2)
    second = Fact(9, "accept", date(2026, 3, 3), corrects=2)
    (reading,) = read(*steps(*MARCH), first, second)["assist"]
    assert reading.due == date(2026, 3, 24)


def test_asking_again_is_a_new_run() -> None:
    first, second = read(
        *steps(*MARCH, ("answer", date(2026, 3, 10)), ("ask_again", date(2026, 3, 16)))
    )["assist"]
    assert first.state is State.MET
    assert second.due == date(2026, 4, 7)


def test_hours_run_from_the_instant() -> None:
    at = datetime(2026, 3, 5, 16, 45, tzinfo=BEIJING)
    found = read(*steps(*MARCH), Fact(3, "want", at.date(), at=at))
    assert found["notice"][0].due == datetime(2026, 3, 6, 16, 45, tzinfo=BEIJING)


def test_hours_without_an_instant_say_what_is_missing() -> None:
    (reading,) = read(*steps(*MARCH, ("want", date(2026, 3, 5))))["notice"]
    assert reading.due is None
    assert "时刻" in str(reading.why[0])


def test_where_nothing_sets_a_day_it_is_said() -> None:
    (reading,) = read(*steps(*MARCH))["reply"]
    assert reading.is_unset
    assert [*map(str, reading.why)] == ["未设定：没有法律规定，也没有文件定下日期。"]


def test_a_letter_may_fix_a_day_of_its_own() -> None:
    limit = Limit(date(2026, 3, 20), "示市监函〔2026〕3号")
    asked = Fact(1, "ask", date(2026, 3, 2), sets={"reply": limit})
    (reading,) = read(asked)["reply"]
    assert reading.due == date(2026, 3, 20)
    assert "示市监函〔2026〕3号" in str(reading.why[0])


def test_an_event_before_the_rule_is_not_reckoned_by_it() -> None:
    (reading,) = read(*steps(("ask", date(2020, 1, 2)), ("accept", date(2020, 1, 3))))["assist"]
    assert reading.due is None
    assert "自 2021-07-15 起施行" in str(reading.why[0])
