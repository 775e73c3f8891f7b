"""The sourced file laid over the library: new years, and single corrections."""

from __future__ import annotations

from datetime import date

from zhengpin.kernel.calendars import Calendar
from zhengpin.kernel.calendars.notices import known_notices, overlay
from zhengpin.kernel.calendars.statutory import statutory

INVENTED_2027 = {
    "years": {
        2027: {
            "notice": "为测试虚构的通知",
            "number": "无",
            "off": [{"name": "春节", "from": "2027-02-05", "to": "2027-02-11"}],
            "on": [
                {"name": "元旦", "day": "2026-12-27"},
                {"name": "春节", "day": "2027-02-13"},
            ],
        }
    },
    "corrections": [
        {"day": "2026-10-10", "works": False, "name": "国庆节", "notice": "虚构", "number": "无"},
        {"day": "2026-10-07", "works": True, "name": "国庆节", "notice": "虚构", "number": "无"},
    ],
}


def _calendar() -> Calendar:
    return Calendar(overlay(known_notices(), INVENTED_2027), statutory())


def test_a_notice_makes_its_year_announced() -> None:
    assert _calendar().is_announced(date(2027, 6, 1))
    assert not _calendar().is_announced(date(2028, 6, 1))
    assert _calendar().holiday(date(2027, 2, 11)) == "春节"
    assert _calendar().moved_from(date(2027, 2, 13)) == "春节"


def test_a_notice_may_move_a_day_of_the_december_before() -> None:
    assert _calendar().is_working(date(2026, 12, 27))
    assert _calendar().add_working_days(date(2026, 12, 25), 1) == date(2026, 12, 27)


def test_an_announced_year_no_longer_follows_the_statute_alone() -> None:
    assert _calendar().is_working(date(2027, 6, 9))  # 端午节, on which this notice is silent


def test_a_correction_changes_one_day_and_no_other() -> None:
    calendar = _calendar()
    assert not calendar.is_working(date(2026, 10, 10))
    assert calendar.is_working(date(2026, 10, 7))
    assert not calendar.is_working(date(2026, 10, 6))
