"""The first page, the search, the post one acts as and the few settings of a person."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from zhengpin.base.paging import PlaceMalformed
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.plans import queries as plans
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.sites.desk import queries, services
from zhengpin.sites.desk.context import THEME_COOKIE, THEMES
from zhengpin.sites.desk.door.open import with_initial_password, without_post
from zhengpin.sites.desk.forms import PasswordForm
from zhengpin.sites.desk.gallery import SAMPLES
from zhengpin.sites.desk.middleware import MEMBER_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from zhengpin.base.paging import Page
    from zhengpin.sites.desk.requests import MemberRequest, PersonRequest

A_YEAR = 365 * 24 * 3600
PLANS_FOUND = 10  # what a search shows of them; the list shows all
OWN_FIRST = 12  # of what a unit owes, on its first page

language = login_not_required(set_language)


def _next(request: HttpRequest) -> str:
    """Return the page asked for, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith("/")
    return wanted if is_ours else "/"


@without_post
@with_initial_password
@require_POST
def sign_out(request: PersonRequest) -> HttpResponse:
    services.sign_out(person=request.user, member=request.member, now=timezone.now())
    auth.logout(request)
    messages.success(request, _("您已退出。"))
    return redirect("desk:sign_in")


@without_post
@require_http_methods(["GET", "POST"])
def post(request: PersonRequest) -> HttpResponse:
    error = ""
    if request.method == "POST":
        try:
            member = services.choose_post(
                person=request.user,
                uuid=request.POST.get("member", ""),
                on=timezone.localdate(),
                now=timezone.now(),
            )
        except DomainError as refusal:
            error = _(str(refusal))
        else:
            request.session[MEMBER_KEY] = str(member.uuid)
            return HttpResponseRedirect(_next(request))
    if not request.members:
        return render(request, "desk/no_post.html", status=403)
    shown = {"error": error, "next": request.GET.get("next", "")}
    return render(request, "desk/post.html", shown, status=422 if error else 200)


@without_post
@with_initial_password
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: PersonRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_password(
            person=request.user,
            password=form.cleaned_data["fresh"],
            member=request.member,
            now=timezone.now(),
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, _("密码已修改；其他地方的登录已经失效。"))
        return redirect("desk:home")
    return render(
        request, "desk/password.html", {"form": form}, status=422 if form.errors else 200
    )


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    answer = HttpResponseRedirect(_next(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        answer.set_cookie(
            THEME_COOKIE,
            chosen,
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return answer


@require_GET
def home(request: MemberRequest) -> HttpResponse:
    member = request.member
    own = plans.mention_page(member, size=OWN_FIRST)
    shown = {
        "today": timezone.localdate(),
        "waiting": list(queries.with_open_problems(queries.plans_to_review(member))[:10]),
        "confirmed": list(queries.plans_confirmed(member)[:6]),
        "own": own.rows,
        "own_total": own.total.said if own.rows else "",
        "more_own": own.following is not None,
        "may_import": member.holds(IMPORT_PLANS),
    }
    return render(request, "desk/home.html", shown)


@require_GET
def own(request: MemberRequest) -> HttpResponse:
    after = _after(request)
    with _not_found_where_malformed():
        page = plans.mention_page(request.member, after)
    shown = {
        "own": page.rows,
        "total": page.total.said,
        **_ways(page, reverse("desk:own"), after),
    }
    return render(request, "desk/own.html", shown)


@require_GET
def search(request: MemberRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    after = _after(request)
    shown: dict[str, object] = {"words": words}
    if words:
        with _not_found_where_malformed():
            clauses = plans.clause_page(request.member, after, words=words)
        units = plans.units_of(clauses.rows)
        shown |= {
            "clauses": [(one, units.get(one.pk, ())) for one in clauses.rows],
            "total": clauses.total.said,
            **_ways(clauses, reverse("desk:search"), after, q=words),
        }
    if words and not after:
        found = plans.plan_page(request.member, size=PLANS_FOUND, words=words)
        shown |= {"plans": found.rows, "plans_total": found.total.said}
        shown["all_plans"] = f"{reverse('plans:list')}?{urlencode({'q': words})}"
        shown["is_more"] = found.following is not None
    return render(request, "desk/search.html", shown)


def _after(request: MemberRequest) -> str:
    return request.GET.get("after", "")[:100]


@contextmanager
def _not_found_where_malformed() -> Iterator[None]:
    try:
        yield
    except PlaceMalformed as malformed:
        raise Http404 from malformed


def _ways(page: Page[Any], address: str, after: str, **kept: str) -> dict[str, str]:
    """Return where the next and the first rows are, for ``components/paging.html``."""
    following = {**kept, "after": page.following}
    start = f"{address}?{urlencode(kept)}" if kept else address
    return {
        "next": f"{address}?{urlencode(following)}" if page.following else "",
        "start": start if after else "",
    }


@require_GET
def components(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/components.html", {"samples": SAMPLES})
