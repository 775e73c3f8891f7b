"""Why no year of work is made."""

from zhengpin.kernel.errors import DomainError


class NotADemonstration(DomainError):
    """这不是演示数据库，不能编入虚构的工作：请先用 zhengpin serve --demo 建立演示城市。"""


class NobodyToSend(DomainError):
    """这个地区没有能互相移交的单位：请先建立单位，或用 zhengpin serve --demo 建立演示城市。"""


class TooFewCases(DomainError):
    """件数至少是1。"""


class YearMadeAlready(DomainError):
    """这个地区用这个种子编过的一年已经齐全：没有再编。要再编一年，请换一个种子（--seed）。"""


class AnotherYearBegun(DomainError):
    """这个地区用这个种子编过另一种一年，还没有编完：请写同样的件数和末日接着编，或换一个种子。"""


class LastDayAhead(DomainError):
    """末日还没有到：请写今天或以前的一天。"""
