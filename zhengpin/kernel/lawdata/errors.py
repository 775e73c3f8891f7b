"""What the law's data refuses."""

from zhengpin.kernel.errors import DomainError


class LawDataFaulty(DomainError):
    """法律数据有误。"""

    def __init__(self, file: str, faults: tuple[str, ...]) -> None:
        self.file, self.faults = file, faults
        super().__init__(f"{file} 有 {len(faults)} 处错误：{'；'.join(faults)}。")


class RuleUnknown(DomainError):
    """没有这条规则。"""


class RuleNotInForce(DomainError):
    """这条规则在该日不施行。"""


class VersionRefused(DomainError):
    """这条规则不能从该日起有新版本。"""


class CorrectionRefused(DomainError):
    """这一项不能这样更正。"""
