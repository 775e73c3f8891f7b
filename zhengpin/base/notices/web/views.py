"""What a member was told, and how a person wants it by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhengpin.base.notices import errors, queries, services
from zhengpin.base.notices.web.forms import MailingForm, UntilForm
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from uuid import UUID

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.base.notices.models import Notice


@require_GET
def notice_list(request: MemberRequest) -> HttpResponse:
    after = request.GET.get("after", "")
    try:
        page = queries.notice_page(request.member, after)
    except errors.PlaceMalformed as malformed:
        raise Http404 from malformed
    others = [one for one in request.members if one.pk != request.member.pk]
    shown = {
        "notices": page.notices,
        "newest": max((one.pk for one in page.notices if one.read_at is None), default=0),
        "elsewhere": queries.unread_count(others) if others else 0,
        "next": _address(page.following) if page.following else "",
        "start": reverse("notices:list") if after else "",
    }
    return render(request, "notices/notice_list.html", shown)


def _address(after: str) -> str:
    return f"{reverse('notices:list')}?{urlencode({'after': after})}"


def _notice(request: MemberRequest, uuid: UUID) -> Notice:
    notice: Notice = get_object_or_404(queries.notices_for(request.member), uuid=uuid)
    return notice


@require_http_methods(["GET", "POST"])
def open_notice(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Mark a notice as read and go where it leads; to the list where that may not be seen."""
    notice = _notice(request, uuid)
    if request.method == "GET":
        return redirect("notices:list")
    services.mark_read(notice=notice, member=request.member, now=timezone.now())
    if not notice.is_shown:
        messages.warning(request, _("这条通知所说的事项，您现在的岗位已经看不到了。"))
        return redirect("notices:list")
    return HttpResponseRedirect(notice.link)


@require_http_methods(["GET", "POST"])
def read(request: MemberRequest, uuid: UUID) -> HttpResponse:
    notice = _notice(request, uuid)
    if request.method == "POST":
        services.mark_read(notice=notice, member=request.member, now=timezone.now())
    return redirect("notices:list")


@require_http_methods(["GET", "POST"])
def read_all(request: MemberRequest) -> HttpResponse:
    form = UntilForm(request.POST)
    if request.method == "POST" and form.is_valid():
        services.mark_all_read(
            member=request.member, until=form.cleaned_data["until"], now=timezone.now()
        )
    return redirect("notices:list")


@require_http_methods(["GET", "POST"])
def settings(request: MemberRequest) -> HttpResponse:
    person = request.member.person
    form = MailingForm(request.POST or None, chosen=queries.mailings_of(person))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_mailings(
                person=person,
                chosen=form.cleaned_data,
                member=request.member,
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(None, _(str(refusal)))
        else:
            messages.success(request, _("邮件方式已保存。"))
            return redirect("notices:settings")
    shown = {"form": form, "person": person, "is_set_up": queries.is_mail_set_up()}
    status = 422 if form.errors else 200
    return render(request, "notices/settings.html", shown, status=status)
