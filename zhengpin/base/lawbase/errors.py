"""What the law data refuses."""

from zhengpin.kernel.errors import DomainError


class InstrumentUnknown(DomainError):
    """法律数据里没有这件法律文件。"""


class SourceMissing(DomainError):
    """没有写明出处：请填写文件标题，并粘贴所依据的原文。"""


class AlreadyWithdrawn(DomainError):
    """这条增订已经撤回。"""


class WithdrawalFinal(DomainError):
    """撤回不能再撤回：需要的话请重新登记。"""


class ReasonMissing(DomainError):
    """撤回要写明理由。"""


class OthersRestOnIt(DomainError):
    """别的增订以它为基础，请先撤回那些。"""


class AddressMalformed(DomainError):
    """网址要以 http:// 或 https:// 开头。"""
