"""What a session knows of its beginning: how one came in, what was shown, when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.crypto import constant_time_compare

from zhengpin.sites.desk.models import SignIn

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from zhengpin.base.access.models import Person
    from zhengpin.sites.desk.requests import VisitorRequest

SECOND_FACTOR_KEY = "second_factor"
FIRST_STEP_KEY = "first_step"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_FIRST = {"password": SignIn.Method.PASSWORD, "socialaccount": SignIn.Method.IDENTITY}


@dataclass(frozen=True, slots=True)
class Way:
    """How a person came in; a passkey that checked its holder needs no second factor beside it."""

    method: str
    second_factor: str = ""

    @property
    def has_two_factors(self) -> bool:
        return bool(self.second_factor) or self.method == SignIn.Method.PASSKEY


def way_of(request: HttpRequest, person: Person) -> Way:
    """Return how a person has come in, from what the library recorded in the session."""
    records = get_authentication_records(request, person)
    factors = [one for one in records if one["method"] == "mfa"]
    if any(one.get("passwordless") for one in factors):
        return Way(SignIn.Method.PASSKEY)
    first = [_FIRST[one["method"]] for one in records if one["method"] in _FIRST]
    second = factors[-1]["type"] if factors else ""
    return Way(first[-1] if first else SignIn.Method.PASSWORD, second)


def end_after(request: HttpRequest, now: datetime) -> None:
    """Let the session end at a fixed time, whatever is done in it until then."""
    request.session.set_expiry(now + timedelta(seconds=settings.SESSION_COOKIE_AGE))


def note_password(request: HttpRequest, person: Person) -> None:
    """Bind a sign-in that waits for its second step to the password of now."""
    request.session[FIRST_STEP_KEY] = person.get_session_auth_hash()


def password_still_holds(request: HttpRequest, person: Person) -> bool:
    noted = request.session.get(FIRST_STEP_KEY, "")
    return constant_time_compare(noted, person.get_session_auth_hash())


def note_second_factor(request: HttpRequest) -> None:
    request.session[SECOND_FACTOR_KEY] = True


def has_factor(person: Person) -> bool:
    """Whether a person has a code or a passkey; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def lacks_second_factor(request: VisitorRequest) -> bool:
    """Whether the post chosen requires a second factor that this session has not shown."""
    member = request.member
    if member is None or not member.post.requires_second_factor:
        return False
    return SECOND_FACTOR_KEY not in request.session or not has_factor(member.person)
