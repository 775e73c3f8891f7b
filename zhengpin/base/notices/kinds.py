"""通知种类: what people are told of, declared once by the part of the house that tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhengpin.base.access.models import Member

    Sees = Callable[[Member], models.QuerySet[Any, Any]]


class Mailing(models.TextChoices):
    """邮件方式: whether and when a notice also goes by mail."""

    AT_ONCE = "at_once", "立即发送"
    DAILY = "daily", "每日汇总"
    NEVER = "never", "不发邮件"


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice; ``code`` is stored, ``title`` is shown and says nothing of a matter.

    ``sees`` gives the matters a member may see, of a model with a ``uuid``: where the subject of
    a notice is not among them at the moment of reading, the reader finds the ``title`` alone.
    ``is_open``: what a notice of this kind says of its matter may leave the house in a mail.
    ``mailing`` holds for those who have not chosen.
    """

    code: str
    title: str
    sees: Sees | None = None
    is_open: bool = False
    mailing: Mailing = Mailing.DAILY


KINDS: dict[str, NoticeKind] = {}


def declare(
    code: str,
    title: str,
    *,
    sees: Sees | None = None,
    is_open: bool = False,
    mailing: Mailing = Mailing.DAILY,
) -> NoticeKind:
    """Add a kind to the register and return it; a code is declared once."""
    if code in KINDS:
        message = f"notice kind {code} is declared twice"
        raise ValueError(message)
    KINDS[code] = NoticeKind(code, title, sees, is_open, mailing)
    return KINDS[code]


def kind_of(code: str) -> NoticeKind:
    """Return a declared kind; one that is declared no more shows that it was a notice."""
    return KINDS.get(code) or NoticeKind(code, "通知")
