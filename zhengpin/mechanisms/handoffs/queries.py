"""Which hand-offs a member may see, how much of one, and who has left whom without an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q

from zhengpin.base.access.duties import OVERSEE
from zhengpin.mechanisms.handoffs.kinds import COPY, KINDS, RECEIPT, SIGNED
from zhengpin.mechanisms.handoffs.models import Delivery, Handoff
from zhengpin.mechanisms.proceedings.duties import HANDLE
from zhengpin.mechanisms.proceedings.models import DueDay, Proceeding, Standing
from zhengpin.mechanisms.proceedings.queries import seen_by

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

    from django.db.models import QuerySet

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.handoffs.models import HandoffQuerySet


def handoffs_for(member: Member) -> HandoffQuerySet:
    """Return the hand-offs a member may see: those whose matter it sees."""
    rows = Handoff.objects.filter(seen_by(member, "proceeding__"))
    return rows.select_related("proceeding__holder__region", "sender__region", "receiver__region")


def batch_for(member: Member, batch: UUID) -> HandoffQuerySet:
    """Return the hand-offs that were drafted together, those a member may see."""
    return handoffs_for(member).filter(batch=batch).order_by("pk")


def may_read_content(member: Member, handoff: Handoff) -> bool:
    """Tell whether a member sees what is handed over, or its outline only.

    The sender and those it copied do, the receiver once it has signed, overseers always.
    """
    if handoff.sender_id == member.organization.pk or member.holds(OVERSEE):
        return True
    mine = {"handoff": handoff, "receiver": member.organization}
    if Delivery.objects.filter(**mine, accepted_by__isnull=False).exists():
        return True
    return Standing.objects.filter(
        proceeding=handoff.proceeding_id, organization=member.organization, role=COPY
    ).exists()


def content_for(member: Member, handoff: Handoff) -> dict[str, Any]:
    """Return what is handed over, or only the outline of it where that is all one may see."""
    return dict(handoff.content) if may_read_content(member, handoff) else outline_of(handoff)


def outline_of(handoff: Handoff) -> dict[str, Any]:
    """Return what may be read before signing."""
    return {name: handoff.content.get(name) for name in handoff.kind.outline}


def may_pass_on(member: Member, handoff: Handoff) -> bool:
    """Tell whether a member may pass a hand-off on that its organization has signed for."""
    is_signed = handoff.proceeding.stage in SIGNED
    is_ours = handoff.receiver_id == member.organization.pk
    return is_ours and is_signed and handoff.kind.may_be_passed_on and member.holds(HANDLE)


@dataclass(frozen=True, slots=True)
class Pair:
    """How a pair of organizations stands in one kind over a period."""

    sender: str
    receiver: str
    sent: int
    answered: int
    unanswered: int
    overdue: int


def pairs(member: Member, *, kind_code: str, first: date, last: date, now: datetime) -> list[Pair]:
    """Return the pairs of organizations with what was sent, answered and left without an answer.

    Requests that were never answered stay in the base however old they are; those overdue have
    an open clock whose day has passed.
    """
    late = Exists(Proceeding.objects.filter(pk=OuterRef("proceeding"), due_days__due_at__lte=now))
    sent = handoffs_for(member).filter(
        kind_code=kind_code,
        proceeding__opened_on__range=(first, last),
        deliveries__sent_by__isnull=False,
    )
    answered = Q(reply__isnull=False)
    rows: QuerySet[Any, dict[str, Any]] = (
        sent.order_by()
        .values(sender_name=F("sender__short_name"), receiver_name=F("receiver__short_name"))
        .annotate(
            sent=Count("pk", distinct=True),
            answered=Count("pk", filter=answered, distinct=True),
            overdue=Count("pk", filter=Q(late) & ~answered, distinct=True),
        )
        .order_by("sender_name", "receiver_name")
    )
    return [
        Pair(
            one["sender_name"], one["receiver_name"], one["sent"], one["answered"],
            one["sent"] - one["answered"], one["overdue"],
        )
        for one in rows
    ]  # fmt: skip


def awaiting_receipt(member: Member) -> HandoffQuerySet:
    """Return what was sent to the member's organization and waits for its signature."""
    return handoffs_for(member).filter(
        receiver=member.organization,
        proceeding__stage="sent",
    )


def awaiting_receipt_count(member: Member, most: int) -> int:
    """Return how many these are, at most ``most``: each has an open clock that we owe."""
    owed = DueDay.objects.filter(
        owed_by=member.organization, clock_code=RECEIPT, procedure_code__in=KINDS
    )
    return owed.values("pk")[:most].count()
