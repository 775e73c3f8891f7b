"""Who asks: puts the member a person acts as on the request, and keeps everybody else out.

Every page is closed unless its view says otherwise: Django's ``login_not_required`` opens it to
anyone, ``without_post`` to those signed in who have not chosen a post. The faces in ``OWN_DOORS``
answer strangers themselves, with a status and not with a page. A post that requires a second
factor is nobody's until the session has shown one: such a person sees the pages to set it up.
Until an initial password is replaced, only pages ``with_initial_password`` open.

Pages load scripts and styles from our own files only, and are asked for again after signing out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from zhengpin.base.access import queries
from zhengpin.sites.desk.door import sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from zhengpin.sites.desk.requests import VisitorRequest

MEMBER_KEY = "member"
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
OWN_DOORS = ("/api/", "/healthz", "/readyz", "/metrics")


class MemberMiddleware:
    """Sets ``request.member``: the chosen post of the person signed in, or None; see above."""

    def __init__(self, get_response: Callable[[VisitorRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: VisitorRequest) -> HttpResponse:
        request.member, request.members, request.barred = None, [], None
        if request.user.is_authenticated:
            request.members = list(queries.members_of(request.user, on=timezone.localdate()))
            chosen = request.session.get(MEMBER_KEY)
            held = (one for one in request.members if str(one.uuid) == chosen)
            request.member = next(held, None)
            if request.member is None and len(request.members) == 1:
                request.member = request.members[0]
            if request.member is not None and sessions.lacks_second_factor(request):
                request.member, request.barred = None, request.member
        answer = self.get_response(request)
        if not request.path.startswith(OWN_DOORS):
            answer.headers.setdefault("Content-Security-Policy", POLICY)
            answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer

    def process_view(
        self, request: VisitorRequest, view: Callable[..., object], *_: Any
    ) -> HttpResponse | None:
        if request.path.startswith(OWN_DOORS) or not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.user.is_password_initial and getattr(view, "own_password_required", True):
            return _to(request, reverse("desk:password"))
        if request.member is None and getattr(view, "post_required", True):
            return _to_second_step(request) if request.barred else _to_post(request)
        return None


def _to_sign_in(request: VisitorRequest) -> HttpResponse:
    """Send a stranger to the door; say so where something they sent is lost."""
    wanted = {"next": _page_of(request)}
    if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
        wanted["expired"] = "1"
    return _to(request, f"{reverse(settings.LOGIN_URL)}?{urlencode(wanted)}")


def _to(request: VisitorRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def _to_post(request: VisitorRequest) -> HttpResponse:
    if not request.members:
        return render(request, "desk/no_post.html", status=403)
    return HttpResponseRedirect(f"{reverse('desk:post')}?{urlencode({'next': _page_of(request)})}")


def _to_second_step(request: VisitorRequest) -> HttpResponse:
    wanted = urlencode({"next": _page_of(request)})
    return HttpResponseRedirect(f"{reverse('desk:second_step_required')}?{wanted}")


def _page_of(request: VisitorRequest) -> str:
    """Return the page to come back to; what was sent cannot be sent again by a link."""
    return request.get_full_path() if request.method == "GET" else request.path
