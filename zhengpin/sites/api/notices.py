"""Notices over the API: what the member was told, and marking it read."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router

from zhengpin.base.notices import queries, services
from zhengpin.sites.api.requests import member_of
from zhengpin.sites.api.schemas import NoticeOut, NoticePageOut, ProblemDetails, notice_out

router = Router(tags=["通知"])


@router.get("", response={200: NoticePageOut, 409: ProblemDetails}, summary="通知列表")
def list_notices(
    request: HttpRequest, after: str | None = None, size: int = 50, *, unread: bool = False
) -> NoticePageOut:
    """List one's notices, unread first and the latest first, at most 200 at once."""
    member = member_of(request)
    page = queries.notice_page(member, after, size, unread_only=unread)
    return NoticePageOut(
        notices=[notice_out(one) for one in page.notices],
        following=page.following,
        unread=queries.unread_count([member], queries.LARGEST_PAGE),
    )


@router.post("/{uuid}/read", response=NoticeOut, summary="标为已读")
def mark_read(request: HttpRequest, uuid: UUID) -> NoticeOut:
    """Mark a notice as read; one that is read stays as it was."""
    member = member_of(request)
    notice = queries.notices_for(member).filter(uuid=uuid).first()
    if notice is None:
        raise Http404
    read = services.mark_read(notice=notice, member=member, now=timezone.now())
    notice.read_at = read.read_at
    return notice_out(notice)
