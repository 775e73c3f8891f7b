"""Many entries in one transaction, each the same as ``services.record`` would write it."""

from __future__ import annotations

import json
import uuid
from datetime import UTC
from typing import TYPE_CHECKING, Any, NamedTuple

from zhengpin.base.copying import copy, reserve
from zhengpin.base.ledger.digests import digest_of_said
from zhengpin.base.ledger.models import Entry, Pending

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_COLUMNS = ("id", "uuid", "action", "subject", "member", "facts", "recorded_at", "digest")


class Act(NamedTuple):
    """What an entry says, beside its number and its moment.

    ``facts`` are plain as in ``record``; ``member`` is a uuid as text.
    """

    action: str
    subject: str
    member: str | None
    facts: dict[str, Any]


def record_all(acts: Sequence[Act], *, now: datetime) -> None:
    """Write an entry for each act, in their order, in the transaction that is open."""
    ids = reserve(Entry, len(acts))
    copy(Entry, _COLUMNS, _rows(ids, acts, now.astimezone(UTC)))
    copy(Pending, ("entry_id",), ([one] for one in ids))


def _rows(ids: Sequence[int], acts: Sequence[Act], at: datetime) -> Iterator[tuple[Any, ...]]:
    written = at.isoformat(timespec="microseconds")
    for pk, (action, subject, member, facts) in zip(ids, acts, strict=True):
        number = str(uuid.uuid4())
        said = {
            "uuid": number, "action": action, "subject": subject, "member": member,
            "facts": facts, "recorded_at": written,
        }  # fmt: skip
        row = (number, action, subject, member, json.dumps(facts), written)
        yield (pk, *row, digest_of_said(said))
