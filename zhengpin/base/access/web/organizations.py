"""Organizations of a jurisdiction: the list, a new one, the page of one and what changes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhengpin.base.access import services as access
from zhengpin.base.access.duties import ADMINISTER
from zhengpin.base.access.models import Member
from zhengpin.base.access.web import forms
from zhengpin.base.access.web.carrying import carried_out
from zhengpin.base.access.web.guarding import for_duties
from zhengpin.base.organizations import queries, services
from zhengpin.base.organizations.models import Competence, OrganizationName
from zhengpin.base.paging import PlaceMalformed, page_by
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.organizations import resolve, table
from zhengpin.kernel.text.folding import simplify

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django import forms as django_forms
    from django.http import HttpResponse

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.base.organizations.models import Organization

ROWS = 50


def address_of(view: str, **kept: str | None) -> str:
    """Return the address of a list with what narrows it."""
    query = urlencode({name: value for name, value in kept.items() if value})
    return reverse(view) + (f"?{query}" if query else "")


@for_duties(ADMINISTER)
@require_GET
def organization_list(request: MemberRequest) -> HttpResponse:
    form = forms.FilterForm(request.GET)
    words, region, state, after = (form.value(name) for name in ("q", "region", "state", "after"))
    found = queries.named_like(queries.organizations_for(request.member), words)
    if region:
        found = found.filter(region__code=region)
    today = timezone.localdate()
    if state != "all":
        found = found.in_force(today)
    try:
        page = page_by(found, "region__code", "pk", after=after, size=ROWS)
    except PlaceMalformed as malformed:
        raise Http404 from malformed
    kept = {"q": words, "region": region, "state": state}
    shown = {
        "organizations": page.rows,
        "words": words,
        "region": region,
        "state": state,
        "regions": queries.regions_for(request.member),
        "is_narrowed": bool(words or region),
        "today": today,
        "total": page.total.said,
        "next": address_of("organizations:list", **kept, after=page.following)
        if page.following
        else "",
        "start": address_of("organizations:list", **kept) if after else "",
    }
    return render(request, "organizations/organization_list.html", shown)


@for_duties(ADMINISTER)
@require_http_methods(["GET", "POST"])
def organization_new(request: MemberRequest) -> HttpResponse:
    own = request.member.organization.region
    regions = queries.regions_for(request.member)
    form = forms.OrganizationForm(request.POST or None, regions=regions, own=own)
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        try:
            made = services.set_up_organization(
                name=said["name"],
                short_name=said["short_name"],
                region=said["region"],
                functions=_functions_of(said["name"], said["short_name"]),
                names=said["names"],
                valid_from=said["valid_from"],
                now=now,
                member=request.member,
            )
        except DomainError as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("已登记%(name)s，请核对职能。") % {"name": made.name})
            return redirect("organizations:detail", uuid=made.uuid)
    status = 422 if form.errors else 200
    return render(request, "organizations/organization_new.html", {"form": form}, status=status)


def _functions_of(*names: str) -> tuple[str, ...]:
    """Return the functions that the first name to be understood stands for today."""
    year = timezone.localdate().year
    readings = (resolve(simplify(name), year).functions for name in names)
    return next(filter(None, readings), ())


def _organization(request: MemberRequest, uuid: UUID) -> Organization:
    found: Organization = get_object_or_404(queries.organizations_for(request.member), uuid=uuid)
    return found


@for_duties(ADMINISTER)
@require_GET
def organization_detail(request: MemberRequest, uuid: UUID) -> HttpResponse:
    return _page(request, _organization(request, uuid))


def _page(
    request: MemberRequest, organization: Organization, **refused: django_forms.Form
) -> HttpResponse:
    """Show an organization; ``refused`` are forms that were sent and not taken, by their names."""
    today = timezone.localdate()
    fresh: dict[str, django_forms.Form] = {
        "name": forms.NameForm(today=today, prefix="name"),
        "function": forms.FunctionForm(today=today, prefix="function"),
        "succession": forms.SuccessionForm(today=today, prefix="succession"),
        "dissolution": forms.DissolutionForm(today=today, prefix="dissolution"),
        "post": forms.PostForm(prefix="post"),
        "end": forms.EndForm(today=today, prefix="end", auto_id=False),
    }
    functions = table().functions
    competences = list(organization.competences.order_by("valid_to", "valid_from", "pk"))
    held = Member.objects.filter(post__organization=organization).exclude(valid_to__lte=today)
    members = list(held.select_related("person").order_by("valid_from", "pk"))
    shown = {
        "organization": organization,
        "today": today,
        "names": organization.names.order_by("valid_to", "valid_from", "pk"),
        "competences": [
            {"row": one, "title": functions[one.function_code].title}
            for one in competences
            if one.function_code in functions
        ],
        "successions": organization.successions.select_related("successor").order_by("on", "pk"),
        "precedents": organization.precedents.select_related("predecessor").order_by("on", "pk"),
        "posts": [
            {
                "post": post,
                "members": [one for one in members if one.post_id == post.pk],
                "form": forms.PostForm(
                    initial={
                        "title": post.title,
                        "duties": post.duties,
                        "second_factor": post.requires_second_factor,
                    },
                    prefix="post",
                    auto_id=f"post-{post.pk}_%s",
                ),
            }
            for post in organization.posts.order_by("title")
        ],
        "is_own": organization.pk == request.member.organization.pk,
        "forms": {**fresh, **refused},
        "refused": next(iter(refused.values()), None),
        "opened": next(iter(refused), ""),
    }
    status = 422 if refused else 200
    return render(request, "organizations/organization_detail.html", shown, status=status)


def _carry_out(
    request: MemberRequest,
    organization: Organization,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """Do one thing to an organization and come back to its page, or show it with the refusal."""
    if carried_out(form, act):
        messages.success(request, done)
        return redirect("organizations:detail", uuid=organization.uuid)
    return _page(request, organization, **{str(form.prefix): form})


@for_duties(ADMINISTER)
@require_POST
def give_name(request: MemberRequest, uuid: UUID) -> HttpResponse:
    organization = _organization(request, uuid)
    form = forms.NameForm(request.POST, today=timezone.localdate(), prefix="name")
    return _carry_out(
        request,
        organization,
        form,
        lambda said: services.give_name(
            organization=organization, now=timezone.now(), member=request.member, **said
        ),
        _("称谓已登记。"),
    )


@for_duties(ADMINISTER)
@require_POST
def end_name(request: MemberRequest, uuid: UUID, pk: int) -> HttpResponse:
    organization = _organization(request, uuid)
    name = get_object_or_404(OrganizationName, organization=organization, pk=pk)
    form = forms.EndForm(request.POST, today=timezone.localdate(), prefix="end", auto_id=False)
    return _carry_out(
        request,
        organization,
        form,
        lambda said: services.end_name(
            name=name, now=timezone.now(), member=request.member, **said
        ),
        _("称谓的停用日期已登记。"),
    )


@for_duties(ADMINISTER)
@require_POST
def give_function(request: MemberRequest, uuid: UUID) -> HttpResponse:
    organization = _organization(request, uuid)
    form = forms.FunctionForm(request.POST, today=timezone.localdate(), prefix="function")
    return _carry_out(
        request,
        organization,
        form,
        lambda said: services.give_function(
            organization=organization, now=timezone.now(), member=request.member, **said
        ),
        _("职能已登记。"),
    )


@for_duties(ADMINISTER)
@require_POST
def take_function(request: MemberRequest, uuid: UUID, pk: int) -> HttpResponse:
    organization = _organization(request, uuid)
    competence = get_object_or_404(Competence, organization=organization, pk=pk)
    form = forms.EndForm(request.POST, today=timezone.localdate(), prefix="end", auto_id=False)
    return _carry_out(
        request,
        organization,
        form,
        lambda said: services.take_function(
            competence=competence, now=timezone.now(), member=request.member, **said
        ),
        _("职能的终止日期已登记。"),
    )


@for_duties(ADMINISTER)
@require_POST
def succeed(request: MemberRequest, uuid: UUID) -> HttpResponse:
    organization = _organization(request, uuid)
    form = forms.SuccessionForm(request.POST, today=timezone.localdate(), prefix="succession")

    def act(said: dict[str, Any]) -> None:
        successor = queries.organization_called(request.member, said["successor"], on=said["on"])
        services.succeed(
            predecessor=organization,
            successor=successor,
            on=said["on"],
            source=said["source"],
            now=timezone.now(),
            member=request.member,
        )

    return _carry_out(request, organization, form, act, _("承继已登记。"))


@for_duties(ADMINISTER)
@require_POST
def dissolve(request: MemberRequest, uuid: UUID) -> HttpResponse:
    organization = _organization(request, uuid)
    form = forms.DissolutionForm(request.POST, today=timezone.localdate(), prefix="dissolution")
    return _carry_out(
        request,
        organization,
        form,
        lambda said: services.dissolve(
            organization=organization, now=timezone.now(), member=request.member, **said
        ),
        _("撤销已登记。"),
    )


@for_duties(ADMINISTER)
@require_POST
def set_up_post(request: MemberRequest, uuid: UUID) -> HttpResponse:
    organization = _organization(request, uuid)
    form = forms.PostForm(request.POST, prefix="post")
    member, now = request.member, timezone.now()

    def act(said: dict[str, Any]) -> None:
        with transaction.atomic():
            post = access.set_up_post(
                organization=organization,
                title=said["title"],
                duties=said["duties"],
                now=now,
                member=member,
            )
            if post.requires_second_factor != said["second_factor"]:
                access.require_second_factor(
                    post=post, is_required=said["second_factor"], now=now, member=member
                )

    return _carry_out(request, organization, form, act, _("岗位已保存。"))
