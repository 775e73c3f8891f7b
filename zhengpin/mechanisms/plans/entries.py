"""Who reads the ledger's entries about plans: those who see the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.subjects import as_uuid, declare_part
from zhengpin.mechanisms.plans.queries import plans_for

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member


def _sees(member: Member, subject: str) -> bool:
    uuid = as_uuid(subject)
    return uuid is not None and plans_for(member).filter(uuid=uuid).exists()


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
    },
)
