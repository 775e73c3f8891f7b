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


class NameMissing(DomainError):
    """请填写姓名，最多60个字。"""


class PersonUnknown(DomainError):
    """辖区内没有这个人员，请先开户。"""


class PersonElsewhere(DomainError):
    """此人在您的辖区以外还有任职，账户由上级单位的管理员管理。"""


class PersonDeactivated(DomainError):
    """此人的账户已经停用，请先恢复。"""


class OwnAccount(DomainError):
    """自己的账户不能这样改：密码在“修改密码”页修改，停用请由其他管理员办理。"""


class AppointmentEnded(DomainError):
    """这项任职的离任日期已经登记，不能再改。"""


class EndNotAfterStart(DomainError):
    """离任日期须晚于任职日期，请核对。"""


class LastAdministrator(DomainError):
    """这样做以后，本辖区就没有管理员了：请先另外任命一名管理员，再来办理。"""


class PostTitleMissing(DomainError):
    """请填写岗位名称，最多60个字。"""


class ReasonMissing(DomainError):
    """查阅密封记录须先写明理由，最多500个字：为办理什么事项、为什么需要看。"""


class LabelMissing(DomainError):
    """请写明令牌的用途，最多60个字。"""
