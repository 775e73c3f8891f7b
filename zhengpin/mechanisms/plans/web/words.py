"""What pages call the declared things of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengpin.kernel.plantext.model import Mode, Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from zhengpin.base.paging import Total

ROLES: dict[str, _StrPromise] = {
    Role.LEAD: _("牵头"),
    Role.MEMBER: _("参加"),
    Role.SOLE: _("负责"),
}
MODES: dict[str, _StrPromise] = {
    "": _("未写明"),
    Mode.LEAD_AND_MEMBERS: _("牵头负责，其他单位参加"),
    Mode.BY_DUTY: _("按职责分工负责"),
    Mode.CO_LEAD: _("分别牵头"),
    Mode.SOLE: _("单独负责"),
}
FIELDS: dict[str, _StrPromise] = {
    "title": _("条的标题"),
    "text": _("工作内容"),
    "units": _("责任单位"),
    "mode": _("分工方式"),
    "open_ended": _("名单是否列全"),
    "due": _("时限"),
}


def total(of: Total) -> str:
    """Return how many rows there are, as a page says it."""
    count = f"{of.count:,}"
    if of.is_exceeded:
        return gettext("超过 %(count)s") % {"count": count}
    return gettext("约 %(count)s") % {"count": count} if of.is_estimate else count
