"""What a form sent after the session had run out, kept until the same person is back.

A browser in which somebody signed in carries a signed mark of that person: without it nothing is
kept, so that strangers cannot fill the store, and nobody else is given what was written. Kept are
the fields of the forms in ``KEPT``, never files or passwords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from zhengpin.sites.desk.requests import VisitorRequest

KEPT = {
    "plans:import", "plans:correct", "plans:settle", "plans:set_status", "plans:describe",
    "plans:settle_flag",
}  # fmt: skip
KEY, MARK = "kept", "person"
LARGEST = 512 * 1024
A_MONTH = 30 * 24 * 3600


class KeepingMiddleware:
    """Sets ``request.kept``: what this page was sent before its member had to sign in again."""

    def __init__(self, get_response: Callable[[VisitorRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: VisitorRequest) -> HttpResponse:
        was_inside = request.user.is_authenticated
        request.kept = _given_back(request) if was_inside else None
        answer = self.get_response(request)
        if request.user.is_authenticated:
            _mark(request, answer)
        elif was_inside:
            answer.delete_cookie(MARK)
        elif _is_turned_away(request, answer) and _keep(request):
            answer["Location"] = answer["Location"].replace("expired=1", "expired=kept")
        return answer


def _mark(request: VisitorRequest, answer: HttpResponse) -> None:
    person = str(request.user.pk)
    if _marked(request) != person:
        answer.set_cookie(
            MARK,
            signing.dumps(person, salt=__name__),
            max_age=A_MONTH,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )


def _marked(request: VisitorRequest) -> str:
    """Return the key of the person this browser was last signed in for, or nothing."""
    try:
        known = signing.loads(request.COOKIES.get(MARK, ""), salt=__name__, max_age=A_MONTH)
    except signing.BadSignature:
        return ""
    return str(known)


def _is_turned_away(request: VisitorRequest, answer: HttpResponse) -> bool:
    if request.method != "POST" or "Location" not in answer.headers:
        return False
    return urlsplit(answer.headers["Location"]).path == reverse(settings.LOGIN_URL)


def _keep(request: VisitorRequest) -> bool:
    match, person = request.resolver_match, _marked(request)
    if match is None or match.view_name not in KEPT or not person:
        return False
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    body = sent.urlencode()
    if len(body) > LARGEST:
        return False
    request.session[KEY] = {"person": person, "path": request.path, "body": body}
    return True


def _given_back(request: VisitorRequest) -> QueryDict | None:
    """Return what was kept for this page, once; what was another person's is dropped."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    if kept["person"] != str(request.user.pk):
        del request.session[KEY]
        return None
    if request.method != "GET" or kept["path"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(kept["body"])
