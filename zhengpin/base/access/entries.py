"""Who reads the ledger's entries about organizations, people and sealed records, and their names.

Only overseers and the office read the ledger; what is here narrows it to their jurisdiction.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.models import Member, Person
from zhengpin.base.access.sealed import sealed_views_for
from zhengpin.base.access.subjects import as_uuid, declare_part
from zhengpin.base.organizations.queries import organizations_for, regions_for


def sees_person(member: Member, subject: str) -> bool:
    """Tell whether a person, or one of their posts, belongs to the member's jurisdiction."""
    uuid = as_uuid(subject)
    if uuid is None:
        return False
    prefix = member.region_prefix
    inside = Member.objects.in_region(prefix)
    if inside.filter(Q(person__uuid=uuid) | Q(uuid=uuid)).exists():
        return True
    opened = Person.objects.filter(organization__region__code__startswith=prefix)
    return opened.filter(uuid=uuid).exists()


def _sees_organization(member: Member, subject: str) -> bool:
    uuid = as_uuid(subject)
    return uuid is not None and organizations_for(member).filter(uuid=uuid).exists()


def _sees_region(member: Member, subject: str) -> bool:
    return len(subject) == 6 and regions_for(member).filter(code=subject).exists()


def _sees_sealed(member: Member, subject: str) -> bool:
    return sealed_views_for(member).filter(subject=subject).exists()


declare_part(
    "organizations",
    _sees_organization,
    _sees_region,
    acts={
        "define_region": _("登记行政区划"),
        "set_up": _("登记单位"),
        "give_name": _("登记称谓"),
        "end_name": _("停用称谓"),
        "give_function": _("登记职能"),
        "take_function": _("收回职能"),
        "succeed": _("登记承继"),
        "dissolve": _("登记撤销"),
    },
)
declare_part(
    "access",
    sees_person,
    _sees_organization,
    _sees_sealed,
    acts={
        "open_account": _("开户"),
        "reset_password": _("重设密码"),
        "deactivate": _("停用账户"),
        "reactivate": _("恢复账户"),
        "set_up_post": _("设岗位"),
        "require_second_factor": _("规定两步验证"),
        "appoint": _("登记任职"),
        "end_appointment": _("登记离任"),
        "issue_token": _("签发令牌"),
        "revoke_token": _("撤销令牌"),
        "look_into": _("查阅密封记录"),
    },
)
