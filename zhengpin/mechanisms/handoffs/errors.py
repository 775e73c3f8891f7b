"""What a hand-off is refused for, one sentence each."""

from zhengpin.kernel.errors import DomainError


class KindUnknown(DomainError):
    """没有这种移交：请从列表中选择种类。"""


class SentToOneself(DomainError):
    """不能移交给本单位：请选择别的单位。"""


class SenderNotCompetent(DomainError):
    """您的单位没有发出这种移交的职能：请核对种类，或者请有职能的单位发出。"""


class ReceiverNotCompetent(DomainError):
    """所选单位没有办理这种移交的职能：请按地区和职能重新查找。"""


class ReceiverOutOfReach(DomainError):
    """这种移交不能发往所选单位的地区：请按种类写明的范围选择。"""


class ReceiverUnknown(DomainError):
    """按地区和职能没有找到单位：请核对地区，或者直接选择单位。"""


class ReceiverDissolved(DomainError):
    """所选单位在该日已经撤销：请选择承继它的单位。"""


class GroundMissing(DomainError):
    """没有写明依据：请写明法律条文、协议或者文件文号。"""


class ContentMalformed(DomainError):
    """移交清单没有填完整：请按提示补充。"""


class ReplyMalformed(DomainError):
    """答复没有填完整：请按提示补充。"""


class NothingAsked(DomainError):
    """这种移交签收即可，不要答复：请不要提交答复。"""


class CopiesNotTaken(DomainError):
    """这种移交不抄送：请删去抄送单位。"""


class CopiedToParty(DomainError):
    """抄送单位与收发单位相同：请从抄送中删去。"""


class ApprovedByDrafter(DomainError):
    """拟稿人不能审批自己拟的稿：请由另一位有审批职责的人审批。"""


class NotPassedOn(DomainError):
    """这一件不能由您转送别的单位：要由签收了它的单位转送，而且这种移交可以转送。"""


class SameReceiverAgain(DomainError):
    """该单位刚刚拒收：请改送别的单位，或者撤回。"""


class NothingReferred(DomainError):
    """所引的事项不存在，或者您的单位看不到它：请核对编号。"""


class NothingTogether(DomainError):
    """同批的移交都不在这一阶段，或者不由您办理：请刷新页面。"""
