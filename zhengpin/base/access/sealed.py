"""Sealed records: nobody looks into one, or exports it, without a reason that stays.

A mechanism decides who may look, by its own ``…_for(member)``; here every look is written down,
for the overseers and the office of the jurisdiction to read. What is sealed itself never comes
here: only what a record is called, and who holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from zhengpin.base.access import errors
from zhengpin.base.access.duties import OVERSEE, READ_LEDGER
from zhengpin.base.access.models import SealedView
from zhengpin.base.ledger import services as ledger

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Organization

LONGEST_REASON = 500  # characters


@dataclass(frozen=True, slots=True)
class Sealed:
    """密封记录: one sealed record as it is listed; ``title`` says nothing of what is sealed.

    ``subject`` is what the ledger calls the record; ``organization`` holds it.
    """

    subject: str
    title: str
    organization: Organization


@transaction.atomic
def look_into(
    *,
    member: Member,
    subject: Sealed,
    reason: str,
    now: datetime,
    way: SealedView.Way = SealedView.Way.VIEW,
) -> SealedView:
    """Write down that a member looks into a sealed record or exports it, and why.

    Whoever shows the record calls this first, each time, in the request that shows it. The record
    comes from a query that says the member may see it. Raises ReasonMissing; nothing is then
    written, and nothing may be shown.
    """
    reason = " ".join(reason.replace("\0", "").split())
    if not 0 < len(reason) <= LONGEST_REASON:
        raise errors.ReasonMissing
    view = SealedView.objects.create(
        member=member,
        organization=subject.organization,
        subject=subject.subject,
        title=subject.title,
        way=way,
        reason=reason,
        looked_at=now,
    )
    ledger.record(
        action="access.look_into",
        subject=subject.subject,
        member=member.uuid,
        facts={
            "organization": str(subject.organization.uuid),
            "way": str(way),
            "reason": reason,
        },
        now=now,
    )
    return view


def sealed_views_for(member: Member) -> QuerySet[SealedView]:
    """Return the looks an overseer or the office may read: by and into their jurisdiction.

    That is by members of its organizations, wherever the record is held, and into records its
    organizations hold, whoever looked. Others see none.
    """
    if not (member.holds(OVERSEE) or member.holds(READ_LEDGER)):
        return SealedView.objects.none()
    prefix = member.region_prefix
    by = Q(member__post__organization__region__code__startswith=prefix)
    into = Q(organization__region__code__startswith=prefix)
    return SealedView.objects.filter(by | into).select_related(
        "member__person", "member__post__organization", "organization"
    )
