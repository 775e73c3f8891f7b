"""What every page of the desk shows: who acts, and where one can go.

Counts are made when they are shown: a block that is rendered by itself asks for none.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from zhengpin.base.ledger.models import Checkpoint
from zhengpin.base.notices.queries import unread_count
from zhengpin.sites.desk.navigation import MANY, badge, places_for

if TYPE_CHECKING:
    from django.http import HttpRequest

VERSION = version("zhengpin")
THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def desk(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get(THEME_COOKIE)
    shown: dict[str, object] = {
        "member": None,
        "members": getattr(request, "members", []),
        "theme": theme if theme in THEMES else "auto",
        "here": request.get_full_path(),
    }
    member = getattr(request, "member", None)
    if member is not None:
        shown |= {
            "member": member,
            "places": SimpleLazyObject(lambda: places_for(member, request.path)),
            "version": VERSION,
            "unread": SimpleLazyObject(lambda: badge(unread_count([member], MANY))),
            "checkpoint": SimpleLazyObject(lambda: Checkpoint.objects.order_by("-size").first()),
            "now": timezone.now(),
            "address": request.build_absolute_uri(),
        }
    return shown
