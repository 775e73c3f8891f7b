"""Whose entries of the ledger a member may read: each part of the house says it of its subjects.

The ledger knows subjects only as text. A part declares who sees an entry of its own, by asking the
same query that shows the record itself; so the ledger opens no side door.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from zhengpin.base.ledger import queries as ledger
from zhengpin.base.ledger.models import Entry

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from zhengpin.base.access.models import Member

Seen = Callable[["Member", str], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the house says of its entries: who sees them, what its acts are called.

    Any one of ``seen`` is enough. A function that several parts name is asked once for a subject.
    """

    seen: tuple[Seen, ...]
    acts: Mapping[str, str | _StrPromise] = field(default_factory=dict)


PARTS: dict[str, Part] = {}
_SOURCES: list[Callable[[], Mapping[str, Part]]] = []


def declare_part(
    name: str, *seen: Seen, acts: Mapping[str, str | _StrPromise] | None = None
) -> None:
    """Say of the entries whose actions begin with ``name`` who sees those about a subject."""
    PARTS[name] = Part(seen, acts or {})


def declare_source(source: Callable[[], Mapping[str, Part]]) -> None:
    """Say of parts that are themselves declared elsewhere, asked for each time."""
    _SOURCES.append(source)


def _parts() -> dict[str, Part]:
    found = dict(PARTS)
    for source in _SOURCES:
        found |= source()
    return found


def title_of(action: str) -> str:
    """Return what an act is called; the code itself where nobody has said it."""
    name, _, act = action.partition(".")
    part = _parts().get(name)
    return gettext(str(part.acts.get(act, action))) if part else action


def as_uuid(subject: str) -> UUID | None:
    """Return the subject as a UUID, None where it is something else."""
    try:
        return UUID(subject)
    except ValueError:
        return None


def entries_for(member: Member, subject: str) -> QuerySet[Entry]:
    """Return the entries about a subject that a member may read, oldest first."""
    seen = Q(pk__in=())
    answers: dict[Seen, bool] = {}

    def answered(door: Seen) -> bool:
        if door not in answers:
            answers[door] = door(member, subject)
        return answers[door]

    for name, part in _parts().items():
        if any(map(answered, part.seen)):
            seen |= Q(action__startswith=f"{name}.")
    return ledger.entries_about(subject).filter(seen)


def entry_for(member: Member, uuid: UUID) -> Entry | None:
    """Return one entry, if the member may read what is about its subject."""
    found = Entry.objects.filter(uuid=uuid).first()
    return entries_for(member, found.subject).filter(pk=found.pk).first() if found else None
