"""What files refuse; what is not kept because of its content stands in ``kernel.contents``."""

from zhengpin.kernel.errors import DomainError


class FileMissing(DomainError):
    """这份文件的内容在存储中找不到了，无法提供，请联系管理员从备份恢复。"""


class FileAltered(DomainError):
    """这份文件的内容与保存时的摘要不一致，可能已被改动或损坏，不予提供，请联系管理员从备份恢复。"""


class FileDiscarded(DomainError):
    """这份文件已经销毁，只保留摘要。"""


class FileInUse(DomainError):
    """这份文件还挂在办理中的事项上，不能销毁。"""


class StoreUnavailable(DomainError):
    """文件存储暂时无法写入，没有保存，请稍后再试；仍然不行请联系管理员。"""
