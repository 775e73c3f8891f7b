"""What a member reads about the law."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhengpin.base.lawbase import queries
from zhengpin.kernel.lawdata import rules, threshold_table

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def page(desk: Client, address: str, status: int = 200) -> str:
    answer = desk.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


class TestInstruments:
    def test_every_instrument_is_listed_with_its_rows(self, desk: Client) -> None:
        shown = page(desk, "/law/")
        assert shown.count("/law/instruments/") == len(queries.instruments()) == 68
        assert "市场监督管理行政处罚程序规定" in shown

    def test_the_rows_of_all_instruments_are_all_rows(self) -> None:
        found = queries.instruments()
        assert sum(len(one.rules) for one in found) == len(rules())
        assert sum(len(one.thresholds) for one in found) == len(threshold_table().thresholds)

    def test_an_instrument_lists_its_rules_and_how_sure_they_are(self, desk: Client) -> None:
        one = next(each for each in queries.instruments() if "2016〕16号" in each.number)
        shown = page(desk, f"/law/instruments/{one.code}")
        assert shown.count("存疑：凭记忆录入") == 4
        assert "mps16-2016-1" in shown

    def test_an_unknown_instrument_is_not_found(self, desk: Client) -> None:
        page(desk, "/law/instruments/nothing", 404)


class TestRules:
    def test_a_rule_shows_its_fields_and_what_is_unset(self, desk: Client) -> None:
        shown = page(desk, "/law/rules/penalty-decide")
        for text in ("90 日（自然日）", "第六十四条", "2019-04-01 起", "未设定", "负责人集体讨论"):
            assert text in shown

    @pytest.mark.parametrize("id_", [one.id for one in rules()][::9])
    def test_every_rule_has_a_page(self, desk: Client, id_: str) -> None:
        assert id_ in page(desk, f"/law/rules/{id_}")

    def test_the_versions_stand_side_by_side_with_their_last_days(self, desk: Client) -> None:
        shown = page(desk, "/law/rules/complaint20-accept")
        assert "2020-01-01 至 2026-04-14" in shown
        assert "/law/rules/complaint121-accept" in shown

    def test_a_correction_and_an_open_point_are_noted(self, desk: Client) -> None:
        assert "知识产权海关保护条例第十条第二款" in page(desk, "/law/rules/customs-record-renew")
        assert "是否随之，未见文本" in page(desk, "/law/rules/drug-seizure-decide")

    def test_a_due_day_is_reckoned_with_its_reasons(self, desk: Client) -> None:
        shown = page(desk, "/law/rules/penalty-decide?from=2026-07-05&extended=1")
        assert "2026-11-02" in shown
        assert "延长：第 1 次，30 日" in shown

    def test_the_reasons_are_in_the_language_of_the_page(self, desk: Client) -> None:
        desk.post("/language", {"language": "en", "next": "/"})
        shown = page(desk, "/law/rules/penalty-decide?from=2026-07-05&extended=1")
        assert "Day 120 is 2026-11-02 (Monday)." in shown
        assert "延长：第 1 次" not in shown

    def test_hours_are_reckoned_from_a_moment_of_beijing(self, desk: Client) -> None:
        shown = page(desk, "/law/rules/transfer-310-send?from=2026-09-30T16:45")
        assert "2026-10-01T16:45:00+08:00" in shown

    def test_a_provisional_day_says_so(self, desk: Client) -> None:
        assert "暂定" in page(desk, "/law/rules/complaint121-accept?from=2026-12-25")

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ("from=2018-07-05", "不适用于 2018-07-05 的事件"),
            ("from=2026-02-30", "事件之日"),
            ("from=%00", "事件之日"),
            ("from=2026-07-05&extended=7", "延长"),
        ],
    )
    def test_a_question_without_answer_is_refused_in_words(
        self, desk: Client, asked: str, said: str
    ) -> None:
        shown = page(desk, f"/law/rules/penalty-decide?{asked}", 422)
        assert 'role="alert"' in shown or 'class="bad"' in shown
        assert said in shown

    def test_an_unknown_rule_is_not_found(self, desk: Client) -> None:
        page(desk, "/law/rules/nothing", 404)


class TestThresholds:
    def test_a_threshold_says_its_condition_in_words(self, desk: Client) -> None:
        shown = page(desk, "/law/thresholds/cl213-2004-t1-two-marks")
        for text in (
            "同时具备下列各项",
            "非法经营数额不少于 30,000 元（3 万元）",
            "法释〔2004〕19号",
        ):
            assert text in shown

    def test_every_condition_can_be_said(self, desk: Client) -> None:
        for id_ in threshold_table().thresholds:
            page(desk, f"/law/thresholds/{id_}")

    def test_an_unknown_threshold_is_not_found(self, desk: Client) -> None:
        page(desk, "/law/thresholds/nothing", 404)


class TestCalendar:
    def test_a_year_cites_its_notice(self, desk: Client) -> None:
        shown = page(desk, "/law/calendar/2026")
        for text in ("国办发明电〔2025〕7号", "全年 248 个工作日", "2026-02-15", "2026-10-10"):
            assert text in shown

    def test_a_year_whose_number_nobody_recorded_says_so(self, desk: Client) -> None:
        assert "文号：未载明" in page(desk, "/law/calendar/2012")

    def test_a_year_that_was_changed_cites_both_notices(self, desk: Client) -> None:
        assert "关于延长2020年春节假期的通知" in page(desk, "/law/calendar/2020")

    def test_a_year_without_notice_is_provisional(self, desk: Client) -> None:
        shown = page(desk, "/law/calendar/2027")
        assert "这一年的放假通知尚未载入" in shown
        assert "国务院令第795号" in shown

    @pytest.mark.parametrize("year", [0, 1, 1999, 2061, 9999, 123456])
    def test_a_year_that_cannot_be_known_is_not_found(self, desk: Client, year: int) -> None:
        page(desk, f"/law/calendar/{year}", 404)


class TestSearch:
    def test_words_find_rules_and_figures_in_any_script(self, desk: Client) -> None:
        assert "hearing-request" in page(desk, "/law/?q=聽證")
        assert "cl217-2011-online-t1" in page(desk, "/law/?q=点击次数 意见")

    def test_what_is_not_there_is_unset(self, desk: Client) -> None:
        assert "没有收录的期限就是未设定" in page(desk, "/law/?q=没有这种事")

    def test_markup_is_shown_as_text(self, desk: Client) -> None:
        assert "<script>alert" not in page(desk, "/law/?q=<script>alert(1)</script>")


def test_open_points_are_listed_with_the_present_reading(desk: Client) -> None:
    shown = page(desk, "/law/open")
    assert "首日" not in shown
    assert "末日遇休息日是否顺延未见文本" in shown
    assert "/law/rules/fakepatent-evidence-hold" in shown
