"""What the command line refuses by itself."""

from zhengpin.kernel.errors import DomainError


class InputRefused(DomainError):
    """读不到文件。"""


class OutputRefused(DomainError):
    """结果写不出去。"""
