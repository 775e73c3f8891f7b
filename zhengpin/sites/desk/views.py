"""The first page, the search, the post one acts as and the few settings of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.plans import queries as plans
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.plans.models import ClauseUnit
from zhengpin.sites.desk import queries, services
from zhengpin.sites.desk.context import THEME_COOKIE, THEMES
from zhengpin.sites.desk.door.open import without_post
from zhengpin.sites.desk.forms import PasswordForm
from zhengpin.sites.desk.gallery import SAMPLES
from zhengpin.sites.desk.middleware import MEMBER_KEY

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from zhengpin.sites.desk.requests import MemberRequest, PersonRequest

A_YEAR = 365 * 24 * 3600
FOUND = 50  # what a search shows of each kind
LONGEST = 1000  # rows of the one list that does not page

language = login_not_required(set_language)


def _next(request: HttpRequest) -> str:
    """Return the page asked for, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith("/")
    return wanted if is_ours else "/"


@without_post
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
    own = queries.clauses_of(member)
    shown = {
        "today": timezone.localdate(),
        "waiting": list(queries.with_open_problems(queries.plans_to_review(member))[:10]),
        "confirmed": list(queries.plans_confirmed(member)[:6]),
        "own": list(own[:12]),
        "own_total": own.count(),
        "may_import": member.holds(IMPORT_PLANS),
    }
    return render(request, "desk/home.html", shown)


@require_GET
def own(request: MemberRequest) -> HttpResponse:
    clauses = list(queries.clauses_of(request.member)[: LONGEST + 1])
    shown = {"own": clauses[:LONGEST], "is_cut": len(clauses) > LONGEST, "longest": LONGEST}
    return render(request, "desk/own.html", shown)


@require_GET
def search(request: MemberRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    shown: dict[str, object] = {"words": words, "most": FOUND}
    if words:
        clauses = plans.search_clauses(request.member, words)
        units = Prefetch("units", ClauseUnit.objects.order_by("order"))
        shown["plans"] = list(plans.search_plans(request.member, words)[:FOUND])
        shown["clauses"] = list(clauses.prefetch_related(units)[:FOUND])
    return render(request, "desk/search.html", shown)


@require_GET
def components(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/components.html", {"samples": SAMPLES})
