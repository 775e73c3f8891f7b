"""What the door refuses."""

from zhengpin.kernel.errors import DomainError


class SignInRefused(DomainError):
    """登录名或密码不对，请核对后重试；登录名不分大小写。"""


class TooManyFailures(DomainError):
    """登录失败次数过多，请在15分钟后重试，或请管理员重设密码。"""


class PostNotHeld(DomainError):
    """您没有这个岗位，或者任期已满，请重新选择。"""


class IdentityNotSet(DomainError):
    """没有配置统一身份认证：请先设置 ZHENGPIN_OIDC_ISSUER。"""


class IdentityTaken(DomainError):
    """这个统一身份已经对应到一个账户，请先核对。"""


class IdentityUnknown(DomainError):
    """这个账户没有对应到这个统一身份，请核对身份标识。"""
