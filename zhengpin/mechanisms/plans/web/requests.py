"""A request of a member, as the desk lets it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_htmx.middleware import HtmxDetails

    from zhengpin.base.access.models import Member


class MemberRequest(HttpRequest):
    """``kept``: what this page was sent before the member had to sign in again, or None."""

    member: Member
    kept: QueryDict | None
    htmx: HtmxDetails
