"""What tasks refuse, one sentence each."""

from zhengpin.kernel.errors import DomainError


class PlanNotConfirmed(DomainError):
    """计划还没有核定：核定之后才能下达任务。"""


class NotPlanHolder(DomainError):
    """这份计划不由您的单位承办：请由承办单位下达任务。"""


class NothingToAssign(DomainError):
    """没有可以下达的任务：责任单位都已有任务，或者还没有对应到单位。"""


class DueBeforePlan(DomainError):
    """期限早于计划的成文日期：请核对年份。"""


class DueAfterParent(DomainError):
    """分解任务的期限晚于上级任务的期限：请填写不晚于上级任务的日期。"""


class TitleMissing(DomainError):
    """没有写明任务内容：请填写后再提交。"""


class NotYourTask(DomainError):
    """这项任务不由您的单位承担：只能分解本单位的任务。"""


class TaskNotOpen(DomainError):
    """任务不在办理中：办理中的任务才能分解。"""


class OwnerElsewhere(DomainError):
    """所选的人不在承担任务的单位任职：请另选一人。"""


class ReceiverOutOfReach(DomainError):
    """只能分解给本单位，或者本辖区内的下级单位：请另选单位。"""


class ResultMissing(DomainError):
    """没有写明结果：请写明做成了什么。"""


class EvidenceMissing(DomainError):
    """没有任何佐证：请附上文件或者所涉事项，确实没有的，请写明理由。"""


class PartsOpen(DomainError):
    """分解出去的任务还没有办结：请先办结或者终止它们，再报结果。"""


class MatterUnseen(DomainError):
    """所引的事项找不到：请在您看得到的事项中选择。"""


class NotSucceeded(DomainError):
    """承担单位没有接续单位：单位撤并登记之后，才能移交任务。"""
