"""A request of a member, as the desk lets it in; for the pages of every app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_htmx.middleware import HtmxDetails

    from zhengpin.base.access.models import Member


class MemberRequest(HttpRequest):
    """``members`` are all posts the person holds today.

    ``kept`` is what this page was sent before the member had to sign in again, or None.
    """

    member: Member
    members: list[Member]
    kept: QueryDict | None
    htmx: HtmxDetails
