"""How the check reads the ledger: in one snapshot, in order, past the models, in constant memory.

Each statement reaches its rows by index, so that its cost does not grow with the table.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection, transaction

from zhengpin.base.ledger.digests import digest_of_row
from zhengpin.kernel.merkle import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhengpin.kernel.merkle import Position

_WORDS = """e.uuid::text, e.action, e.subject, e.member::text, e.facts::text,
  to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), e.digest"""

# OFFSET 0 keeps the planner from reading the whole table of entries for each batch.
_SEALED = f"""
SELECT l.position, {_WORDS}
FROM (SELECT position, entry_id FROM ledger_leaf WHERE position >= %s ORDER BY position LIMIT %s) l
LEFT JOIN LATERAL (SELECT * FROM ledger_entry WHERE id = l.entry_id OFFSET 0) e ON TRUE
ORDER BY l.position
"""  # noqa: S608 — constants
_UNSEALED = f"""
SELECT p.entry_id IS NOT NULL, e.recorded_at, {_WORDS}
FROM ledger_entry e LEFT JOIN ledger_pending p ON p.entry_id = e.id
WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = e.id)
"""  # noqa: S608 — constants
_SPANS = "unnest(%s::int[], %s::bigint[], %s::bigint[]) AS s (level, first, stop)"
_HASHES = f"""
SELECT s.level, (
  SELECT string_agg(n.hash, ''::bytea ORDER BY n.index) FROM ledger_node n
  WHERE n.level = s.level AND n.index >= s.first AND n.index < s.stop
) FROM {_SPANS}
"""  # noqa: S608 — constants
_NODES = f"""
SELECT n.level, n.index, n.hash FROM {_SPANS} JOIN ledger_node n
ON n.level = s.level AND n.index >= s.first AND n.index < s.stop
"""  # noqa: S608 — constants
_AT_ONCE = 5_000


class Sealed(NamedTuple):
    """An entry in its place: the leaf that its words give; ``is_whole`` if its digest says so.

    Without ``uuid`` the place has no entry; without ``leaf`` no entry can say what the row says.
    """

    position: int
    uuid: str | None
    leaf: bytes | None
    is_whole: bool


class Unsealed(NamedTuple):
    """An entry without a place."""

    uuid: str
    recorded_at: datetime
    is_waiting: bool
    is_whole: bool


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything read inside be of one moment, unless a transaction is open already."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def sealed_from(position: int, limit: int) -> list[Sealed]:
    """Return up to ``limit`` entries with their places, in order, from ``position`` on."""
    with connection.cursor() as cursor:
        cursor.execute(_SEALED, [position, limit])
        return [_sealed(row) for row in cursor.fetchall()]


def _sealed(row: tuple[Any, ...]) -> Sealed:
    position, uuid, digest = row[0], row[1], row[7]
    if uuid is None:
        return Sealed(position, None, None, False)  # noqa: FBT003 — a row
    found = digest_of_row(row[1:7], digest)
    return Sealed(position, uuid, found and leaf_hash(found), found == digest)


def unsealed() -> Iterator[Unsealed]:
    """Yield the entries that have no place in the tree."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_UNSEALED)
        while rows := cursor.fetchmany(_AT_ONCE):
            for is_waiting, recorded_at, *words, digest in rows:
                is_whole = digest_of_row(words, digest) == digest
                yield Unsealed(words[0], recorded_at, is_waiting, is_whole)


def hashes(start: int, stop: int) -> dict[int, bytes]:
    """Return, by level, the joined hashes of the nodes that these leaves completed."""
    with connection.cursor() as cursor:
        cursor.execute(_HASHES, _spans(start, stop))
        return {level: bytes(joined) for level, joined in cursor.fetchall() if joined}


def nodes(start: int, stop: int) -> dict[Position, bytes]:
    """Return the nodes that these leaves completed, one by one."""
    with connection.cursor() as cursor:
        cursor.execute(_NODES, _spans(start, stop))
        return {(level, index): bytes(value) for level, index, value in cursor.fetchall()}


def count_nodes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_node")
        return int(cursor.fetchone()[0])


def _spans(start: int, stop: int) -> list[list[int]]:
    levels = range(stop.bit_length())
    return [
        list(levels),
        [start >> level for level in levels],
        [stop >> level for level in levels],
    ]
