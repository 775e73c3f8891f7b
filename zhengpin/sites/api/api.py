"""The API itself: its parts, who may enter, and how it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ninja import NinjaAPI
from ninja.errors import AuthenticationError
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from zhengpin.kernel.errors import DomainError
from zhengpin.sites.api import directory, files, law, notices, plans, problems, proceedings
from zhengpin.sites.api.requests import TokenOfMember, member_of
from zhengpin.sites.api.schemas import MemberOut, member_out

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Json(BaseRenderer):
    """JSON in UTF-8, written at once by the library that makes the shapes."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return to_json(data)


api = NinjaAPI(
    title="正品 Zhengpin",
    version="1",
    urls_namespace="api-1",
    auth=TokenOfMember(),
    renderer=Json(),
    docs_url=None,
)
api.add_router("/law", law.router)
api.add_router("/plans", plans.router)
api.add_router("/clauses", plans.clauses)
api.add_router("/files", files.router)
api.add_router("/organizations", directory.organizations)
api.add_router("/people", directory.people)
api.add_router("/worklist", proceedings.due_days)
api.add_router("/proceedings", proceedings.router)
api.add_router("/notices", notices.router)


@api.get("/me", response=MemberOut, tags=["人员"], summary="我是谁")
def who_am_i(request: HttpRequest) -> MemberOut:
    """Return the member the token acts as."""
    return member_out(member_of(request))


@api.exception_handler(DomainError)
def refuse(request: HttpRequest, error: DomainError) -> HttpResponse:
    return problems.refuse(api, request, error)


@api.exception_handler(AuthenticationError)
def ask_for_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    title = "需要有效的令牌：Authorization: Bearer zp_…"
    response = problems.answer(api, request, 401, title, "TokenMissing")
    response["WWW-Authenticate"] = "Bearer"
    return response
