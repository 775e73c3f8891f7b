"""Who a person is here, and who works where."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from zhengpin.base.access.models import Member, MemberQuerySet

if TYPE_CHECKING:
    from datetime import date

    from zhengpin.base.access.models import Person
    from zhengpin.base.organizations.models import Organization


def members_of(person: Person, *, on: date) -> MemberQuerySet:
    """Return the posts a person holds on a day, in the order of their organizations."""
    return (
        Member.objects.in_force(on)
        .filter(person=person)
        .select_related("person", "post__organization__region")
        .order_by("post__organization__region__code", "post__organization_id", "pk")
    )


def members_in(organization: Organization, *, on: date) -> MemberQuerySet:
    """Return those who hold a post in an organization on a day."""
    return (
        Member.objects.in_force(on)
        .filter(post__organization=organization)
        .select_related("person", "post__organization__region")
        .order_by("post_id", "pk")
    )


def member_of_token(secret: str, *, on: date) -> Member | None:
    """Return the member a token acts as, while both are in force."""
    return (
        Member.objects.in_force(on)
        .filter(
            tokens__digest=hashlib.sha256(secret.encode()).digest(),
            tokens__revoked_at__isnull=True,
        )
        .select_related("person", "post__organization__region")
        .first()
    )
