"""今日待办: the page, the views kept of it, and the calendar that reads along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhengpin.base import paging
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.proceedings import keeping, worklist
from zhengpin.mechanisms.proceedings.errors import PlaceMalformed
from zhengpin.mechanisms.proceedings.models import Recomputation
from zhengpin.mechanisms.proceedings.web import calendar_feed
from zhengpin.mechanisms.proceedings.web.forms import FilterForm
from zhengpin.mechanisms.proceedings.web.lines import as_rows
from zhengpin.mechanisms.proceedings.web.words import (
    GROUPS,
    SIDES,
    change_shown,
    sentence,
)
from zhengpin.mechanisms.proceedings.worklist import Group, Side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest

    from zhengpin.base.access.requests import MemberRequest

_SIZE = 50


@require_GET
def worklist_page(request: MemberRequest) -> HttpResponse:
    return _page(request, FilterForm(request.GET))


def _page(
    request: MemberRequest, form: FilterForm, *, refused: str = "", feed: str = ""
) -> HttpResponse:
    member, now = request.member, timezone.now()
    side, group = _chosen(request, form)
    filters = form.filters()
    sides = worklist.sides_of(member)
    shown: dict[str, Any] = {
        "side": side,
        "sides": [(one, SIDES[one], _address({"side": one.value})) for one in sides],
        "group": GROUPS[group] if group else "",
        "is_narrowed": filters.narrows,
        "form": form,
        "kinds": worklist.kinds(),
        "views": [(one, _address(one.filters)) for one in keeping.views_of(member)],
        "kept": form.kept(),
        "feed": keeping.feed_of(member),
        "feed_address": feed,
        "refused": refused,
        "now": now,
        "clear": _address({"side": side.value}),
    }
    if group is None:
        sections = worklist.overview(member, side, filters, now=now)
        shown["sections"] = [_section(one, side, form) for one in sections]
        shown |= _counts(sections)
    else:
        shown |= _one_group(request, form, side, group, now)
    status = 422 if refused else 200
    return render(request, "proceedings/worklist.html", shown, status=status)


def _chosen(request: MemberRequest, form: FilterForm) -> tuple[Side, Group | None]:
    side, group = form.value("side"), form.value("group")
    if side not in worklist.sides_of(request.member):
        side = Side.OURS
    return Side(side), Group(group) if group else None


def _section(section: worklist.Section, side: Side, form: FilterForm) -> dict[str, object]:
    return {
        "title": GROUPS[section.group],
        "group": section.group,
        "count": section.counted,
        "lines": as_rows(section.lines, side, timezone.now()),
        "all": _address(form.kept() | {"group": section.group.value}) if section.is_cut else "",
    }


def _counts(sections: Iterable[worklist.Section]) -> dict[str, object]:
    late = next((one for one in sections if one.group is Group.OVERDUE), None)
    is_many = any(one.count > worklist.MANY for one in sections)
    total = sum(min(one.count, worklist.MANY) for one in sections)
    return {"late": late.counted if late else "", "total": f"{total}+" if is_many else total}


def _one_group(
    request: MemberRequest, form: FilterForm, side: Side, group: Group, now: datetime
) -> dict[str, object]:
    after = form.value("after") or ""
    try:
        page = worklist.page(
            request.member,
            side,
            form.filters(),
            now=now,
            group=group,
            after=after,
            size=form.value("size") or _SIZE,
        )
    except PlaceMalformed as malformed:
        raise Http404 from malformed
    section = {"title": GROUPS[group], "group": group, "lines": as_rows(page.lines, side, now)}
    size = {"size": str(form.value("size"))} if form.value("size") else {}
    kept = form.kept() | size
    return {
        "sections": [section] if page.lines else [],
        "paged": len(page.lines),
        "all_groups": _address({**form.kept(), "group": ""}),
        "counted": page.total.said,
        "next": _address(kept | {"after": page.following}) if page.following else "",
        "start": _address(kept) if after else "",
    }


def _address(kept: dict[str, str]) -> str:
    query = urlencode({name: one for name, one in kept.items() if one})
    return reverse("worklist:list") + (f"?{query}" if query else "")


@require_GET
def changes(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show which last days moved when the law data changed."""
    run = get_object_or_404(Recomputation, uuid=uuid)
    after = request.GET.get("after", "")
    try:
        page = paging.page_by(worklist.changes_for(request.member, run), "pk", after=after)
    except paging.PlaceMalformed as malformed:
        raise Http404 from malformed
    address = reverse("worklist:changes", args=[uuid])
    shown = {
        "run": run,
        "because": _(run.because),
        "changes": [(one.proceeding, change_shown(one)) for one in page.rows],
        "counted": page.total.said,
        "next": f"{address}?{urlencode({'after': page.following})}" if page.following else "",
        "start": address if after else "",
    }
    return render(request, "proceedings/changes.html", shown)


@require_POST
def save_view(request: MemberRequest) -> HttpResponse:
    form = FilterForm(request.POST)
    try:
        view = keeping.save_view(
            name=request.POST.get("name", "").replace("\0", ""),
            filters=form.kept(),
            member=request.member,
            now=timezone.now(),
        )
    except DomainError as refusal:
        return _page(request, form, refused=sentence(refusal))
    messages.success(request, _("已保存视图“%(name)s”。") % {"name": view.name})
    return redirect(_address(view.filters))


@require_POST
def remove_view(request: MemberRequest, id: int) -> HttpResponse:  # noqa: A002 — as in the address
    view = get_object_or_404(keeping.views_of(request.member), pk=id)
    keeping.remove_view(view=view, member=request.member, now=timezone.now())
    messages.success(request, _("已删去视图“%(name)s”。") % {"name": view.name})
    return redirect("worklist:list")


@never_cache
@require_POST
def issue_feed(request: MemberRequest) -> HttpResponse:
    """Show the new address on this answer and never again."""
    secret = keeping.issue_feed(member=request.member, now=timezone.now())
    address = settings.ADDRESS.rstrip("/") + reverse("worklist:feed", args=[secret])
    return _page(request, FilterForm({}), feed=address)


@require_POST
def revoke_feed(request: MemberRequest) -> HttpResponse:
    try:
        keeping.revoke_feed(member=request.member, now=timezone.now())
    except DomainError as refusal:
        return _page(request, FilterForm({}), refused=sentence(refusal))
    messages.success(request, _("日历订阅已停用，原来的地址不再有效。"))
    return redirect("worklist:list")


@login_not_required
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a calendar program, which has the secret of the address and no session."""
    member = keeping.member_of_feed(secret, on=timezone.localdate())
    if member is None:
        raise Http404
    text = calendar_feed.of(member, now=timezone.now())
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
