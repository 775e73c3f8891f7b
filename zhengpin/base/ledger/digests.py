"""The digest of an entry: over everything its row says, except its own number and digest."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.merkle import entry_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpin.base.ledger.models import Entry

# They read and write as the kernel does where no key holds a character beyond U+FFFF, but three
# times as fast.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_decode = json.JSONDecoder().raw_decode


def digest_of(entry: Entry) -> bytes:
    """Return the digest of everything an entry says."""
    return entry_digest(said_by(entry))


def said_by(entry: Entry) -> dict[str, Any]:
    """Return everything an entry says, as it is digested; its instant is written in UTC."""
    return {
        "uuid": str(entry.uuid),
        "action": entry.action,
        "subject": entry.subject,
        "member": str(entry.member) if entry.member else None,
        "facts": entry.facts,
        "recorded_at": entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }


def digest_of_said(said: dict[str, Any]) -> bytes:
    """Return the digest of what an entry says, the quick way: for keys up to U+FFFF only."""
    return hashlib.sha256(_encode(said).encode()).digest()


def digest_of_row(row: Sequence[Any], stored: bytes) -> bytes | None:
    """Return the digest that a row's own words give; None where no entry can say such a thing.

    The row is uuid, action, subject, member, facts and instant as the database writes them, the
    facts as JSON, the instant in UTC as in ``digest_of``. Where the quick way does not give what
    is ``stored``, the kernel has the last word.
    """
    uuid, action, subject, member, facts, recorded_at = row
    try:
        said = {
            "uuid": uuid, "action": action, "subject": subject, "member": member,
            "facts": _decode(facts)[0], "recorded_at": recorded_at,
        }  # fmt: skip
        quick = digest_of_said(said)
        return quick if quick == stored else entry_digest(said)
    except (DomainError, ValueError, RecursionError):
        return None
