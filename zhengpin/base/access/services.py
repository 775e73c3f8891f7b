"""Accounts, posts and appointments: one function, one transaction, one ledger entry.

``member`` is the administrator who acts; None is the installer at the command line.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from zhengpin.base.access import duties as register
from zhengpin.base.access import errors, queries
from zhengpin.base.access.models import Member, Person, Post, Token
from zhengpin.base.ledger import services as ledger
from zhengpin.base.organizations.errors import NotYetSetUp, OrganizationEnded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from zhengpin.base.organizations.models import Organization

_LOGIN = re.compile(r"[a-z0-9][a-z0-9.-]{2,59}")
_LONGEST = 60  # characters of a name, a title, a label


def require(member: Member, duty: register.Duty) -> None:
    """Raise DutyMissing unless the member's post carries ``duty``."""
    if not member.holds(duty):
        raise errors.DutyMissing


def require_administration(member: Member | None, organization: Organization) -> None:
    """Raise unless ``member`` may manage people of ``organization``; None is the installer."""
    if member is not None:
        member.require_administration(organization.region)


@transaction.atomic
def open_account(  # noqa: PLR0913 — an account is all of these
    *,
    login: str,
    name: str,
    password: str,
    now: datetime,
    member: Member | None = None,
    organization: Organization | None = None,
    email: str = "",
    is_demonstration: bool = False,
) -> Person:
    """Open the account of a person in an organization, by default the administrator's own.

    What an administrator sets is an initial password: it is replaced at the first sign-in. Raises
    LoginMalformed, LoginTaken, NameMissing, PasswordTooWeak; nothing is then saved.
    """
    login, name = login.strip().lower(), name.strip()
    if not _LOGIN.fullmatch(login):
        raise errors.LoginMalformed
    if not 0 < len(name) <= _LONGEST:
        raise errors.NameMissing
    if member is not None:
        organization = organization or member.organization
        require_administration(member, organization)
    person = Person(
        login=login,
        name=name,
        email=email,
        organization=organization,
        is_demonstration=is_demonstration,
        is_password_initial=member is not None,
    )
    _set_password(person, password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as taken:
        raise errors.LoginTaken from taken
    _record("open_account", person, member, {"demonstration": is_demonstration}, now)
    return person


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise errors.PasswordTooWeak from weak
    person.set_password(password)


def _record(
    action: str,
    person: Person,
    member: Member | None,
    facts: Mapping[str, object],
    now: datetime,
) -> None:
    ledger.record(
        action=f"access.{action}",
        subject=str(person.uuid),
        member=member.uuid if member else None,
        facts=facts,
        now=now,
    )


def _locked_account(person: Person, member: Member, on: date) -> Person:
    """Return an account, locked, that the member may manage.

    Raises DutyMissing, PersonUnknown, OwnAccount, or PersonElsewhere: who works elsewhere too is
    not managed from here, or a lower administrator could sign in as a higher one.
    """
    require(member, register.ADMINISTER)
    if person.pk == member.person_id:
        raise errors.OwnAccount
    found = Person.objects.select_for_update().filter(pk=person.pk).first()
    if found is None or not queries.people_for(member).filter(pk=person.pk).exists():
        raise errors.PersonUnknown
    if not queries.is_managed_by(member, found, on=on):
        raise errors.PersonElsewhere
    return found


@transaction.atomic
def reset_password(
    *, person: Person, password: str, member: Member, on: date, now: datetime
) -> Person:
    """Set an initial password, to be replaced at the next sign-in; open sessions end.

    Raises OwnAccount, PersonUnknown, PersonElsewhere or PasswordTooWeak.
    """
    person = _locked_account(person, member, on)
    _set_password(person, password)
    person.is_password_initial = True
    person.save(update_fields=["password", "is_password_initial"])
    _record("reset_password", person, member, {}, now)
    return person


@transaction.atomic
def deactivate(*, person: Person, member: Member, on: date, now: datetime) -> Person:
    """Close an account for now: sessions and tokens end, the posts stay entered.

    Raises OwnAccount, PersonUnknown, PersonElsewhere, PersonDeactivated or LastAdministrator.
    """
    _lock_administration()
    person = _locked_account(person, member, on)
    if not person.is_active:
        raise errors.PersonDeactivated
    held = Member.objects.in_force(on).filter(
        person=person, post__duties__contains=[register.ADMINISTER.code]
    )
    for one in held.select_related("post__organization__region"):
        _require_another(one.post.organization, on, Q(person=person))
    person.is_active = False
    person.save(update_fields=["is_active"])
    _record("deactivate", person, member, {}, now)
    return person


@transaction.atomic
def reactivate(*, person: Person, member: Member, on: date, now: datetime) -> Person:
    """Let an account work again; one that works stays so, and is not recorded twice."""
    person = _locked_account(person, member, on)
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        _record("reactivate", person, member, {}, now)
    return person


def _lock_administration() -> None:
    """Let changes of who administers take turns, so that two cannot remove each other."""
    posts = Post.objects.filter(duties__contains=[register.ADMINISTER.code]).order_by("pk")
    list(posts.select_for_update().values_list("pk", flat=True))


def _require_another(organization: Organization, on: date, without: Q) -> None:
    """Raise LastAdministrator unless somebody else manages the organization's region for good."""
    others = Member.objects.administering(organization.region, on).exclude(without)
    if not others.exists():
        raise errors.LastAdministrator


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

    Raises UnknownDuty, PostTitleMissing, DutyMissing, OutsideOwnOrganization, OrganizationEnded,
    or LastAdministrator where nobody would be left to administer.
    """
    codes, title = sorted(set(duties)), title.strip()
    if any(code not in register.DUTIES for code in codes):
        raise errors.UnknownDuty
    if not 0 < len(title) <= _LONGEST:
        raise errors.PostTitleMissing
    require_administration(member, organization)
    if organization.valid_to is not None:
        raise OrganizationEnded
    _lock_administration()
    known = Post.objects.filter(organization=organization, title=title).first()
    administer = register.ADMINISTER.code
    if known is not None and administer in known.duties and administer not in codes:
        on = timezone.localdate(now)
        if Member.objects.in_force(on).filter(post=known).exists():
            _require_another(organization, on, Q(post=known))
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
    """Appoint a person to a post from ``on``.

    Raises AlreadyMember if they hold it then or later, PersonDeactivated, PersonUnknown,
    NotYetSetUp or OrganizationEnded.
    """
    organization = post.organization
    require_administration(member, organization)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if member is not None and not queries.people_for(member).filter(pk=person.pk).exists():
        raise errors.PersonUnknown
    if not person.is_active:
        raise errors.PersonDeactivated
    if organization.valid_to is not None and organization.valid_to <= on:
        raise OrganizationEnded
    if organization.valid_from is not None and on < organization.valid_from:
        raise NotYetSetUp
    held = Member.objects.filter(person=person, post=post)
    if held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).exists():
        raise errors.AlreadyMember
    appointed = Member.objects.create(person=person, post=post, valid_from=on)
    facts = {"post": post.pk, "organization": str(organization.uuid), "on": on.isoformat()}
    _record("appoint", person, member, facts, now)
    return appointed


@transaction.atomic
def end_appointment(*, appointed: Member, on: date, member: Member, now: datetime) -> Member:
    """Let a person hold a post no more from a day on, its first day out.

    Raises AppointmentEnded, EndNotAfterStart, or LastAdministrator where nobody would be left to
    administer.
    """
    organization = appointed.post.organization
    require_administration(member, organization)
    _lock_administration()
    appointed = Member.objects.select_for_update().select_related("post").get(pk=appointed.pk)
    if appointed.valid_to is not None:
        raise errors.AppointmentEnded
    if on <= appointed.valid_from:
        raise errors.EndNotAfterStart
    if appointed.holds(register.ADMINISTER) and appointed.person.is_active:
        _require_another(organization, on, Q(pk=appointed.pk))
    appointed.valid_to = on
    appointed.save(update_fields=["valid_to"])
    facts = {"member": str(appointed.uuid), "on": on.isoformat()}
    _record("end_appointment", appointed.person, member, facts, now)
    return appointed


def token_digest(secret: str) -> bytes:
    """Return what is kept of a token; a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def issue_token(*, member: Member, label: str, now: datetime) -> str:
    """Issue a token that acts as ``member`` and return its secret, which is shown only once.

    Raises LabelMissing.
    """
    label = label.strip()
    if not 0 < len(label) <= _LONGEST:
        raise errors.LabelMissing
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
