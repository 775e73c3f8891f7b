"""People of a jurisdiction: the list, a new account, the page of one and what changes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhengpin.base.access import queries, services
from zhengpin.base.access.duties import ADMINISTER
from zhengpin.base.access.models import Member
from zhengpin.base.access.web import forms
from zhengpin.base.access.web.carrying import carried_out
from zhengpin.base.access.web.guarding import for_duties
from zhengpin.base.access.web.organizations import ROWS, address_of
from zhengpin.base.organizations import queries as organizations
from zhengpin.base.paging import PlaceMalformed, page_by
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from django import forms as django_forms
    from django.http import HttpResponse

    from zhengpin.base.access.models import Person, Post
    from zhengpin.base.access.requests import MemberRequest

OFFERED = 40  # posts offered at once; a name narrows them


@for_duties(ADMINISTER)
@require_GET
def person_list(request: MemberRequest) -> HttpResponse:
    form = forms.FilterForm(request.GET)
    words, after = form.value("q"), form.value("after")
    found = queries.found_by(queries.people_for(request.member), words)
    try:
        page = page_by(found, "login", after=after, size=ROWS)
    except PlaceMalformed as malformed:
        raise Http404 from malformed
    shown = {
        "people": _with_posts(page.rows, request.member),
        "words": words,
        "total": page.total.said,
        "next": address_of("people:list", q=words, after=page.following) if page.following else "",
        "start": address_of("people:list", q=words) if after else "",
    }
    return render(request, "people/person_list.html", shown)


def _with_posts(people: Sequence[Person], member: Member) -> list[dict[str, object]]:
    """Return people with the posts that they hold in the jurisdiction today."""
    held = Member.objects.in_region(member.region_prefix).filter(person__in=people)
    held = held.exclude(valid_to__lte=timezone.localdate())
    rows = list(held.select_related("post__organization").order_by("valid_from", "pk"))
    return [
        {"person": person, "members": [one for one in rows if one.person_id == person.pk]}
        for person in people
    ]


@for_duties(ADMINISTER)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def person_new(request: MemberRequest) -> HttpResponse:
    form = forms.AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.open_account(
                **form.cleaned_data, member=request.member, now=timezone.now()
            )
        except DomainError as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("账户已开通；请接着登记任职。"))
            return redirect("people:detail", uuid=person.uuid)
    status = 422 if form.errors else 200
    return render(request, "people/person_new.html", {"form": form}, status=status)


def _person(request: MemberRequest, uuid: UUID) -> Person:
    found: Person = get_object_or_404(queries.people_for(request.member), uuid=uuid)
    return found


@for_duties(ADMINISTER)
@never_cache
@require_GET
def person_detail(request: MemberRequest, uuid: UUID) -> HttpResponse:
    return _page(request, _person(request, uuid))


def _page(request: MemberRequest, person: Person, **refused: django_forms.Form) -> HttpResponse:
    """Show a person; ``refused`` are forms that were sent and not taken, by their names."""
    today, member = timezone.localdate(), request.member
    words = forms.FilterForm(request.GET).value("q")
    posts = _offered(member, words)
    fresh: dict[str, django_forms.Form] = {
        "appointment": forms.AppointmentForm(
            today=today, posts=posts[:OFFERED], prefix="appointment"
        ),
        "password": forms.PasswordForm(prefix="password"),
        "end": forms.EndForm(today=today, prefix="end", auto_id=False),
    }
    shown = {
        "person": person,
        "today": today,
        "appointments": queries.appointments_of(person, member),
        "is_own": person.pk == member.person_id,
        "is_managed": queries.is_managed_by(member, person, on=today),
        "words": words,
        "has_posts": bool(posts),
        "is_cut": len(posts) > OFFERED,
        "offered": OFFERED,
        "forms": {**fresh, **refused},
        "refused": next(iter(refused.values()), None),
        "opened": next(iter(refused), ""),
    }
    return render(request, "people/person_detail.html", shown, status=422 if refused else 200)


def _offered(member: Member, words: str) -> list[Post]:
    """Return posts to choose from, one more than are offered: those of bodies named like words."""
    posts = queries.posts_for(member)
    if words:
        named = organizations.named_like(organizations.organizations_for(member), words)
        posts = posts.filter(organization__in=named.order_by().values("pk"))
    return list(posts[: OFFERED + 1])


def _carry_out(
    request: MemberRequest,
    person: Person,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """Do one thing for a person and come back to their page, or show it with the refusal."""
    if carried_out(form, act):
        messages.success(request, done)
        return redirect("people:detail", uuid=person.uuid)
    return _page(request, person, **{str(form.prefix): form})


@for_duties(ADMINISTER)
@require_POST
def appoint(request: MemberRequest, uuid: UUID) -> HttpResponse:
    person = _person(request, uuid)
    sent = request.POST.get("appointment-post", "")
    posts = queries.posts_for(request.member).filter(pk=int(sent) if sent.isdecimal() else 0)
    form = forms.AppointmentForm(
        request.POST, today=timezone.localdate(), posts=posts, prefix="appointment"
    )
    return _carry_out(
        request,
        person,
        form,
        lambda said: services.appoint(
            person=person,
            post=posts.get(pk=said["post"]),
            on=said["on"],
            member=request.member,
            now=timezone.now(),
        ),
        _("任职已登记。"),
    )


@for_duties(ADMINISTER)
@require_POST
def end_appointment(request: MemberRequest, uuid: UUID, appointed: UUID) -> HttpResponse:
    person = _person(request, uuid)
    held = get_object_or_404(queries.appointments_of(person, request.member), uuid=appointed)
    form = forms.EndForm(request.POST, today=timezone.localdate(), prefix="end", auto_id=False)
    return _carry_out(
        request,
        person,
        form,
        lambda said: services.end_appointment(
            appointed=held, on=said["on"], member=request.member, now=timezone.now()
        ),
        _("离任日期已登记。"),
    )


@for_duties(ADMINISTER)
@sensitive_post_parameters()
@require_POST
def reset_password(request: MemberRequest, uuid: UUID) -> HttpResponse:
    person = _person(request, uuid)
    form = forms.PasswordForm(request.POST, prefix="password")
    return _carry_out(
        request,
        person,
        form,
        lambda said: services.reset_password(
            person=person,
            password=said["password"],
            member=request.member,
            on=timezone.localdate(),
            now=timezone.now(),
        ),
        _("密码已重设；此人在别处的登录已经失效，下次登录时必须更换密码。"),
    )


@for_duties(ADMINISTER)
@require_POST
def deactivate(request: MemberRequest, uuid: UUID) -> HttpResponse:
    return _switch(request, uuid, services.deactivate, _("账户已停用。"))


@for_duties(ADMINISTER)
@require_POST
def reactivate(request: MemberRequest, uuid: UUID) -> HttpResponse:
    return _switch(request, uuid, services.reactivate, _("账户已恢复。"))


def _switch(
    request: MemberRequest, uuid: UUID, service: Callable[..., Person], done: str
) -> HttpResponse:
    person, today = _person(request, uuid), timezone.localdate()
    form = forms.EmptyForm(request.POST, prefix="state")
    return _carry_out(
        request,
        person,
        form,
        lambda _said: service(person=person, member=request.member, on=today, now=timezone.now()),
        done,
    )
