"""A request as pages see it, once the middleware has looked at who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import QueryDict
    from django_htmx.middleware import HtmxDetails

    from zhengpin.base.access.models import Member, Person


class VisitorRequest(HttpRequest):
    """A request of anybody; ``barred`` would be the member, had a second factor been shown."""

    user: Person | AnonymousUser
    member: Member | None
    members: list[Member]
    barred: Member | None
    kept: QueryDict | None
    htmx: HtmxDetails


class PersonRequest(VisitorRequest):
    """A request of someone signed in; ``member`` is None until a post is chosen."""

    user: Person


class MemberRequest(PersonRequest):
    """A request of a member: what every page behind the door gets."""

    member: Member
