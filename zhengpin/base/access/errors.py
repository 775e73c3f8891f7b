"""What access refuses."""

from zhengpin.kernel.errors import DomainError


class DutyMissing(DomainError):
    """您的岗位没有办理此操作的职责。"""


class UnknownDuty(DomainError):
    """没有这样的岗位职责，请从列表中选择。"""


class LoginTaken(DomainError):
    """这个登录名已经有人使用，请换一个。"""


class LoginMalformed(DomainError):
    """登录名只能用小写字母、数字、点和连字符，长度3至60。"""


class PasswordTooWeak(DomainError):
    """密码太弱：至少10个字符，不能是常用密码，也不能与姓名、登录名相近。"""


class OutsideOwnOrganization(DomainError):
    """只能管理本单位和辖区内单位的岗位与人员。"""


class AlreadyMember(DomainError):
    """此人已经在这个岗位上任职。"""
