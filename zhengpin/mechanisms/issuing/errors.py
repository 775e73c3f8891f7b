"""What issuing refuses."""

from __future__ import annotations

from zhengpin.kernel.errors import DomainError


class PlanNotConfirmed(DomainError):
    """计划还没有核定，不能印发：请先核定。"""


class AlreadyIssued(DomainError):
    """这份计划已经印发，不能再次印发：请在计划页面查看签收情况。"""


class NumberMissing(DomainError):
    """没有写发文字号：请写本文件自己的文号。"""


class NumberMalformed(DomainError):
    """发文字号写法不对：请写成“示打假发〔2026〕1号”的样子。"""


class NumberIsCited(DomainError):
    """这是计划所引文件的文号，不是本文件自己的文号：请核对。"""


class NumberTaken(DomainError):
    """本单位已经用这个文号印发了另一份计划：请核对文号。"""


class IssuedInFuture(DomainError):
    """成文日期在今天以后：请核对日期。"""


class LineUnresolved(DomainError):
    """有一行主送还没有定下收件单位：请选择单位，或者写明本地没有对应单位的理由。"""


class LinesChanged(DomainError):
    """主送与计划印出的不一致：请刷新页面。"""


class NobodyAddressed(DomainError):
    """没有一个收件单位：请至少选择一个单位。"""
