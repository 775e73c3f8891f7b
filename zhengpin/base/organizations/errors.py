"""What organizations refuse."""

from zhengpin.kernel.errors import DomainError


class UnknownFunction(DomainError):
    """名称表中没有这项职能，请从列表中选择。"""


class AliasTaken(DomainError):
    """同一时期、同一辖区内已有单位使用这个称谓，请核对后再登记。"""


class NameHeld(DomainError):
    """这个单位在这段时间已经使用这个称谓，不必重复登记。"""


class NameEmpty(DomainError):
    """单位的名称、简称和称谓不能空白，请填写。"""


class FunctionHeld(DomainError):
    """这个单位在这段时间已经有这项职能，不必重复登记。"""


class RegionUnknown(DomainError):
    """没有这个行政区划代码，请核对六位代码。"""


class OrganizationEnded(DomainError):
    """这个单位已经撤销或被承继，只能查看，不能再改。"""


class NotYetSetUp(DomainError):
    """这一天单位还没有设立，请核对日期。"""


class EndNotAfterStart(DomainError):
    """终止日期须晚于起始日期，请核对。"""


class AlreadyEnded(DomainError):
    """终止日期已经登记，不能再改。"""


class SourceMissing(DomainError):
    """请写明依据，例如机构改革方案或批复的名称和文号。"""


class OwnOrganization(DomainError):
    """不能撤销您任职的单位，也不能让别的单位承继它：请由其他单位的管理员办理。"""


class SuccessorIsSame(DomainError):
    """单位不能由自己承继，请另选承继单位。"""


class OrganizationUnclear(DomainError):
    """辖区内没有一个单位正好叫这个名称，请填写单位全称。"""
