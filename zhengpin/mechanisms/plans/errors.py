"""What plans refuse."""

from __future__ import annotations

from zhengpin.kernel.errors import DomainError


class RegionOutOfReach(DomainError):
    """只能导入本辖区的计划，请核对行政区划。"""


class NotHolder(DomainError):
    """只有承办单位可以办理这份计划。"""


class PlanAlreadyImported(DomainError):
    """这份文件在本地区已经由其他单位导入，不能重复导入。"""


class PlanGone(DomainError):
    """这份计划或其中的内容已经撤回或改动，请刷新后再看。"""


class PlanConfirmed(DomainError):
    """计划已经核定，不能再改动或撤回。"""


class OpenProblems(DomainError):
    """还有存疑没有处理，请逐条处理后再核定。"""


class ClauseChangedMeanwhile(DomainError):
    """这一款刚刚被他人改动，请刷新后核对，再行更正。"""


class FieldNotCorrectable(DomainError):
    """没有这个可以更正的字段，请从列表中选择。"""


class NothingCorrected(DomainError):
    """更正的内容与现有内容相同，没有改动。"""


class TextEmptied(DomainError):
    """这一项不能为空，请填写后再保存。"""


class TextTooLong(DomainError):
    """文字太长，请精简后再保存。"""


class TextMalformed(DomainError):
    """文字中有无法保存的字符，请删去后再保存。"""


class ValueNotAllowed(DomainError):
    """这一项的内容不符合要求，请从给出的选项中选择。"""


class SettlementMissing(DomainError):
    """请写明这处存疑如何处理。"""


class CollectiveName(DomainError):
    """这是统称，不能指定为一个单位。"""


class OrganizationOutOfReach(DomainError):
    """名录中没有这个单位，或者它不在本辖区和上级地区，请从列表中选择。"""


class SourceMissing(DomainError):
    """请写明出处，例如公布修订或废止的文件名称和文号。"""


class StatusUnchanged(DomainError):
    """这件文件已经是这个状态，没有变动可以登记。"""


class NotCiting(DomainError):
    """只有承办的计划引用了这件文件的单位，才能登记它的情况。"""


class InstrumentListed(DomainError):
    """登记册中已有同一标题、同一文号的文件，请核对文号。"""


class RemarkMissing(DomainError):
    """请写明复核意见：这一款是否还能照办，依据改为什么。"""


class NotFlagged(DomainError):
    """这一处没有待复核的变动，或者已经复核，请刷新后再看。"""
