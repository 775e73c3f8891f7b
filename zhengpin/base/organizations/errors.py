"""What organizations refuse."""

from zhengpin.kernel.errors import DomainError


class UnknownFunction(DomainError):
    """名称表中没有这项职能，请从列表中选择。"""


class AliasTaken(DomainError):
    """同一时期、同一辖区内已有单位使用这个称谓，请核对后再登记。"""


class RegionUnknown(DomainError):
    """没有这个行政区划代码，请核对六位代码。"""
