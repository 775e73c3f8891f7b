"""The answer object: its keys, what is echoed, and what is refused in one sentence."""

from __future__ import annotations

import pytest

from zhengpin.kernel.clocks import answer

KEYS = [
    "rule",
    "from",
    "due",
    "unit",
    "length",
    "extended",
    "provisional",
    "citation",
    "counting",
    "why",
    "error",
]


class TestAnswer:
    def test_has_the_keys_of_the_contract_in_its_order(self) -> None:
        assert list(answer("foi-reply", "2026-09-28")) == KEYS
        assert list(answer("nothing", None)) == KEYS

    def test_tells_the_row_it_used(self) -> None:
        found = answer("penalty-verify-file", "2026-06-01", 1)
        assert (found["rule"], found["from"]) == ("penalty-verify-file", "2026-06-01")
        assert (found["unit"], found["length"]) == ("working_days", 15)
        assert found["counting"] == "samr80"
        assert found["extended"] is True
        assert found["citation"] == (
            "《市场监督管理行政处罚程序规定》（总局令第2号(2018-12-21)，第42号、第61号修正）第十八条"
        )

    @pytest.mark.parametrize(
        ("asked", "told"), [(False, False), (None, False), (0, False), (True, True), (1, True)]
    )
    def test_extended_is_false_true_or_a_number(self, asked: object, told: object) -> None:
        assert answer("patent-decide", "2026-03-02", asked)["extended"] is told
        assert answer("patent-decide", "2026-03-02", 2)["extended"] == 2

    @pytest.mark.parametrize(
        ("start", "due"),
        [
            ("2026-03-02T16:45:00+08:00", "2026-03-03T16:45:00+08:00"),
            ("2026-03-02T16:45+08:00", "2026-03-03T16:45:00+08:00"),
            ("2026-03-02T20:00:00Z", "2026-03-04T04:00:00+08:00"),
        ],
    )
    def test_an_instant_is_answered_in_beijing_time(self, start: str, due: str) -> None:
        assert answer("acl-report", start)["due"] == due

    def test_a_rule_in_days_takes_the_beijing_day_of_an_instant(self) -> None:
        assert answer("apl-pay", "2026-03-02T20:00:00Z")["due"] == "2026-03-18"


class TestRefusals:
    @pytest.mark.parametrize(
        ("rule", "start", "extended", "sentence"),
        [
            ("apl-decid", "2026-03-02", False, "没有规则“apl-decid”；相近的有 apl-decide"),
            (None, "2026-03-02", False, "缺少 rule"),
            (["foi-reply"], "2026-03-02", False, "缺少 rule"),
            ("foi-reply", None, False, "缺少 from"),
            ("foi-reply", 20260302, False, "缺少 from"),
            ("foi-reply", "2026-02-30", False, "“2026-02-30”不是日期"),
            ("foi-reply", "20260302", False, "“20260302”不是日期"),
            ("foi-reply", "2026-W10-1", False, "不是日期"),
            ("acl-report", "2026-03-02T16:45:00", False, "没有写时区"),
            ("acl-report", "2026-03-02T25:45:00+08:00", False, "不是日期"),
            ("acl-report", "2026-03-02", False, "按小时计算：请写明事件的时刻"),
            ("foi-reply", "2026-03-02", 2, "只有 1 次延长，没有第 2 次"),
            ("apl-pay", "2026-03-02", True, "条文没有延长"),
            ("penalty-review", "2026-03-02", True, "长短由决定写明"),
            ("penalty-decide", "2026-03-02", 2, "负责人集体讨论决定"),
            ("foi-reply", "2026-03-02", "yes", "延长写作“yes”"),
            ("foi-reply", "2026-03-02", 1.5, "延长写作“1.5”"),
            ("foi-reply", "2026-03-02", -1, "延长写作“-1”"),
            ("penalty-seizure", "9999-12-20", False, "超出可以计算的范围"),
            ("foi-reply", "2061-03-02", False, "2061 年没有放假通知"),
            ("crim-limitation-5y", "9998-03-02", False, "超出可以计算的范围"),
        ],
    )
    def test_refuses_with_one_sentence(
        self, rule: object, start: object, extended: object, sentence: str
    ) -> None:
        found = answer(rule, start, extended)
        assert sentence in str(found["error"])
        assert (found["due"], found["why"], found["provisional"]) == (None, [], False)

    @pytest.mark.parametrize(
        ("rule", "start", "in_force"),
        [
            ("complaint20-accept", "2026-04-15", "complaint121-accept"),
            ("complaint121-accept", "2026-04-14", "complaint20-accept"),
            ("penalty-statement-window", "2021-07-14", "penalty-statement-window-2019"),
            ("penalty-public-notice-2019", "2022-11-01", "penalty-public-notice"),
            ("apl-hearing", "2021-07-14", "apl-hearing-1996"),
            ("patent10-decide", "2015-07-01", "patent15-decide"),
            ("patent10-decide", "2025-02-01", "patent-decide"),
            ("patent-decide", "2015-06-30", "patent10-decide"),
            ("tm-opposition-2026", "2026-12-31", "tm-opposition-2019"),
            ("tm-opposition-2019", "2027-01-01", "tm-opposition-2026"),
            ("repair-decide", "2025-12-24", "list-exit-decide、repair21-decide"),
            ("ndrc36-general-min", "2026-03-31", "ndrc58-min"),
        ],
    )
    def test_an_event_outside_the_interval_names_the_row_in_force(
        self, rule: str, start: str, in_force: str
    ) -> None:
        error = str(answer(rule, start)["error"])
        assert f"不适用于 {start} 的事件：该日施行的是 {in_force}。" in error

    @pytest.mark.parametrize(
        ("rule", "start"), [("penalty-assist", "2020-03-02"), ("recon-apply", "2023-12-31")]
    )
    def test_where_no_version_is_known_it_says_so(self, rule: str, start: str) -> None:
        assert "数据里没有该日施行的对应规则" in str(answer(rule, start)["error"])

    def test_the_first_day_in_force_counts_and_the_last_does_not(self) -> None:
        assert answer("complaint121-accept", "2026-04-15")["error"] is None
        assert answer("complaint20-accept", "2026-04-14")["error"] is None
