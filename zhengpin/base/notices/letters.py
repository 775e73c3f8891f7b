"""What stands in a mail: the title of each notice and where to read it, nothing of the matter.

The words about a matter are added only where the kind declares them open, the reader may see the
matter now and it is not sealed. No name, no greeting: mail is read over shoulders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhengpin.base.access.models import Member
from zhengpin.base.notices import queries

if TYPE_CHECKING:
    from datetime import datetime

    from zhengpin.base.notices.models import Mail, Notice

Letter = EmailMessage


def letter(mail: Mail, now: datetime) -> Letter | None:
    """Return a mail as it would leave now; None where nothing in it needs to be said any more."""
    notices = _still_needed(mail, now)
    if not notices or not mail.person.email:
        return None
    with translation.override(mail.person.language):
        heading = _heading(notices)
        lines = [f"{title_of(one)}\n{settings.ADDRESS}{one.link}\n" for one in notices]
        foot = _("不想再收到这类邮件，可以在这里更改：")
        body = "\n".join([*lines, "-- ", f"{foot}\n{settings.ADDRESS}/notices/settings\n"])
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    headers = {"Message-ID": f"<{mail.uuid}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(heading, body, None, [mail.person.email], headers=headers)


def _heading(notices: list[Notice]) -> str:
    if len(notices) == 1:
        return _("【正品】%(title)s") % {"title": title_of(notices[0])}
    return _("【正品】%(count)s 条未读通知") % {"count": len(notices)}


def title_of(notice: Notice) -> str:
    """Return what a mail says of a notice."""
    title = _(notice.kind.title)
    return f"{title}：{notice.words}" if notice.words and notice.kind.is_open else title


def _still_needed(mail: Mail, now: datetime) -> list[Notice]:
    """Return the notices of a mail that are unread and whose reader still holds the post."""
    today = timezone.localdate(now)
    members = Member.objects.in_force(today).filter(notices__mail=mail).distinct()
    members = members.select_related("person", "post__organization__region").order_by("pk")
    return [
        notice
        for member in members
        for notice in queries.notices_for(member).filter(mail=mail, read_at=None).order_by("pk")
    ]
