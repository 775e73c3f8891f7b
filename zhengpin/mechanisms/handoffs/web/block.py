"""What a hand-off puts on the page of its matter: its content, and the steps of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from zhengpin.mechanisms.handoffs import queries
from zhengpin.mechanisms.handoffs.kinds import COPY
from zhengpin.mechanisms.handoffs.web.fields import shown
from zhengpin.mechanisms.proceedings import queries as proceedings
from zhengpin.mechanisms.proceedings.web.slots import Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import Form

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.proceedings.models import Proceeding


def _block(
    member: Member, proceeding: Proceeding, moves: Sequence[Move], _refused: Form | None
) -> dict[str, object]:
    handoff = proceeding.handoff
    kind = handoff.kind
    reads_all = queries.may_read_content(member, handoff)
    content = handoff.content if reads_all else queries.outline_of(handoff)
    left = proceedings.reads_to(member, [proceeding]).get(proceeding.pk)
    deliveries = handoff.deliveries.select_related("receiver", "refused_by").order_by("pk")
    if left is not None:
        deliveries = deliveries.filter(sent_by__lte=left)
    copies = proceeding.standings.standing().filter(role=COPY).select_related("organization")
    return {
        "handoff": handoff,
        "content": list(shown(kind.content, content)),
        "is_outline": content.keys() != handoff.content.keys(),
        "has_left": left is not None,
        "reply": list(shown(kind.reply, handoff.reply or {}))
        if kind.reply is not None and reads_all and left is None
        else [],
        "deliveries": deliveries,
        "copies": "、".join(one.organization.short_name for one in copies.order_by("pk")),
        "may_pass_on": queries.may_pass_on(member, handoff),
        "moves": [(one.code, _(one.title)) for one in moves],
    }


BLOCK = Slot("handoffs/_block.html", _block)
