"""What the ledger refuses."""

from zhengpin.kernel.errors import DomainError


class EntryUnknown(DomainError):
    """账本中没有这笔账目，请核对编号。"""


class NotSealedYet(DomainError):
    """这笔账目还没有封存，请稍后再取证明。"""


class TreeBroken(DomainError):
    """账本的树与最近一次签名的检查点不符，已停止：请运行 zhengpin ledger verify 查明。"""


class KeyMissing(DomainError):
    """账本已有签名的检查点，本机却没有签名密钥：请从备份恢复 secrets/ledger-key。"""
