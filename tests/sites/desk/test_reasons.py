"""Why a day is the last one, as a page in English and one in Traditional Chinese say it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from tests.kernel.procedures.assistance import ASSISTANCE
from zhengpin.kernel.calendars import known_notices, mainland, statutory
from zhengpin.kernel.clocks import Pause, deadline
from zhengpin.kernel.clocks.days import holiday
from zhengpin.kernel.clocks.starts import BEIJING
from zhengpin.kernel.lawdata import deadline_table, rule
from zhengpin.kernel.procedures import Fact, Limit, Reading, in_effect, read_clocks
from zhengpin.sites.desk.templatetags.desk import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpin.kernel.sentences import Sentence

SAMR_PENALTIES = "《市场监督管理行政处罚程序规定》（总局令第2号(2018-12-21)，第42号、第61号修正）"


def why(reasons: Sequence[Sentence], language: str = "en") -> list[str]:
    with translation.override(language):
        return [said(one) for one in reasons]


def test_working_days_over_national_day_with_a_day_made_up() -> None:
    assert why(deadline(rule("foi-reply"), date(2026, 9, 28)).why) == [
        (
            "Rule: 《政府信息公开条例》（国务院令第711号(2019-04-03)）第三十三条. "
            "“收到政府信息公开申请” – 20 working days – “答复”."
        ),
        (
            "Start: 2026-09-28 (Monday) is the day of the event and is not counted; "
            "counting begins on the next day, 2026-09-29 (Tuesday) (《民法典》第二百零一条)."
        ),
        (
            "Days off, not counted: 2026-10-01 to 2026-10-07 (National Day); 2026-10-11 "
            "(weekend); 2026-10-17 to 2026-10-18 (weekend); 2026-10-24 to 2026-10-25 (weekend)."
        ),
        "Make-up working days, counted: 2026-10-10 (Saturday), for National Day.",
        "Working day 20 is 2026-10-30 (Friday).",
        "Meaning: that day is the last for “答复”.",
    ]


def test_months_that_end_in_a_shorter_month() -> None:
    assert why(deadline(rule("litig-direct"), date(2025, 8, 31)).why) == [
        (
            "Rule: 《行政诉讼法》（2017-06-27修正）第四十六条. "
            "“知道或应当知道行政行为” – 6 months – “直接起诉”."
        ),
        (
            "Start: 2025-08-31 (Sunday) is the day of the event and is not counted; "
            "counting begins on the next day, 2025-09-01 (Monday) (《民法典》第二百零一条)."
        ),
        (
            "The month 6 months later has no day 31, so the last day is the end of that month, "
            "2026-02-28 (Saturday) (《民法典》第二百零二条)."
        ),
        "Nothing in the rule says whether a last day that is a day off moves; here it does not.",
        (
            "Meaning: that day is the last on which to use the right (“直接起诉”); "
            "after it the right is usually lost."
        ),
    ]


def test_a_last_day_in_a_holiday_moves_by_its_article() -> None:
    assert why(deadline(rule("penalty-decide"), date(2026, 7, 5)).why) == [
        f"Rule: {SAMR_PENALTIES}第六十四条. “立案” – 90 days – “作出处理决定”.",
        (
            "Start: 2026-07-05 (Sunday) is the day of the event and is not counted; "
            "counting begins on the next day, 2026-07-06 (Monday) (《民法典》第二百零一条)."
        ),
        "Day 90 is 2026-10-03 (Saturday).",
        (
            "Moved: the last day falls on days off, 2026-10-03 to 2026-10-07 (National Day); "
            "under 《市场监督管理行政处罚程序规定》第八十条 it moves to 2026-10-08 (Thursday)."
        ),
        "Meaning: that day is the last for “作出处理决定”.",
        (
            "Not taken off: by law this time is not counted and must be added as the days it "
            "really took: "
            "“中止、听证、公告、检测检验检疫鉴定、权利人辨认或鉴别、责令退还多收价款等时间”."
        ),
    ]


def test_two_pauses_of_ten_days_and_of_one() -> None:
    pauses = [
        Pause(date(2026, 2, 1), date(2026, 2, 11)),
        Pause(date(2026, 3, 1), date(2026, 3, 2)),
    ]
    found = why(deadline(rule("penalty-decide"), date(2026, 1, 5), pauses=pauses).why)
    assert found[2:6] == [
        "Day 90 is 2026-04-05 (Sunday).",
        "Pause: 2026-02-02 (Monday) to 2026-02-11 (Wednesday), 10 days not counted.",
        "Pause: 2026-03-02 (Monday) to 2026-03-02 (Monday), 1 day not counted.",
        "With the pauses left out, the period runs to 2026-04-16 (Thursday).",
    ]


def test_an_extension_and_the_other_way_to_count_it() -> None:
    found = why(deadline(rule("penalty-decide"), date(2026, 7, 5), extended=1).why)
    assert found[2:7] == [
        "Extension 1: 30 days (“市场监管部门负责人：案情复杂等”).",
        "Together: 120 days, counted in one run from the day after the event.",
        "Day 120 is 2026-11-02 (Monday).",
        (
            "The last day is a working day and does not move "
            "(《市场监督管理行政处罚程序规定》第八十条)."
        ),
        (
            "Unsettled: if the extension were counted anew from the end of the period before it, "
            "the day would be 2026-11-09 (Monday); the article does not say, and here the whole "
            "length is counted in one run."
        ),
    ]


def test_a_year_whose_notice_is_not_known() -> None:
    found = why(deadline(rule("complaint121-accept"), date(2026, 12, 25)).why)
    assert found[2:5] == [
        (
            "Days off, not counted: 2026-12-26 to 2026-12-27 (weekend); "
            "2027-01-01 to 2027-01-03 (New Year's Day)."
        ),
        "Working day 7 is 2027-01-06 (Wednesday).",
        (
            "Provisional: the holiday notice for 2027 is not loaded yet. Only weekends and the "
            "holidays set by 《全国年节及纪念日放假办法》（国务院令第795号(2024-11-10)，"
            "2025-01-01起施行）第二条 are known; make-up days are not. The day must be reckoned "
            "again once the notice is published."
        ),
    ]


def test_hours_with_a_pause() -> None:
    start = datetime(2026, 3, 5, 16, 0, tzinfo=BEIJING)
    pause = Pause(start.replace(hour=18), datetime(2026, 3, 6, 9, 30, tzinfo=BEIJING))
    found = why(deadline(rule("transfer-310-send"), start, pauses=[pause]).why)
    assert found[1:] == [
        (
            "Start: hours run without a break from 2026-03-05T16:00:00+08:00; nights and days off "
            "count, and the end does not move (《民法典》第二百零一条第二款)."
        ),
        "Pause: 2026-03-06 (Friday) to 2026-03-06 (Friday), 1 day not counted.",
        "With the pauses left out, the period runs to 2026-03-07T07:30:00+08:00.",
        "Meaning: that moment is the last for “向同级公安机关移送”.",
        (
            "Unsettled: if counting began only at the next full hour (“始时不计”), the end would "
            "come less than an hour later; the earlier one is taken here."
        ),
    ]


def test_a_day_before_the_event_is_counted_back() -> None:
    found = why(deadline(rule("apl-hearing-notice"), date(2026, 10, 20)).why)
    assert found[1:] == [
        (
            "Start: 2026-10-20 (Tuesday) is the day of the event and is not counted; counting "
            "goes back from the day before, 2026-10-19 (Monday) (by analogy with "
            "《民法典》第二百零一条)."
        ),
        "Days off, not counted: 2026-10-11 (weekend); 2026-10-17 to 2026-10-18 (weekend).",
        "Make-up working days, counted: 2026-10-10 (Saturday), for National Day.",
        "Working day 7 is 2026-10-10 (Saturday).",
        "Meaning: that day is the last for “通知当事人时间、地点”.",
        (
            "Unsettled: the article does not say whether so many days “before” means that many "
            "full days in between; better act one day earlier."
        ),
    ]


@pytest.mark.parametrize(
    ("rule_id", "start", "sentence"),
    [
        (
            "list-early-exit-min", date(2026, 6, 1),
            ("This is the shortest time to wait: 12 months (1 year), ending on 2027-06-01 "
            "(Tuesday). One may act only after that, and no last day is set, so there is no due "
            "day."),
        ),
        (
            "complaint121-restart", date(2026, 6, 1),
            ("This rule starts a time anew and sets no length of its own, so there is no due day: "
            "“处理期限自最后一次举报收到之日重新计算”."),
        ),
        (
            "tm-repeat-lookback-2026", date(2027, 3, 2),
            ("This period looks back: 60 months (5 years) before the day of the event, to "
            "2022-03-02 (Wednesday), so there is no due day."),
        ),
        (
            "ecom-statement-cap", date(2026, 6, 1),
            ("This limits the time that is not counted (at most 20 working days). It is added to "
            "another period, so there is no due day of its own."),
        ),
        (
            "transfer-310-approve", date(2026, 9, 30),
            ("The last day is a day off: the rule does not say that it moves, so it stays; better "
            "act before it."),
        ),
        (
            "penalty-decide", date(2026, 7, 12),
            ("The last day is a working day, made up for National Day, and does not move "
            "(《市场监督管理行政处罚程序规定》第八十条)."),
        ),
        (
            "foi-reply", date(2026, 12, 1),
            ("Note: the holiday notice for 2027 is not loaded yet and may still change days at "
            "the end of December 2026 (as happened with 2011-12-31 and 2018-12-29); unsettled."),
        ),
        (
            "mps16-2016-2", date(2026, 6, 1),
            ("In doubt: this rule was entered from memory, and its article has not been seen; "
            "check it before use."),
        ),
    ],
)  # fmt: skip
def test_what_is_said_of_other_rules(rule_id: str, start: date, sentence: str) -> None:
    assert sentence in why(deadline(rule(rule_id), start).why)


ASKED = [Fact(1, "ask", date(2026, 3, 2)), Fact(2, "accept", date(2026, 3, 3))]


def readings(*facts: Fact) -> dict[str, Reading]:
    found = read_clocks(
        ASSISTANCE,
        in_effect(facts),
        now=datetime(2026, 4, 1, 9, tzinfo=BEIJING),
        rules=deadline_table().rules,
        calendar=mainland(),
    )
    return {one.clock.code: one for one in found}


class TestReadings:
    def test_nothing_sets_a_day(self) -> None:
        reading = readings(*ASKED)["reply"]
        assert why(reading.why) == ["Not set: no law sets a day, and no document does."]

    def test_a_letter_sets_a_day(self) -> None:
        limit = Limit(date(2026, 3, 20), "示市监函〔2026〕3号")
        reading = readings(Fact(1, "ask", date(2026, 3, 2), sets={"reply": limit}))["reply"]
        assert why(reading.why) == ["Basis: “示市监函〔2026〕3号” sets 2026-03-20."]

    def test_a_paused_clock_has_no_day(self) -> None:
        reading = readings(*ASKED, Fact(3, "want", date(2026, 3, 5)))["assist"]
        sentence = "Paused since 2026-03-05; there is no due day until it resumes."
        assert why(reading.why)[-1] == sentence

    def test_a_decision_extends_to_its_day(self) -> None:
        decision = Limit(date(2026, 4, 10), "示市公延〔2026〕1号")
        extended = Fact(3, "extend", date(2026, 3, 20), sets={"assist": decision})
        reading = readings(*ASKED, extended)["assist"]
        assert why(reading.why)[-1] == "Extension: “示市公延〔2026〕1号”, to 2026-04-10."

    def test_a_missing_time_of_day_is_named_in_english_and_exactly_in_chinese(self) -> None:
        reading = readings(*ASKED, Fact(3, "want", date(2026, 3, 5)))["notice"]
        (sentence,) = why(reading.why)
        assert sentence.startswith(
            "Could not be reckoned: A rule counted in hours needs the time of day.（规则 "
        )


def test_every_holiday_of_the_notices_and_the_measures_has_an_english_name() -> None:
    notices = known_notices()
    names = {*notices.off.values(), *notices.on.values()}
    names |= {one for each in statutory().measures for one in (*each.fixed, *each.lunar)}
    for name in names:
        assert why([holiday(name)])[0].isascii(), name


def test_traditional_chinese_follows_from_the_simplified() -> None:
    found = why(deadline(rule("complaint20-accept"), date(2026, 2, 10)).why, "zh-hant")
    assert "調休上班、計入的日子：2026-02-14（星期六）（春節調休）。" in found
