"""What a clock refuses."""

from zhengpin.kernel.errors import DomainError


class StartUnreadable(DomainError):
    """起算的日期或时刻读不懂。"""


class InstantMissing(DomainError):
    """按小时计算的规则要写明时刻。"""


class ExtensionRefused(DomainError):
    """这条规则没有这样的延长。"""


class OutOfRange(DomainError):
    """日期超出可以计算的范围。"""


class PauseUnordered(DomainError):
    """中止的结束早于开始。"""
