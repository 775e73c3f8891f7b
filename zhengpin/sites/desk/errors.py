"""What the door refuses."""

from zhengpin.kernel.errors import DomainError


class SignInRefused(DomainError):
    """登录名或密码不对，请核对后重试；登录名不分大小写。"""


class TooManyFailures(DomainError):
    """登录失败次数过多，请在15分钟后重试，或请管理员重设密码。"""


class PostNotHeld(DomainError):
    """您没有这个岗位，或者任期已满，请重新选择。"""
