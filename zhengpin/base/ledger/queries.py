"""Reading the ledger: entries, checkpoints, and proofs that an outsider can check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from zhengpin.base.ledger import errors, keys
from zhengpin.base.ledger.digests import digest_of
from zhengpin.base.ledger.models import Checkpoint, Entry, Leaf, Node, Pending
from zhengpin.kernel.merkle import (
    Frontier,
    InclusionNotProven,
    OutsideTree,
    consistency_nodes,
    consistency_proof,
    inclusion_nodes,
    inclusion_proof,
    leaf_hash,
    verify_inclusion,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta
    from uuid import UUID

    from django.db.models import QuerySet

    from zhengpin.kernel.merkle import Position, StoredNodes, Verifier


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Proof that an entry stands in the tree of a checkpoint."""

    entry: Entry
    position: int
    leaf: bytes
    path: tuple[bytes, ...]
    checkpoint: Checkpoint


def entries_about(subject: str) -> QuerySet[Entry]:
    """Return the entries about a subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("pk")


def latest_checkpoint() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def entry(uuid: UUID) -> Entry:
    """Return the entry of that number. Raises EntryUnknown."""
    found = Entry.objects.filter(uuid=uuid).first()
    if found is None:
        raise errors.EntryUnknown
    return found


def verifier() -> Verifier:
    """Return what others check our checkpoints with, making the key where nothing is signed yet.

    Raises KeyMissing where checkpoints were signed with a key that is not here.
    """
    if not keys.exists() and latest_checkpoint() is not None:
        raise errors.KeyMissing
    return keys.verifier()


def frontier() -> Frontier:
    """Return the peaks of the tree as sealed so far.

    Raises TreeBroken where they do not give the root that was signed last.
    """
    last = latest_checkpoint()
    if last is None:
        return Frontier()
    size = last.size
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    places = [(level, (size >> level) - 1) for level in levels]
    nodes = stored_nodes(places)
    found = Frontier(size, tuple(nodes(level, index) for level, index in places))
    if found.root() != bytes(last.root):
        raise errors.TreeBroken
    return found


def stored_nodes(places: Iterable[Position]) -> StoredNodes:
    """Return what answers for these nodes of the tree, fetched at once. It raises TreeBroken."""
    wanted = Q(pk__in=())
    for level, index in places:
        wanted |= Q(level=level, index=index)
    rows = Node.objects.filter(wanted).values_list("level", "index", "hash")
    hashes = {(level, index): bytes(value) for level, index, value in rows}

    def node(level: int, index: int, /) -> bytes:
        try:
            return hashes[level, index]
        except KeyError:
            raise errors.TreeBroken from None

    return node


def prove(uuid: UUID) -> Inclusion:
    """Return the proof that an entry is in the latest tree.

    Raises EntryUnknown, NotSealedYet, or TreeBroken where the entry as it stands now is not the
    one that was sealed: what is handed out has been checked.
    """
    proven = entry(uuid)
    leaf, checkpoint = Leaf.objects.filter(entry=proven).first(), latest_checkpoint()
    if leaf is None or checkpoint is None or leaf.position >= checkpoint.size:
        raise errors.NotSealedYet
    place, size, hashed = leaf.position, checkpoint.size, leaf_hash(digest_of(proven))
    path = inclusion_proof(place, size, stored_nodes(inclusion_nodes(place, size)))
    try:
        verify_inclusion(
            leaf=hashed, index=place, size=size, proof=path, root=bytes(checkpoint.root)
        )
    except InclusionNotProven as error:
        raise errors.TreeBroken from error
    return Inclusion(proven, place, hashed, tuple(path), checkpoint)


def consistency(old_size: int, new_size: int) -> list[bytes]:
    """Return the proof that the tree of ``new_size`` continues that of ``old_size``.

    Raises OutsideTree for what is not sealed yet.
    """
    last = latest_checkpoint()
    if new_size > (last.size if last else 0):
        raise OutsideTree
    nodes = stored_nodes(consistency_nodes(old_size, new_size))
    return consistency_proof(old_size, new_size, nodes)


def waiting(*, now: datetime) -> tuple[int, timedelta | None]:
    """Return how many entries wait to be sealed, and how long the oldest has waited."""
    rows = Pending.objects.order_by("entry_id").values_list("entry__recorded_at", flat=True)
    oldest = rows.first()
    return rows.count(), now - oldest if oldest is not None else None


def document_of(proof: Inclusion) -> dict[str, object]:
    """Return a proof with all that an outsider needs to check it, as it is written to a file.

    Raises KeyMissing where our key is not here.
    """
    return {
        "entry": str(proof.entry.uuid),
        "position": proof.position,
        "size": proof.checkpoint.size,
        "leaf": proof.leaf.hex(),
        "path": [step.hex() for step in proof.path],
        "checkpoint": proof.checkpoint.note,
        "verifier": verifier().text,
    }


@dataclass(frozen=True, slots=True)
class Delay:
    """封存时延: how long entries waited for their place, over the last ``entries`` of them."""

    entries: int
    median: timedelta
    longest: timedelta


_DELAY = """
SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY waited), max(waited) FROM (
  SELECT greatest(c.sealed_at - e.recorded_at, interval '0') AS waited
  FROM (SELECT position, entry_id FROM ledger_leaf ORDER BY position DESC LIMIT %s) l
  JOIN ledger_entry e ON e.id = l.entry_id
  JOIN LATERAL (
    SELECT sealed_at FROM ledger_checkpoint WHERE size > l.position ORDER BY size LIMIT 1
  ) c ON TRUE
) waits
"""


def sealing_delay(last: int = 1000) -> Delay | None:
    """Return how long the entries sealed last had waited, from the act to the signed tree.

    Measured on what is stored, not on what was intended; None where nothing is sealed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DELAY, [last])
        entries, median, longest = cursor.fetchone()
    return Delay(entries, median, longest) if entries else None
