"""What notices refuse."""

from zhengpin.kernel.errors import DomainError


class NoticeGone(DomainError):
    """没有这条通知，或者它不是发给您现在这个岗位的。"""


class UnknownKind(DomainError):
    """没有这样的通知种类或邮件方式，请从列表中选择。"""


class PlaceMalformed(DomainError):
    """翻页的位置无效，请回到第一页重新查看。"""
