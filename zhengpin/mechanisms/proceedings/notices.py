"""通知种类: what the engine tells people of, and the one way in which it does so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from zhengpin.base.access.models import Member
from zhengpin.base.notices import services as notices
from zhengpin.base.notices.kinds import declare
from zhengpin.mechanisms.proceedings.queries import proceedings_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from zhengpin.base.access.duties import Duty
    from zhengpin.base.notices.kinds import NoticeKind
    from zhengpin.mechanisms.proceedings.models import Proceeding

TURN = declare("matter_turn", "有事项轮到本单位办理", sees=proceedings_for)
SHARED = declare("matter_shared", "有事项抄送本单位", sees=proceedings_for)
CLOSED = declare("matter_closed", "本单位参与的事项已了结", sees=proceedings_for)
SOON = declare("due_soon", "期限将到", sees=proceedings_for)
OVERDUE = declare("overdue", "期限已过，尚未办理", sees=proceedings_for)
ESCALATED = declare("overdue_escalated", "督促：期限已过，尚未办理", sees=proceedings_for)
CORRECTED = declare("due_corrected", "步骤更正后，到期日有变", sees=proceedings_for)
# It names the law and a number of matters, and nothing of any of them.
LAW_CHANGED = declare("due_recomputed", "法律数据有变，到期日已重算", is_open=True)


def members_of(organizations: Iterable[int], duty: Duty, now: datetime) -> list[Member]:
    """Return who carries a duty in some organizations today."""
    inside = Member.objects.in_force(timezone.localdate(now)).filter(
        post__organization__in=set(organizations)
    )
    return list(inside.holding(duty).select_related("post"))


def tell(
    kind: NoticeKind,
    to: Iterable[Member],
    proceeding: Proceeding,
    *,
    key: object,
    words: str = "",
    by: Member | None = None,
    now: datetime,
) -> None:
    """Tell members something of a matter, once for each ``key``; whoever acts knows it already."""
    actor = by.person_id if by else None
    notices.send(
        to=[one for one in to if one.person_id != actor],
        kind=kind,
        key=f"{proceeding.uuid}/{key}",
        about=notices.About(
            f"/proceedings/{proceeding.uuid}", f"{words}{proceeding}", proceeding.uuid
        ),
        by=by,
        now=now,
    )
