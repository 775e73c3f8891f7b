"""What a holiday notice may say, and the nonsense that is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zhengpin.kernel.calendars import (
    Calendar,
    NoticeFaulty,
    announcement_faults,
    known_notices,
    lay_over,
    notice_sources,
    package_notice_faults,
    read_announcement,
    statutory,
)

# Invented: no notice for 2027 is known.
OFF = [
    ("元旦", "2027-01-01", "2027-01-03"),
    ("春节", "2027-02-05", "2027-02-11"),
    ("清明节", "2027-04-03", "2027-04-05"),
    ("劳动节", "2027-05-01", "2027-05-05"),
    ("端午节", "2027-06-09", "2027-06-09"),
    ("中秋节", "2027-09-15", "2027-09-15"),
    ("国庆节", "2027-10-01", "2027-10-07"),
]
ON = [("春节", "2027-02-13"), ("国庆节", "2027-10-09")]


def raw(
    off: list[tuple[str, str, str]] | None = None, on: list[tuple[str, str]] | None = None
) -> dict[str, Any]:
    return {
        "off": [
            {"name": name, "from": first, "to": last}
            for name, first, last in (OFF if off is None else off)
        ],
        "on": [{"name": name, "day": day} for name, day in (ON if on is None else on)],
    }


def faults(entry: dict[str, Any], year: int = 2027, *, is_amendment: bool = False) -> str:
    one = read_announcement(year, entry, is_amendment=is_amendment)
    return "；".join(announcement_faults(one, known_notices(), statutory()))


def test_a_sound_notice_has_no_faults_and_makes_its_year_announced() -> None:
    assert faults(raw()) == ""
    calendar = Calendar(lay_over(known_notices(), read_announcement(2027, raw())), statutory())
    assert calendar.is_announced(date(2027, 6, 1))
    assert calendar.is_working(date(2027, 2, 13))
    assert calendar.add_working_days(date(2027, 2, 4), 2) == date(2027, 2, 13)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (raw(on=[("春节", "2027-02-12")]), "2027-02-12（星期五）本来就是工作日"),
        (raw(on=[("春节", "2027-02-06")]), "2027-02-06 既写放假又写上班"),
        (raw(on=[("春节", "2028-02-13")]), "2028-02-13 不在 2027 年"),
        (raw(on=[*ON, ("春节", "2027-02-13")]), "2027-02-13 写了两次"),
        (raw(off=[*OFF, ("某节", "2027-08-05", "2027-08-01")]), "末日 2027-08-01 早于首日"),
        (raw(off=[*OFF, ("某节", "2027-02-11", "2027-02-12")]), "2027-02-11 重复"),
        (raw(off=[*OFF, ("某节", "2026-10-01", "2026-10-02")]), "不在 2027 年"),
        (raw(off=[*OFF, ("某节", "2027-12-31", "2028-01-02")]), "不在 2027 年"),
        (raw(off=[]), "没有写放假的日子"),
        (raw(off=OFF[:1] + OFF[2:]), "2027-02-06 是法定节假日（春节"),
        (raw(off=[*OFF[:-1], ("国庆节", "2027-10-02", "2027-10-07")]), "2027-10-01 是法定节假日"),
    ],
)
def test_nonsense_is_named(entry: dict[str, Any], said: str) -> None:
    assert said in faults(entry)


def test_a_year_already_announced_takes_only_an_amendment() -> None:
    longer = raw(off=[("春节", "2026-02-24", "2026-02-25")], on=[])
    assert "已经载入" in faults(longer, 2026)
    assert faults(longer, 2026, is_amendment=True) == ""
    assert "还没有放假通知" in faults(longer, 2027, is_amendment=True)


def test_an_amendment_may_let_a_day_off_be_worked_again() -> None:
    shorter = raw(off=[], on=[("国庆节", "2026-10-07")])
    assert faults(shorter, 2026, is_amendment=True) == ""
    wrong = raw(off=[], on=[("国庆节", "2026-10-08")])
    assert "本来就是工作日" in faults(wrong, 2026, is_amendment=True)


def test_a_notice_that_moves_days_of_the_december_before_is_sound() -> None:
    early = raw(off=[("元旦", "2026-12-31", "2027-01-03"), *OFF[1:]],
                on=[*ON, ("元旦", "2026-12-27")])  # fmt: skip
    assert faults(early) == ""


@pytest.mark.parametrize("entry", [{"off": [{"name": "x"}]}, {"on": [{"name": "x", "day": 7}]}])
def test_a_field_that_cannot_be_read_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(NoticeFaulty, match="2027 年的通知读不懂"):
        read_announcement(2027, entry)


def test_the_packages_own_notices_are_sound() -> None:
    assert package_notice_faults() == []


def test_every_announced_year_cites_its_notice() -> None:
    assert notice_sources().keys() == known_notices().years
    assert notice_sources()[2026][0].citation == (
        "《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号）"
    )
