"""What the law data refuses."""

from zhengpin.kernel.errors import DomainError


class InstrumentUnknown(DomainError):
    """法律数据里没有这件法律文件。"""
