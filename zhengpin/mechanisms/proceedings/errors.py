"""What the engine refuses, one sentence each."""

from zhengpin.kernel.errors import DomainError


class ProcedureUnknown(DomainError):
    """没有这种程序，或者它在该日尚未施行：请核对事项种类和日期。"""


class MoveNotAllowed(DomainError):
    """事项现在的阶段不能办理这一步：请刷新页面，看现在可以办理什么。"""


class MoveCarriesMore(DomainError):
    """这一步除了日期和说明还要填别的内容：请在事项页面上它自己的表单里办理。"""


class NotYourMove(DomainError):
    """这一步不由您的单位办理：请看页面上写明的办理单位。"""


class MovedMeanwhile(DomainError):
    """您打开页面之后，事项已由他人办理了一步：请刷新页面，按最新情况办理。"""


class StepOutOfOrder(DomainError):
    """日期早于上一步的日期：请填写不早于上一步的日期；上一步日期有误的，先更正上一步。"""


class StepInFuture(DomainError):
    """日期还没有到：请填写今天或以前的日期。"""


class NoteMissing(DomainError):
    """这一步要写明理由：请填写说明后再提交。"""


class LimitNotHere(DomainError):
    """这一步不能定期限：期限由法律规定，或者由别的步骤定下。"""


class LimitMissing(DomainError):
    """法律没有定这次延长的长短：请填写决定延长到哪一天，以及决定的文号。"""


class LimitBeforeStep(DomainError):
    """所定的期限早于这一步的日期：请填写这一步当日或以后的日期。"""


class LimitTooFar(DomainError):
    """所定的期限超出可以计算的范围：请核对年份。"""


class LimitWithoutSource(DomainError):
    """所定的期限没有写明依据：请写明文件名称、文号或者决定。"""


class InstantNeeded(DomainError):
    """这一步开始或者结束按小时计算的期限：请填写时刻。"""


class InstantElsewhere(DomainError):
    """时刻与日期不是同一天：请核对日期和时刻。"""


class PartyMissing(DomainError):
    """没有写明参与的单位：请选择单位后再提交。"""


class StepNotCorrectable(DomainError):
    """更正本身不能再更正：请更正原来的那一步。"""


class NothingToCorrect(DomainError):
    """更正后的日期与原来相同：没有可以更正的。"""


class PlaceMalformed(DomainError):
    """翻页的位置读不懂：请从列表的开头重新翻页。"""


class ViewUnnamed(DomainError):
    """视图没有名称：请写一个不超过40字的名称。"""


class TooManyViews(DomainError):
    """保存的视图已有30个：请先删去不用的。"""


class FeedMissing(DomainError):
    """没有正在使用的日历订阅：无须停用。"""
