"""Who a person is here, and who works where."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from zhengpin.base.access.duties import ADMINISTER
from zhengpin.base.access.models import Member, MemberQuerySet, Person, Post, Token

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

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


def people_for(member: Member) -> QuerySet[Person]:
    """Return the people a member may manage or appoint; nobody without that duty.

    They hold or held a post in the member's jurisdiction, or their account was opened there.
    """
    if not member.holds(ADMINISTER):
        return Person.objects.none()
    prefix = member.region_prefix
    held = Member.objects.in_region(prefix).filter(person=OuterRef("pk"))
    opened = Q(organization__region__code__startswith=prefix)
    return Person.objects.filter(Exists(held) | opened)


def found_by(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Return those whose name or login holds ``words``."""
    words = words.strip()
    if not words:
        return people
    return people.filter(Q(name__icontains=words) | Q(login__icontains=words))


def is_managed_by(member: Member, person: Person, *, on: date) -> bool:
    """Tell whether all that a person is lies in a member's jurisdiction.

    That is every post they hold or will hold; where they hold none, where the account was opened.
    """
    held = Member.objects.filter(person=person).exclude(valid_to__lte=on)
    inside = held.in_region(member.region_prefix)
    if held.exists():
        return not held.exclude(pk__in=inside).exists()
    opened = person.organization
    return opened is None or opened.region.code.startswith(member.region_prefix)


def appointments_of(person: Person, member: Member) -> MemberQuerySet:
    """Return a person's posts in a member's jurisdiction, of all days, the latest first."""
    return (
        Member.objects.in_region(member.region_prefix)
        .filter(person=person)
        .select_related("person", "post__organization__region")
        .order_by("-valid_from", "-pk")
    )


def posts_for(member: Member) -> QuerySet[Post]:
    """Return the posts a member may fill: those of the bodies of their jurisdiction that exist."""
    if not member.holds(ADMINISTER):
        return Post.objects.none()
    return (
        Post.objects.filter(
            organization__region__code__startswith=member.region_prefix,
            organization__valid_to__isnull=True,
        )
        .select_related("organization__region")
        .order_by("organization__region__code", "organization_id", "title")
    )


def tokens_of(member: Member) -> QuerySet[Token]:
    """Return the tokens that act as a member, the latest first."""
    return Token.objects.filter(member=member).order_by("-issued_at", "-pk")
