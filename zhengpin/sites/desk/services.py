"""The door: signing in and out, the post one acts as, the password. Each leaves a ledger entry.

Checking a password is Django's own; what is ours is the limit on guesses and the record.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.crypto import salted_hmac

from zhengpin.base.access import queries as access
from zhengpin.base.ledger import services as ledger
from zhengpin.sites.desk import errors
from zhengpin.sites.desk.models import SignInFailure

if TYPE_CHECKING:
    from datetime import date, datetime

    from zhengpin.base.access.models import Member, Person

WINDOW = timedelta(minutes=15)
GUESSES_PER_LOGIN = 5
GUESSES_PER_ADDRESS = 30  # a whole office may share one address


def sign_in(*, login: str, password: str, address: str, now: datetime) -> Person:
    """Return the person whose password this is.

    Raises TooManyFailures before the password is looked at, or SignInRefused; a refusal counts
    against the login and the address for fifteen minutes, whether or not such a login exists.
    """
    login = login.strip().lower()
    by_login, by_address = _digest(f"login:{login}"), _digest(f"address:{address}")
    if _failures(by_login, now) >= GUESSES_PER_LOGIN:
        raise errors.TooManyFailures
    if _failures(by_address, now) >= GUESSES_PER_ADDRESS:
        raise errors.TooManyFailures
    person = authenticate(username=login, password=password)
    if person is None:
        _record_failure(by_login, by_address, now)
        raise errors.SignInRefused
    with transaction.atomic():
        SignInFailure.objects.filter(key=by_login).delete()
        ledger.record(
            action="desk.sign_in",
            subject=str(person.uuid),
            member=None,
            facts={"address": by_address},
            now=now,
        )
    return person


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
    ledger.record(
        action="desk.sign_in_refused",
        subject=by_login,
        member=None,
        facts={"address": by_address},
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
    person.save(update_fields=["password"])
    ledger.record(
        action="desk.change_password",
        subject=str(person.uuid),
        member=member.uuid if member else None,
        facts={},
        now=now,
    )
