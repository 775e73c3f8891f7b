"""Who reads the ledger's entries about organizations, people and sealed records, and their names.

Only overseers and the office read the ledger; what is here narrows it to their jurisdiction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.models import Member, Person
from zhengpin.base.access.sealed import sealed_views_for
from zhengpin.base.access.subjects import as_uuid, declare_part
from zhengpin.base.organizations.queries import organizations_for, regions_for

if TYPE_CHECKING:
    from uuid import UUID


def _is_organization(member: Member, uuid: UUID) -> bool:
    return organizations_for(member).filter(uuid=uuid).exists()


def sees_person(member: Member, subject: str) -> bool:
    """Tell whether a person, or one of their posts, belongs to the member's jurisdiction."""
    uuid = as_uuid(subject)
    if uuid is None:
        return False
    inside = Member.objects.in_region(member.region_prefix)
    if inside.filter(person__uuid=uuid).exists() or inside.filter(uuid=uuid).exists():
        return True
    opened = {"organization__region__code__startswith": member.region_prefix}
    return Person.objects.filter(uuid=uuid, **opened).exists()


def _sees_organization(member: Member, subject: str) -> bool:
    uuid = as_uuid(subject)
    if uuid is None:
        return regions_for(member).filter(code=subject).exists()
    return _is_organization(member, uuid)


def _sees_access(member: Member, subject: str) -> bool:
    if sees_person(member, subject):
        return True
    uuid = as_uuid(subject)
    if uuid is not None and _is_organization(member, uuid):
        return True
    return sealed_views_for(member).filter(subject=subject).exists()


declare_part(
    "organizations",
    seen=_sees_organization,
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
    seen=_sees_access,
    acts={
        "open_account": _("开户"),
        "reset_password": _("重设密码"),
        "deactivate": _("停用账户"),
        "reactivate": _("恢复账户"),
        "set_up_post": _("设岗位"),
        "appoint": _("登记任职"),
        "end_appointment": _("登记离任"),
        "issue_token": _("签发令牌"),
        "revoke_token": _("撤销令牌"),
        "look_into": _("查阅密封记录"),
    },
)
