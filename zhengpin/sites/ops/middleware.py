"""Gives every request an id, counts it, and writes one line about it."""

from __future__ import annotations

import logging
import re
import time
import uuid
from typing import TYPE_CHECKING

from zhengpin.config.home import home
from zhengpin.sites.ops.counters import Counters
from zhengpin.sites.ops.logs import request_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-Id"
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_logger = logging.getLogger("zhengpin.requests")

counters = Counters(home() / "run" / "metrics")


class RequestMiddleware:
    """Takes the id a proxy gave, or makes one, and returns it in the answer.

    The line names the route (``plans/<uuid:uuid>/``) and not the path, and no person or address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        token = request_id.set(given if _ACCEPTED.fullmatch(given) else uuid.uuid4().hex)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - started
            response[HEADER] = request_id.get()
            counters.add(request.method or "", response.status_code, seconds)
            _logger.info("request", extra={"facts": _facts(request, response, seconds)})
        finally:
            request_id.reset(token)
        return response


def _facts(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    match = request.resolver_match
    return {
        "method": request.method if request.method in _METHODS else "other",
        "route": match.route if match else "",
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
    }


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
