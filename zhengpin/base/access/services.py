"""Accounts, posts and appointments: one function, one transaction, one ledger entry."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from zhengpin.base.access import duties as register
from zhengpin.base.access import errors
from zhengpin.base.access.models import Member, Person, Post, Token
from zhengpin.base.ledger import services as ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from zhengpin.base.organizations.models import Organization

_LOGIN = re.compile(r"[a-z0-9][a-z0-9.-]{2,59}")


def require(member: Member, duty: register.Duty) -> None:
    """Raise DutyMissing unless the member's post carries ``duty``."""
    if not member.holds(duty):
        raise errors.DutyMissing


def require_administration(member: Member | None, organization: Organization) -> None:
    """Raise unless ``member`` may manage people of ``organization``; None is the installer."""
    if member is None:
        return
    require(member, register.ADMINISTER)
    if not organization.region.code.startswith(member.region_prefix):
        raise errors.OutsideOwnOrganization


@transaction.atomic
def open_account(
    *,
    login: str,
    name: str,
    password: str,
    now: datetime,
    member: Member | None = None,
    is_demonstration: bool = False,
) -> Person:
    """Open the account of a person; ``member`` None is the installer at the command line.

    Raises LoginMalformed, LoginTaken or PasswordTooWeak; nothing is then saved.
    """  # fmt: skip
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise errors.LoginMalformed
    if member is not None:
        require(member, register.ADMINISTER)
    person = Person(login=login, name=name.strip(), is_demonstration=is_demonstration)
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise errors.PasswordTooWeak from weak
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as taken:
        raise errors.LoginTaken from taken
    ledger.record(
        action="access.open_account",
        subject=str(person.uuid),
        member=member.uuid if member else None,
        facts={"demonstration": is_demonstration},
        now=now,
    )
    return person


@transaction.atomic
def set_up_post(
    *,
    organization: Organization,
    title: str,
    duties: Iterable[str],
    now: datetime,
    member: Member | None = None,
) -> Post:
    """Set up a post with its duties, or give the post of that title these duties.

    Raises UnknownDuty, DutyMissing or OutsideOwnOrganization.
    """
    codes = sorted(set(duties))
    if any(code not in register.DUTIES for code in codes):
        raise errors.UnknownDuty
    require_administration(member, organization)
    post, _ = Post.objects.select_for_update().update_or_create(
        organization=organization, title=title, defaults={"duties": codes}
    )
    ledger.record(
        action="access.set_up_post",
        subject=str(organization.uuid),
        member=member.uuid if member else None,
        facts={"title": title, "duties": codes},
        now=now,
    )
    return post


@transaction.atomic
def require_second_factor(
    *, post: Post, is_required: bool, now: datetime, member: Member | None = None
) -> Post:
    """Say whether whoever acts in a post must have shown a second factor when signing in.

    Raises DutyMissing or OutsideOwnOrganization.
    """
    require_administration(member, post.organization)
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    post.requires_second_factor = is_required
    post.save(update_fields=["requires_second_factor"])
    ledger.record(
        action="access.require_second_factor",
        subject=str(post.organization.uuid),
        member=member.uuid if member else None,
        facts={"title": post.title, "required": is_required},
        now=now,
    )
    return post


@transaction.atomic
def appoint(
    *, person: Person, post: Post, on: date, now: datetime, member: Member | None = None
) -> Member:
    """Appoint a person to a post from ``on``. Raises AlreadyMember if they hold it."""
    require_administration(member, post.organization)
    try:
        with transaction.atomic():
            appointed = Member.objects.create(person=person, post=post, valid_from=on)
    except IntegrityError as twice:
        raise errors.AlreadyMember from twice
    ledger.record(
        action="access.appoint",
        subject=str(person.uuid),
        member=member.uuid if member else None,
        facts={"post": post.pk, "organization": str(post.organization.uuid), "on": on.isoformat()},
        now=now,
    )
    return appointed


def token_digest(secret: str) -> bytes:
    """Return what is kept of a token; a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def issue_token(*, member: Member, label: str, now: datetime) -> str:
    """Issue a token that acts as ``member`` and return its secret, which is shown only once."""
    secret = f"zp_{secrets.token_urlsafe(32)}"
    Token.objects.create(member=member, label=label, digest=token_digest(secret), issued_at=now)
    ledger.record(
        action="access.issue_token",
        subject=str(member.uuid),
        member=member.uuid,
        facts={"label": label},
        now=now,
    )
    return secret


@transaction.atomic
def revoke_token(*, token: Token, member: Member, now: datetime) -> Token:
    """Revoke a token of the own; a token once revoked stays so, and is not recorded twice."""
    token = Token.objects.select_for_update().get(pk=token.pk, member=member)
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        ledger.record(
            action="access.revoke_token",
            subject=str(member.uuid),
            member=member.uuid,
            facts={"label": token.label},
            now=now,
        )
    return token
