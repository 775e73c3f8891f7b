"""Who reads the ledger's entries about plans: those who see the plan or instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.subjects import as_uuid, declare_part
from zhengpin.mechanisms.plans.queries import instruments_for, plans_for

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member


def _sees(member: Member, subject: str) -> bool:
    uuid = as_uuid(subject)
    if uuid is None:
        return False
    seen = (plans_for(member), instruments_for(member))
    return any(rows.filter(uuid=uuid).exists() for rows in seen)


declare_part(
    "plans",
    _sees,
    acts={
        "import": _("导入计划"),
        "correct": _("更正一款"),
        "settle": _("处理存疑"),
        "choose_organization": _("选定单位"),
        "confirm": _("核定计划"),
        "withdraw": _("撤回计划"),
        "list_citations": _("列出引用的依据文件"),
        "change_instrument": _("登记依据文件的状态"),
        "describe_instrument": _("补记依据文件的文号、机关和日期"),
        "settle_flag": _("复核依据有变动的条款"),
    },
)
