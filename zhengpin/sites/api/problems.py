"""The one shape of refusal: RFC 9457 problem details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.kernel.errors import DocumentRefused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from ninja import NinjaAPI

    from zhengpin.kernel.errors import DomainError

TYPE = "application/problem+json"


def refuse(api: NinjaAPI, request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer an anticipated refusal: 422 for a document we cannot read, else 409."""
    status = 422 if isinstance(error, DocumentRefused) else 409
    return answer(api, request, status, str(error), type(error).__name__)


def answer(
    api: NinjaAPI, request: HttpRequest, status: int, title: str, kind: str
) -> HttpResponse:
    problem = {"type": kind, "title": title, "status": status}
    response = api.create_response(request, problem, status=status)
    response["Content-Type"] = TYPE
    return response
