"""Who calls: a member by token, or the member signed in at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils import timezone
from ninja.security import HttpBearer

from zhengpin.base.access import queries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from zhengpin.base.access.models import Member


class TokenOfMember(HttpBearer):
    """``Authorization: Bearer zp_…``; the answer of authentication is the member."""

    def authenticate(self, request: HttpRequest, token: str) -> Member | None:
        return queries.member_of_token(token, on=timezone.localdate())


def member_of(request: HttpRequest) -> Member:
    """Return the member a request was authenticated as."""
    return cast("Member", request.auth)  # type: ignore[attr-defined]
