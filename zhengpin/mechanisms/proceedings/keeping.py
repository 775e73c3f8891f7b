"""What a member keeps of the worklist: filters under a name, and a calendar that reads along."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from zhengpin.base.access.models import Member
from zhengpin.base.ledger import services as ledger
from zhengpin.mechanisms.proceedings import errors
from zhengpin.mechanisms.proceedings.models import FeedToken, SavedView

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

MOST_VIEWS = 30
LONGEST_NAME = 40


def views_of(member: Member) -> QuerySet[SavedView]:
    """Return the views a member kept, by name."""
    return SavedView.objects.filter(member=member).order_by("name")


def feed_of(member: Member) -> FeedToken | None:
    """Return the calendar feed of a member that is in force."""
    return FeedToken.objects.filter(member=member, revoked_at__isnull=True).first()


def member_of_feed(secret: str, *, on: date) -> Member | None:
    """Return the member whose due days a feed shows, while both are in force."""
    feeds = FeedToken.objects.filter(digest=_digest(secret), revoked_at__isnull=True)
    return (
        Member.objects.in_force(on)
        .filter(pk__in=feeds.values("member"))
        .select_related("person", "post__organization__region")
        .first()
    )


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def save_view(
    *, name: str, filters: Mapping[str, str], member: Member, now: datetime
) -> SavedView:
    """Keep filters under a name; a name used before gets these filters.

    Raises ViewUnnamed or TooManyViews.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise errors.ViewUnnamed
    Member.objects.select_for_update().get(pk=member.pk)
    if views_of(member).exclude(name=name).count() >= MOST_VIEWS:
        raise errors.TooManyViews
    view, _ = SavedView.objects.update_or_create(
        member=member, name=name, defaults={"filters": dict(filters), "saved_at": now}
    )
    _record("save_view", member, now, {"name": name})
    return view


@transaction.atomic
def remove_view(*, view: SavedView, member: Member, now: datetime) -> None:
    """Remove a view of the member's own."""
    kept = SavedView.objects.select_for_update().get(pk=view.pk, member=member)
    kept.delete()
    _record("remove_view", member, now, {"name": kept.name})


@transaction.atomic
def issue_feed(*, member: Member, now: datetime) -> str:
    """Issue the address of a member's calendar and return its secret, shown only once.

    An address issued before stops to work.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    FeedToken.objects.filter(member=member, revoked_at__isnull=True).update(revoked_at=now)
    secret = secrets.token_urlsafe(32)
    FeedToken.objects.create(member=member, digest=_digest(secret), issued_at=now)
    _record("issue_feed", member, now, {})
    return secret


@transaction.atomic
def revoke_feed(*, member: Member, now: datetime) -> None:
    """End the member's calendar feed. Raises FeedMissing where there is none."""
    feed = FeedToken.objects.select_for_update().filter(member=member, revoked_at__isnull=True)
    if not feed.update(revoked_at=now):
        raise errors.FeedMissing
    _record("revoke_feed", member, now, {})


def _record(action: str, member: Member, now: datetime, facts: Mapping[str, object]) -> None:
    ledger.record(
        action=f"proceedings.{action}",
        subject=str(member.uuid),
        member=member.uuid,
        facts=facts,
        now=now,
    )
