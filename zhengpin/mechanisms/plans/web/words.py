"""What pages call the declared things of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zhengpin.kernel.plantext.model import Mode, Role
from zhengpin.mechanisms.plans.models import Instrument

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


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
STATUSES: dict[str, _StrPromise] = {
    Instrument.Status.UNKNOWN: _("未核"),
    Instrument.Status.IN_FORCE: _("现行"),
    Instrument.Status.REVISED: _("已修订"),
    Instrument.Status.REPEALED: _("已废止"),
    Instrument.Status.NOT_YET: _("未施行"),
}
