"""The door: signing in and out, the post one acts as, the password. Each leaves a ledger entry.

Checking a password is Django's own, codes and passkeys are allauth's (see ``door``); what is ours
is the limit on guesses and the record.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from zhengpin.base.access import queries as access
from zhengpin.base.access import services as administration
from zhengpin.base.access.duties import ADMINISTER
from zhengpin.base.ledger import services as ledger
from zhengpin.config.identity import PROVIDER
from zhengpin.sites.desk import errors
from zhengpin.sites.desk.models import SignIn, SignInFailure

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhengpin.base.access.models import Member, Person

WINDOW = timedelta(minutes=15)
GUESSES_PER_LOGIN = 5
GUESSES_PER_ADDRESS = 30  # a whole office may share one address


def check_password(*, login: str, password: str, address: str, now: datetime) -> Person:
    """Return the person whose password this is; they are not signed in by that.

    Raises TooManyFailures before the password is looked at, or SignInRefused; a refusal counts
    against the login and the address for fifteen minutes, whether or not such a login exists.
    """
    login = login.strip().lower()
    by_login, by_address = _login_digest(login), address_digest(address)
    if _failures(by_login, now) >= GUESSES_PER_LOGIN:
        raise errors.TooManyFailures
    if _failures(by_address, now) >= GUESSES_PER_ADDRESS:
        raise errors.TooManyFailures
    person = authenticate(username=login, password=password)
    if person is None:
        _record_failure(by_login, by_address, now)
        raise errors.SignInRefused
    return person


def address_digest(address: str) -> str:
    """Return what is kept of a network address: equal for equal ones, and nothing else."""
    return _digest(f"address:{address}")


def _login_digest(login: str) -> str:
    return _digest(f"login:{login}")


def _digest(text: str) -> str:
    return salted_hmac("zhengpin.sites.desk.sign_in", text, algorithm="sha256").hexdigest()


def _failures(key: str, now: datetime) -> int:
    return SignInFailure.objects.filter(key=key, failed_at__gt=now - WINDOW).count()


@transaction.atomic
def _record_failure(by_login: str, by_address: str, now: datetime) -> None:
    SignInFailure.objects.filter(failed_at__lte=now - WINDOW).delete()
    SignInFailure.objects.bulk_create(
        SignInFailure(key=key, failed_at=now) for key in (by_login, by_address)
    )
    _record_refusal(by_login, by_address, "password", now)


def _record_refusal(subject: str, by_address: str, step: str, now: datetime) -> None:
    ledger.record(
        action="desk.sign_in_refused",
        subject=subject,
        member=None,
        facts={"address": by_address, "step": step},
        now=now,
    )


@transaction.atomic
def sign_in(
    *, person: Person, method: str, second_factor: str, address: str, now: datetime
) -> SignIn:
    """Record that a person came in, with everything shown that their account asks for."""
    by_address = address_digest(address)
    SignInFailure.objects.filter(key=_login_digest(person.login)).delete()
    made = SignIn.objects.create(
        person=person,
        signed_in_at=now,
        method=method,
        second_factor=second_factor,
        address=by_address,
    )
    ledger.record(
        action="desk.sign_in",
        subject=str(person.uuid),
        member=None,
        facts={"address": by_address, "method": method, "second_factor": second_factor},
        now=now,
    )
    return made


@transaction.atomic
def refuse(*, person: Person | None, step: str, address: str, now: datetime) -> None:
    """Record a code, passkey or identity that did not hold."""
    subject = str(person.uuid) if person else ""
    _record_refusal(subject, address_digest(address), step, now)


@transaction.atomic
def record_factor(
    *, person: Person, change: str, kind: str, member: Member | None, now: datetime
) -> None:
    """Record in the transaction that is open that a person's own second factor has changed.

    ``change`` is add, remove or renew; ``kind`` is totp, webauthn or recovery_codes.
    """
    ledger.record(
        action=f"desk.{change}_second_factor",
        subject=str(person.uuid),
        member=member.uuid if member else None,
        facts={"kind": kind},
        now=now,
    )


@transaction.atomic
def sign_out(*, person: Person, member: Member | None, now: datetime) -> None:
    """Record that a person leaves; the session is ended by the page."""
    ledger.record(
        action="desk.sign_out",
        subject=str(person.uuid),
        member=member.uuid if member else None,
        facts={},
        now=now,
    )


@transaction.atomic
def choose_post(*, person: Person, uuid: str, on: date, now: datetime) -> Member:
    """Return the member a person goes on as. Raises PostNotHeld where it is not theirs today."""
    held = {str(one.uuid): one for one in access.members_of(person, on=on)}
    member = held.get(uuid)
    if member is None:
        raise errors.PostNotHeld
    ledger.record(
        action="desk.choose_post",
        subject=str(person.uuid),
        member=member.uuid,
        facts={},
        now=now,
    )
    return member


@transaction.atomic
def change_password(
    *, person: Person, password: str, member: Member | None, now: datetime
) -> None:
    """Set a password that the form has checked against the rules."""
    person.set_password(password)
    person.is_password_initial = False
    person.save(update_fields=["password", "is_password_initial"])
    ledger.record(
        action="desk.change_password",
        subject=str(person.uuid),
        member=member.uuid if member else None,
        facts={},
        now=now,
    )


def _require_administration_of(person: Person, member: Member | None, on: date) -> None:
    """Raise unless ``member`` may manage every post the person holds; None is the installer."""
    if member is None:
        return
    administration.require(member, ADMINISTER)
    for held in access.members_of(person, on=on):
        administration.require_administration(member, held.organization)


@transaction.atomic
def forget_factors(
    *, person: Person, on: date, now: datetime, member: Member | None = None
) -> Person:
    """Take codes, passkeys and recovery codes from an account whose holder has lost them.

    Raises DutyMissing or OutsideOwnOrganization.
    """
    _require_administration_of(person, member, on)
    kept = Authenticator.objects.select_for_update().filter(user=person)
    kinds = sorted(kept.values_list("type", flat=True))
    kept.delete()
    ledger.record(
        action="desk.forget_second_factors",
        subject=str(person.uuid),
        member=member.uuid if member else None,
        facts={"kinds": kinds},
        now=now,
    )
    return person


@transaction.atomic
def link_identity(
    *, person: Person, subject: str, on: date, now: datetime, member: Member | None = None
) -> SocialAccount:
    """Join an account to the subject by which the identity provider knows its holder.

    Raises IdentityNotSet, IdentityTaken, DutyMissing or OutsideOwnOrganization.
    """
    _require_administration_of(person, member, on)
    if not settings.IDENTITY.is_set:
        raise errors.IdentityNotSet
    uid = settings.IDENTITY.uid_of(subject.strip())
    try:
        with transaction.atomic():
            made = SocialAccount.objects.create(user=person, provider=PROVIDER, uid=uid)
    except IntegrityError as taken:
        raise errors.IdentityTaken from taken
    _record_identity("link", person, uid, member, now)
    return cast("SocialAccount", made)


@transaction.atomic
def unlink_identity(
    *, person: Person, subject: str, on: date, now: datetime, member: Member | None = None
) -> Person:
    """Part an account from a subject. Raises IdentityUnknown, and what linking raises."""
    _require_administration_of(person, member, on)
    uid = settings.IDENTITY.uid_of(subject.strip())
    gone, _ = SocialAccount.objects.filter(user=person, provider=PROVIDER, uid=uid).delete()
    if not gone:
        raise errors.IdentityUnknown
    _record_identity("unlink", person, uid, member, now)
    return person


def _record_identity(
    change: str, person: Person, uid: str, member: Member | None, now: datetime
) -> None:
    ledger.record(
        action=f"desk.{change}_identity",
        subject=str(person.uuid),
        member=member.uuid if member else None,
        facts={"identity": _digest(f"identity:{uid}")},
        now=now,
    )
