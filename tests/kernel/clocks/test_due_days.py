"""The table of due days, and what the reasons say of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.clocks.due_days import ALL, Row
from zhengpin.kernel.calendars import mainland
from zhengpin.kernel.clocks import answer, deadline
from zhengpin.kernel.clocks.counting import COUNTINGS
from zhengpin.kernel.clocks.kinds import MEANINGS, WITHOUT_DUE_DAY
from zhengpin.kernel.lawdata import Kind, Rule, Unit, deadline_table, rule, rules


def _named(row: Row) -> str:
    return f"{row[0]} {row[1]}" + (f" +{row[2]}" if row[2] else "")


@pytest.mark.parametrize("row", ALL, ids=_named)
def test_the_due_day_is_the_one_computed_by_hand(row: Row) -> None:
    rule_id, start, extended, due, provisional = row
    found = answer(rule_id, start, extended)
    assert (found["due"], found["provisional"], found["error"]) == (due, provisional, None)


def test_the_table_covers_the_rules() -> None:
    assert len({row[0] for row in ALL}) >= 120
    assert {rule(row[0]).unit for row in ALL} == set(Unit)
    assert {rule(row[0]).counting_rule for row in ALL} == {None, *deadline_table().counting_rules}


class TestKinds:
    @pytest.mark.parametrize(
        ("rule_id", "start", "reason"),
        [
            ("list-early-exit-min", "2026-02-28", "最短等待期：12 个月（1 年）至 2027-02-28"),
            ("ndrc36-general-min", "2026-11-30", "3 个月至 2027-02-28（星期日）届满"),
            ("publicity-samr-display-key-min", "2026-02-28", "最短等待期"),
            ("complaint121-restart", "2026-05-02", "重新计时的规则，本身没有期间"),
            ("ecom-statement-cap", "2026-12-20", "不计入时间的上限（最长 20 个工作日）"),
            ("tm-repeat-lookback-2019", "2024-02-29", "追溯到 2019-02-28（星期四）"),
            ("customs-record-renew", "2026-08-31", "自 2026-02-28（星期六）起可以办理"),
        ],
    )
    def test_a_kind_without_a_single_due_day_says_why(
        self, rule_id: str, start: str, reason: str
    ) -> None:
        found = answer(rule_id, start)
        assert (found["due"], found["provisional"], found["error"]) == (None, False, None)
        assert any(reason in str(sentence) for sentence in _why(found))

    def test_every_kind_has_a_meaning_or_a_reason_for_no_due_day(self) -> None:
        assert MEANINGS.keys() | WITHOUT_DUE_DAY.keys() == set(Kind)
        assert MEANINGS.keys().isdisjoint(WITHOUT_DUE_DAY)

    def test_every_counting_rule_of_the_data_is_read(self) -> None:
        assert COUNTINGS.keys() == deadline_table().counting_rules.keys()

    @pytest.mark.parametrize("one", rules(), ids=lambda one: one.id)
    def test_every_rule_answers_with_reasons_in_its_first_month(self, one: Rule) -> None:
        day = max(one.effective_from, date(2005, 1, 5)).isoformat()
        start = f"{day}T09:00:00+08:00" if one.unit is Unit.HOURS else day
        found = answer(one.id, start)
        assert found["error"] is None
        assert one.source.article in str(found["citation"])
        sentences = _why(found)
        assert len(sentences) >= 2
        assert all(sentence.endswith(("。", "）")) for sentence in sentences)


class TestReasons:
    def test_working_days_name_what_is_left_out_and_what_is_worked(self) -> None:
        why = _why(answer("complaint20-accept", "2026-02-10"))
        assert "不计入的休息日：2026-02-15 至 2026-02-23 春节。" in why
        assert "调休上班、计入的日子：2026-02-14（星期六）（春节调休）。" in why
        assert any("2026-02-10（星期二）是事件发生之日，不计入" in one for one in why)

    def test_rolling_names_the_days_off_and_the_article(self) -> None:
        why = _why(answer("penalty-decide", "2026-07-05"))
        assert (
            "顺延：末日是休息日（2026-10-03 至 2026-10-07 国庆节），"
            "依《市场监督管理行政处罚程序规定》第八十条顺延到 2026-10-08（星期四）。"
        ) in why

    def test_a_worked_saturday_does_not_roll(self) -> None:
        why = _why(answer("penalty-decide", "2026-07-12"))
        assert any("末日是工作日（国庆节调休上班），不顺延" in one for one in why)

    @pytest.mark.parametrize("rule_id", ["litig-appeal", "apl-pay", "copyright-accept"])
    @pytest.mark.parametrize("start", ["2026-09-20", "2026-06-01"])
    def test_a_silent_rule_says_that_it_is_silent(self, rule_id: str, start: str) -> None:
        why = _why(answer(rule_id, start))
        assert any("没有写明末日遇休息日是否顺延，这里不顺延" in one for one in why)

    def test_undefined_days_are_pointed_out_and_not_moved(self) -> None:
        why = _why(answer("transfer-310-approve", "2026-09-30"))
        assert any("末日是休息日：规范未写明顺延，不自动延后" in one for one in why)

    def test_a_month_without_the_day_ends_on_its_last(self) -> None:
        why = _why(answer("litig-direct", "2025-08-31"))
        assert any("没有 31 日，以月末 2026-02-28（星期六）为末日" in one for one in why)

    def test_an_extension_says_who_grants_it_and_the_other_reading(self) -> None:
        why = _why(answer("penalty-decide", "2026-07-05", 1))
        assert "延长：第 1 次，30 日（市场监管部门负责人：案情复杂等）。" in why
        assert any("未定：延长的期间若自前一期间届满之日起" in one for one in why)

    def test_a_year_without_notice_is_said_to_be_provisional(self) -> None:
        why = _why(answer("complaint121-accept", "2026-12-25"))
        assert any("暂定：2027 年的放假通知尚未载入" in one for one in why)

    def test_the_end_of_the_last_announced_year_may_still_move(self) -> None:
        why = _why(answer("foi-reply", "2026-12-01"))
        assert any("仍可能调整 2026 年 12 月末的日子" in one for one in why)

    def test_a_recalled_row_says_that_its_text_was_not_seen(self) -> None:
        why = _why(answer("mps16-2016-2", "2026-06-01"))
        assert any("凭记忆录入，未见条文原文" in one for one in why)

    def test_excluded_time_is_said_to_be_left_in(self) -> None:
        why = _why(answer("penalty-verify-file", "2026-06-01"))
        assert any("未扣除：检测、检验、检疫、鉴定" in one for one in why)

    @pytest.mark.parametrize("rule_id", ["drug-seizure-decide", "fakepatent-evidence-hold"])
    def test_an_open_point_of_law_is_said_to_be_open(self, rule_id: str) -> None:
        assert any(one.startswith("未定：") for one in _why(answer(rule_id, "2026-06-01")))


COUNTED = [
    one
    for one in rules()
    if one.unit is not Unit.HOURS and one.kind in MEANINGS and one.effective_to is None
]
DAYS = st.dates(date(2026, 4, 15), date(2059, 1, 1))


@given(one=st.sampled_from(COUNTED), start=DAYS, later=st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_a_later_event_is_never_due_earlier(one: Rule, start: date, later: int) -> None:
    if not one.covers(start):
        return
    first = deadline(one, start).due
    second = deadline(one, start + timedelta(days=later)).due
    assert first is not None
    assert second is not None
    assert first <= second


@given(one=st.sampled_from(COUNTED), start=DAYS)
@settings(max_examples=200, deadline=None)
def test_a_due_day_that_rolls_or_counts_working_days_is_worked(one: Rule, start: date) -> None:
    rolls = one.counting_rule in {"criminal_procedure", "samr80", "samr121", "arl88"}
    if not one.covers(start) or not (rolls or one.unit is Unit.WORKING_DAYS):
        return
    due = deadline(one, start).due
    assert due is not None
    assert mainland().is_working(due)


def _why(found: dict[str, object]) -> list[str]:
    why = found["why"]
    assert isinstance(why, list)
    return why
