"""Telling people, what they do with what they are told, and the mails that follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from zhengpin.base.access.models import Member
from zhengpin.base.ledger import services as ledger
from zhengpin.base.notices import errors, mailing, queries
from zhengpin.base.notices.kinds import KINDS, Mailing
from zhengpin.base.notices.models import MailChoice, Notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from zhengpin.base.access.models import Person
    from zhengpin.base.notices.kinds import NoticeKind

__all__ = ["About", "deliver", "mark_all_read", "mark_read", "send", "set_mailings"]

deliver = mailing.deliver
_LONGEST_TITLE = 200

# Whoever comes second waits until the first commits, and finds it done; in the order of members,
# so that two who tell the same people do not wait for each other.
_SEND = """
INSERT INTO notices_notice (
  uuid, member_id, kind_code, key, title, link, subject, is_sealed, made_at, mailing
)
SELECT gen_random_uuid(), member, %s, %s, %s, %s, %s, %s, %s, mailing
FROM unnest(%s::bigint[], %s::text[]) AS told (member, mailing) ORDER BY member
ON CONFLICT (member_id, kind_code, key) DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class About:
    """What a notice says beyond its kind: where it leads, and of which matter in which words.

    ``link`` is a path of ours. ``title`` is left out where the matter is sealed. ``subject`` is
    the uuid of the matter, by which a kind knows who may see it.
    """

    link: str
    title: str = ""
    subject: UUID | None = None
    is_sealed: bool = False

    def __post_init__(self) -> None:
        if not self.link.startswith("/") or self.link.startswith("//"):
            message = f"not a path of ours: {self.link}"
            raise ValueError(message)

    @property
    def words(self) -> str:
        return "" if self.is_sealed else " ".join(self.title.split())[:_LONGEST_TITLE]


@transaction.atomic
def send(
    *,
    to: Iterable[Member],
    kind: NoticeKind,
    key: str,
    about: About,
    by: Member | None = None,
    now: datetime,
) -> list[Notice]:
    """Tell members of something, each once per kind and ``key``; return the notices that are new.

    Part of the caller's transaction: what is undone was never said. ``by`` is None where the
    platform speaks by itself. Members whose time in their post is over are passed over. One entry
    in the ledger, where anyone was told.
    """
    if kind.sees is not None and about.subject is None:
        message = f"{kind.code} needs the matter it is about"
        raise ValueError(message)
    today = timezone.localdate(now)
    told = list(
        Member.objects.in_force(today)
        .filter(pk__in={one.pk for one in to})
        .select_related("person")
        .order_by("pk")
    )
    by_mail = queries.mailings_for(kind, [one.person for one in told])
    row = (kind.code, key, about.words, about.link, about.subject, about.is_sealed, now)
    mailings = [str(by_mail.get(one.person_id, Mailing.NEVER)) for one in told]
    with connection.cursor() as cursor:
        cursor.execute(_SEND, [*row, [one.pk for one in told], mailings])
        new = [pk for (pk,) in cursor.fetchall()]
    if new:
        ledger.record(
            action="notices.send",
            subject=str(about.subject or kind.code),
            member=by.uuid if by else None,
            facts={"kind": kind.code, "key": key, "told": len(new)},
            now=now,
        )
    return list(Notice.objects.filter(pk__in=new).order_by("pk"))


@transaction.atomic
def mark_read(*, notice: Notice, member: Member, now: datetime) -> Notice:
    """Mark a notice of the member's own as read; once read, it stays as it was first read.

    Raises NoticeGone.
    """
    current = Notice.objects.select_for_update().filter(pk=notice.pk, member=member).first()
    if current is None:
        raise errors.NoticeGone
    if current.read_at is None:
        current.read_at = now
        current.save(update_fields=["read_at"])
        _record("read", str(current.uuid), member, now, {"read": 1})
    return current


@transaction.atomic
def mark_all_read(*, member: Member, until: int, now: datetime) -> int:
    """Mark a member's notices as read, up to the one with the number ``until``; return how many.

    What came in after the page was shown has not been seen and stays unread.
    """
    unread = Notice.objects.filter(member=member, read_at=None, pk__lte=until)
    read = unread.update(read_at=now)
    if read:
        _record("read", str(member.uuid), member, now, {"read": read})
    return read


@transaction.atomic
def set_mailings(
    *, person: Person, chosen: Mapping[str, str], member: Member, now: datetime
) -> dict[str, Mailing]:
    """Set how a person gets kinds of notices by mail; what still waits follows the new choice.

    Raises UnknownKind; nothing is then saved.
    """
    if not (chosen.keys() <= KINDS.keys() and set(chosen.values()) <= set(Mailing.values)):
        raise errors.UnknownKind
    before = queries.mailings_of(person)
    changed = {code: how for code, how in sorted(chosen.items()) if before[code] != how}
    for code, how in changed.items():
        MailChoice.objects.update_or_create(
            person=person, kind_code=code, defaults={"mailing": how}
        )
        waiting = Notice.objects.filter(member__person=person, kind_code=code, mail=None)
        waiting.exclude(mailing=Mailing.NEVER).update(mailing=how)
    if changed:
        facts = {"kinds": list(changed), "mailings": list(changed.values())}
        _record("set_mailings", str(person.uuid), member, now, facts)
    return queries.mailings_of(person)


def _record(
    action: str, subject: str, member: Member, now: datetime, facts: Mapping[str, object]
) -> None:
    ledger.record(
        action=f"notices.{action}", subject=subject, member=member.uuid, facts=facts, now=now
    )
