"""Keeping files, opening them, discarding them, and sweeping what nobody needs.

Bytes go into the store before the row that names them commits. A transaction that is undone, or a
machine that dies in between, leaves bytes without a row, which ``sweep`` removes. Both hold a lock
of the digest until their transaction ends: keepers share it, the sweeper wants it alone, so that
it never takes what a keeper has just found there.
"""

from __future__ import annotations

import io
import logging
import os
from datetime import timedelta
from itertools import islice
from typing import IO, TYPE_CHECKING

from django.db import connection, transaction

from zhengpin.base.access.errors import ReasonMissing
from zhengpin.base.access.models import SealedView
from zhengpin.base.access.sealed import Sealed, look_into
from zhengpin.base.files import errors, queries
from zhengpin.base.files.models import File
from zhengpin.base.files.store import digest_of, store
from zhengpin.base.ledger import services as ledger
from zhengpin.kernel.contents import safe_name, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.base.files.rules import FileRule

GRACE = timedelta(days=1)  # bytes without a row are left alone for so long
_BATCH = 500
_logger = logging.getLogger(__name__)


@transaction.atomic
def keep(
    *,
    member: Member,
    name: str,
    content: bytes | IO[bytes],
    rule: FileRule,
    now: datetime,
    is_sealed: bool = False,
) -> File:
    """Keep a file by a rule and return its row; the caller hangs it on a record of theirs.

    What the file is, its content says, not its name. Runs in the caller's transaction and leaves
    an entry there. Raises what ``kernel.contents.told`` raises, or StoreUnavailable; nothing is
    then saved.
    """
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    kind = told(file, rule.types)
    size = file.seek(0, os.SEEK_END)
    digest = digest_of(file)
    _share(digest)
    try:
        store().put(digest, file)
    except OSError as failure:
        _logger.error("the store of files cannot be written: %s", type(failure).__name__)
        raise errors.StoreUnavailable from failure
    kept = File.objects.create(
        name=safe_name(name, kind), sha256=digest, size=size, type_code=kind.code,
        rule_code=rule.code, is_sealed=is_sealed, kept_by=member, kept_at=now,
    )  # fmt: skip
    facts = {
        "sha256": digest, "size": size, "type": kind.code, "rule": rule.code, "sealed": is_sealed,
    }  # fmt: skip
    _record("keep", kept, member, now, facts)
    return kept


def opened(*, file: File) -> IO[bytes]:
    """Return the bytes of a file at their beginning, once they are known to be the ones kept.

    The caller has the file from ``files_for``, or from a record the member may see, and closes
    what is returned. Raises ReasonMissing for a sealed one, which goes through ``open_sealed``;
    FileMissing, FileAltered or FileDiscarded.
    """
    if file.is_sealed:
        raise ReasonMissing
    return checked(file)


def checked(file: File) -> IO[bytes]:
    """Return the bytes of any file, once they are known to be the ones kept.

    For what asks for the reason itself; others call ``opened`` or ``open_sealed``.
    """
    if file.discarded_at is not None:
        raise errors.FileDiscarded
    try:
        content = store().open(file.sha256)
        found = digest_of(content) if content is not None else ""
    except OSError as failure:
        _logger.error("the store of files cannot be read: %s", type(failure).__name__)
        raise errors.FileMissing from failure
    if content is None:
        _logger.error("a kept file is missing from the store")
        raise errors.FileMissing
    if found != file.sha256:
        content.close()
        _logger.error("a kept file is not what was kept")
        raise errors.FileAltered
    content.seek(0)
    return content


def open_sealed(*, file: File, member: Member, reason: str, now: datetime) -> IO[bytes]:
    """Return the bytes of a sealed file and write down who took it out, and why.

    Raises ReasonMissing, File.DoesNotExist where the member may not see it, or FileMissing,
    FileAltered; nothing is then recorded.
    """
    seen = queries.files_for(member).get(pk=file.pk)
    content = checked(seen)
    try:
        look_into(
            member=member, subject=sealed_as(seen), reason=reason, now=now,
            way=SealedView.Way.EXPORT,
        )  # fmt: skip
    except ReasonMissing:
        content.close()
        raise
    return content


def sealed_as(file: File) -> Sealed:
    """Return a sealed file as the list of looks calls it: never by its name."""
    title = f"{file.type.title} {file.sha256[:12]}"
    return Sealed(str(file.uuid), title, file.kept_by.organization)


@transaction.atomic
def discard(*, file: File, member: Member, now: datetime) -> File:
    """Discard a file that nothing holds any more; its digest stays, its name and bytes go.

    The caller has let go of it in the same transaction and says who may. Discarded again, it
    changes nothing. Raises FileInUse where a record still points at it.
    """
    current = File.objects.select_for_update().get(pk=file.pk)
    if current.discarded_at is not None:
        return current
    if queries.is_held(current):
        raise errors.FileInUse
    current.name, current.discarded_at = "", now
    current.save(update_fields=["name", "discarded_at"])
    _record("discard", current, member, now, {"sha256": current.sha256})
    return current


def sweep(*, now: datetime) -> int:
    """Remove bytes older than a day that no row needs; return how many files went.

    Safe at any time and from several processes: what is being kept at the moment is passed over.
    """
    kept = store()
    before = now - GRACE
    removed = kept.clean(before)
    for digests in _batches(kept.digests(before)):
        for digest in digests - queries.needed(digests):
            with transaction.atomic():
                if _take(digest) and not queries.needed({digest}):
                    kept.delete(digest)
                    removed += 1
    return removed


def _batches(digests: Iterator[str]) -> Iterator[set[str]]:
    while batch := set(islice(digests, _BATCH)):
        yield batch


def _share(digest: str) -> None:
    """Hold a digest with other keepers until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_lock(digest)])


def _take(digest: str) -> bool:
    """Hold a digest alone until the transaction ends; False where a keeper holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_lock(digest)])
        return bool(cursor.fetchone()[0])


def _lock(digest: str) -> int:
    return int.from_bytes(bytes.fromhex(digest[:16]), "big", signed=True)


def _record(
    action: str, file: File, member: Member, now: datetime, facts: dict[str, object]
) -> None:
    ledger.record(
        action=f"files.{action}", subject=str(file.uuid), member=member.uuid, facts=facts, now=now
    )
