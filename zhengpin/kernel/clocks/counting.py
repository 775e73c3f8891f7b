"""What each counting rule of the data says about a last day that is off.

Working days need no such rule: their last day is never off. What the data calls 节假日 or
法定节假日 is every day that is not a working day, plain weekends included; a worked Saturday or
Sunday is a working day.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from zhengpin.kernel.sentences import Sentence


class LastDay(Enum):
    """末日遇休息日: rolls to the next working day, is only pointed out, or is not mentioned."""

    ROLLS = "rolls"
    POINTED_OUT = "pointed_out"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Counting:
    """计算口径: the reading of one counting rule; ``basis`` is its article."""

    last_day: LastDay
    basis: str | Sentence


CIVIL_CODE_START = "《民法典》第二百零一条"
CIVIL_CODE_MONTHS = "《民法典》第二百零二条"
UNSTATED = Counting(LastDay.SILENT, Sentence("该规则"))

COUNTINGS = {
    # 310号令 and the like define no 日: calendar days, a day off at the end is pointed out.
    "undefined_calendar": Counting(LastDay.POINTED_OUT, Sentence("该规范")),
    "criminal_procedure": Counting(LastDay.ROLLS, "《刑事诉讼法》第一百零五条"),
    # 第八十五条 only says which terms are working days.
    "apl85": Counting(LastDay.SILENT, "《行政处罚法》第八十五条"),
    # 第六十九条 likewise.
    "acl69": Counting(LastDay.SILENT, "《行政强制法》第六十九条"),
    # 第八十八条第一款 leaves the rest to 民事诉讼法, whose 第八十五条第三款 rolls.
    "arl88": Counting(
        LastDay.ROLLS, "《行政复议法》第八十八条第一款、《民事诉讼法》第八十五条第三款"
    ),
    "samr80": Counting(LastDay.ROLLS, "《市场监督管理行政处罚程序规定》第八十条"),
    "samr121": Counting(LastDay.ROLLS, "《市场监督管理投诉举报处理办法》第四十五条"),
    # 第四十一条 tells the first day and the closing hour only.
    "customs41": Counting(LastDay.SILENT, "海关实施办法第四十一条"),
}


def counting_of(code: str | None) -> Counting:
    """Return the reading of the counting rule ``code``; without one the rule is silent."""
    return UNSTATED if code is None else COUNTINGS[code]
