"""A member's notices: what of them may be shown, how many are unread, one page of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When

from zhengpin.base.notices import errors
from zhengpin.base.notices.kinds import KINDS, Mailing
from zhengpin.base.notices.models import MailChoice, Notice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from zhengpin.base.access.models import Member, Person
    from zhengpin.base.notices.kinds import NoticeKind

MANY = 99
LARGEST_PAGE = 200
_YES, _NO = Value(value=True), Value(value=False)
_PLACE = re.compile(r"([ur])\.([0-9]{1,18})")


def notices_for(member: Member) -> QuerySet[Notice]:
    """Return a member's notices; ``is_shown`` tells whether the matter may be seen right now."""
    seen = [
        When(
            kind_code=kind.code,
            then=Exists(kind.sees(member).filter(uuid=OuterRef("subject")).order_by()),
        )
        for kind in KINDS.values()
        if kind.sees is not None
    ]
    declared = [When(kind_code__in=list(KINDS), then=_YES)]
    is_shown = Case(*seen, *declared, default=_NO, output_field=BooleanField())
    return Notice.objects.filter(member=member).annotate(is_shown=is_shown)  # type: ignore[no-redef]


def unread_count(members: Collection[Member], most: int = MANY) -> int:
    """Return how many notices some members have not read, counted up to one past ``most``."""
    unread = Notice.objects.filter(member__in=members, read_at=None)
    return unread.values("pk")[: most + 1].count()


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Some notices, unread first, the latest first; ``following`` is the key of the next page."""

    notices: tuple[Notice, ...]
    following: str | None


def notice_page(
    member: Member, after: str | None = None, size: int = 50, *, unread_only: bool = False
) -> NoticePage:
    """Return one page of a member's notices. Two queries at most. Raises PlaceMalformed."""
    size = max(1, min(size, LARGEST_PAGE))
    group, before = _place(after)
    found: list[Notice] = []
    for state, is_unread in (("u", True), ("r", False)):
        is_passed = group == "r" and is_unread
        if is_passed or len(found) > size or (unread_only and not is_unread):
            continue
        rows = notices_for(member).filter(read_at__isnull=is_unread).order_by("-pk")
        if group == state:
            rows = rows.filter(pk__lt=before)
        found += rows[: size + 1 - len(found)]
    shown = found[:size]
    following = _key(shown[-1]) if len(found) > size else None
    return NoticePage(tuple(shown), following)


def _place(after: str | None) -> tuple[str, int]:
    if not after:
        return "", 0
    match = _PLACE.fullmatch(after)
    if match is None:
        raise errors.PlaceMalformed
    return match[1], int(match[2])


def _key(notice: Notice) -> str:
    return f"{'u' if notice.read_at is None else 'r'}.{notice.pk}"


def mailings_of(person: Person) -> dict[str, Mailing]:
    """Return how a person gets each declared kind by mail."""
    chosen = dict(MailChoice.objects.filter(person=person).values_list("kind_code", "mailing"))
    return {code: Mailing(chosen.get(code, kind.mailing)) for code, kind in KINDS.items()}


def mailings_for(kind: NoticeKind, people: Iterable[Person]) -> dict[int, Mailing]:
    """Return how each of some people gets a kind by mail, as things stand with their addresses."""
    reachable = [one.pk for one in people if one.email and is_mail_set_up()]
    chosen = MailChoice.objects.filter(kind_code=kind.code, person__in=reachable)
    by_person = dict(chosen.values_list("person_id", "mailing"))
    return {pk: Mailing(by_person.get(pk, kind.mailing)) for pk in reachable}


def is_mail_set_up() -> bool:
    """Whether this installation can send mail at all."""
    return bool(settings.EMAIL_HOST)
