"""A request of a member, as the desk lets it in; for the pages of the apps above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member


class MemberRequest(HttpRequest):
    member: Member
    members: list[Member]  # all posts the person holds today
