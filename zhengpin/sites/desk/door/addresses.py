"""Where a request comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the address of the one who asks; a proxy we trust names it last."""
    named = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.SECURE_PROXY_SSL_HEADER and named:
        return str(named).rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
