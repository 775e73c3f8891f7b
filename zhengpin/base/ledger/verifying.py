"""Checks the whole ledger against itself and against its signed checkpoints, naming each fault.

One pass over entries in the order of their places: digests from the rows, the tree from the
digests, each stored node, each checkpoint as its size is reached. What is sound is compared in
batches; only what does not fit is looked at closely. Cost is linear, memory constant.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from heapq import merge
from typing import TYPE_CHECKING, NamedTuple

from zhengpin.base.ledger import examining, reading
from zhengpin.base.ledger.faults import Fault, Faults, stretch
from zhengpin.base.ledger.models import Checkpoint
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.merkle import Frontier, nodes_completed_by, open_note, parse_checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, timedelta

    from zhengpin.base.ledger.reading import Sealed
    from zhengpin.kernel.merkle import Verifier

__all__ = ["Fault", "Verification", "verify"]

_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the ledger found; ``faults`` are the first hundred of ``fault_count``."""

    entries: int
    sealed: int
    checkpoints: int
    oldest_unsealed_at: datetime | None
    faults: list[Fault]
    fault_count: int

    @property
    def holds(self) -> bool:
        return not self.fault_count


def verify(
    verifier: Verifier,
    *,
    now: datetime | None = None,
    late_after: timedelta | None = None,
    kept: Iterable[str] = (),
) -> Verification:
    """Recompute the ledger; ``verifier`` is the key that its checkpoints must be signed with.

    ``kept`` are notes of checkpoints kept outside the database: the tree must continue each. With
    ``now``, an entry that has waited longer than ``late_after`` to be sealed is a fault.
    """
    walk = _Walk(verifier)
    with reading.snapshot():
        walk.follow(kept)
        walk.look_at_unsealed(now, late_after)
        walk.count_nodes()
    return Verification(
        walk.entries, walk.sealed, walk.checkpoints, walk.oldest, walk.faults.named,
        walk.faults.count,
    )  # fmt: skip


class _Head(NamedTuple):
    """A size and the root that was signed for it; None where no signature says so."""

    size: int
    root: bytes | None
    whose: str
    is_kept: bool = False


class _Growth:
    """The nodes that a batch of leaves completes, and the tree at each size on the way."""

    def __init__(self, before: Frontier, leaves: Sequence[bytes]) -> None:
        self.before, self.stop = before, before.size + len(leaves)
        self.levels: defaultdict[int, list[bytes]] = defaultdict(list)
        for level, _, value in nodes_completed_by(before, leaves):
            self.levels[level].append(value)

    def joined(self) -> dict[int, bytes]:
        return {level: b"".join(hashes) for level, hashes in self.levels.items()}

    def at(self, size: int) -> Frontier:
        levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
        return Frontier(size, tuple(self._peak(level, size) for level in levels))

    def _peak(self, level: int, size: int) -> bytes:
        made = (size >> level) - 1 - (self.before.size >> level)
        if made >= 0:
            return self.levels[level][made]
        return self.before.peaks[(self.before.size >> level + 1).bit_count()]


@dataclass(slots=True)
class _Walk:
    """The state of one check: ``tree`` is None once too much is gone to follow it."""

    verifier: Verifier
    faults: Faults = field(default_factory=Faults)
    tree: Frontier | None = field(default_factory=Frontier)
    entries: int = 0
    sealed: int = 0
    checkpoints: int = 0
    oldest: datetime | None = None
    proven: int = 0  # the size up to which a signed root has been met

    def follow(self, kept: Iterable[str]) -> None:
        """Go through the places from the first on, and through the signed heads beside them."""
        heads = merge(self._kept_heads(kept), self._stored_heads(), key=lambda head: head.size)
        head = next(heads, None)
        while rows := reading.sealed_from(self.sealed, _AT_ONCE):
            growth = self._take(rows)
            while growth and head and head.size <= growth.stop:
                self._compare(head, growth.at(head.size).root())
                head = next(heads, None)
        self._finish([head, *heads] if head else [])

    def _take(self, rows: list[Sealed]) -> _Growth | None:
        """Check the next stretch of places, and go on behind it."""
        start, stop = self.sealed, rows[-1].position + 1
        if self.tree is None:
            self.entries, self.sealed = self.entries + len(rows), stop
            examining.examine_alone(start, rows, self.faults)
            return None
        if stop - start > 2 * _AT_ONCE:  # a wide gap is gone through in steps
            stop = start + _AT_ONCE
            rows = [row for row in rows if row.position < stop]
        self.entries, self.sealed = self.entries + len(rows), stop
        growth = self._whole(start, stop, rows) or self._broken(start, stop, rows)
        self.tree = growth.at(stop) if growth else None
        return growth

    def _whole(self, start: int, stop: int, rows: list[Sealed]) -> _Growth | None:
        leaves = [row.leaf for row in rows if row.is_whole and row.leaf is not None]
        if self.tree is None or len(leaves) < stop - start:
            return None
        growth = _Growth(self.tree, leaves)
        return growth if growth.joined() == reading.hashes(start, stop) else None

    def _broken(self, start: int, stop: int, rows: list[Sealed]) -> _Growth | None:
        seen, nodes = {row.position: row for row in rows}, reading.nodes(start, stop)
        leaves = examining.examine(range(start, stop), seen, nodes, self.faults)
        if self.tree is None or leaves is None:
            self.faults.add("tree-lost", start)
            return None
        examining.examine_nodes(self.tree, leaves, seen, nodes, self.faults)
        return _Growth(self.tree, leaves)

    def _stored_heads(self) -> Iterator[_Head]:
        rows = Checkpoint.objects.order_by("size").values_list("size", "root", "note")
        for size, root, note in rows.iterator(chunk_size=2_000):
            self.checkpoints += 1
            head = self._opened(note, f"第{size}笔处的检查点", size)
            if head and (head.size, head.root) != (size, bytes(root)):
                self.faults.add("checkpoint-altered", size)
            said = head.root if head and head.size == size else None
            yield _Head(size, said, f"第{size}笔处的检查点")

    def _kept_heads(self, notes: Iterable[str]) -> list[_Head]:
        heads = [self._opened(note, "留存的检查点", "kept") for note in notes]
        return sorted(head for head in heads if head)

    def _opened(self, note: str, whose: str, where: object) -> _Head | None:
        try:
            said = parse_checkpoint(open_note(note, [self.verifier]))
        except DomainError as error:
            self.faults.add("signature-bad", where, whose=whose, why=error)
            return None
        return _Head(said.size, said.root, f"{whose}（{said.size}笔）", is_kept=True)

    def _compare(self, head: _Head, root: bytes) -> None:
        if head.root == root:
            self.proven = head.size
        elif head.root is not None and not self.faults.is_disturbed(0, head.size):
            self.faults.add("root-mismatch", head.size, whose=head.whose, since=self.proven)
            self.faults.disturb(self.proven)  # no later root can fit

    def _finish(self, rest: Iterable[_Head]) -> None:
        """Compare how much is there with how much was signed."""
        last = None
        for head in rest:
            if head.root is not None and head.size > self.sealed:
                if head.is_kept:
                    self._name_removed(head)
                else:
                    last = head
        if last:
            self._name_removed(last)
        newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
        if newest < self.sealed:
            self.faults.add("checkpoint-missing", stretch(newest, self.sealed))

    def _name_removed(self, head: _Head) -> None:
        self.faults.add(
            "entries-removed", head.size, whose=head.whose, size=head.size, sealed=self.sealed
        )

    def look_at_unsealed(self, now: datetime | None, late_after: timedelta | None) -> None:
        late = 0
        for one in reading.unsealed():
            self.entries += 1
            self.oldest = min(self.oldest or one.recorded_at, one.recorded_at)
            if not one.is_whole:
                self.faults.add("waiting-altered", one.uuid, uuid=one.uuid)
            if not one.is_waiting:
                self.faults.add("entry-stray", one.uuid, uuid=one.uuid)
            late += bool(now and late_after and now - one.recorded_at > late_after)
        if late and late_after:
            self.faults.add("sealing-late", late, seconds=int(late_after.total_seconds()))

    def count_nodes(self) -> None:
        surplus = reading.count_nodes() - (2 * self.sealed - self.sealed.bit_count())
        if surplus > 0 and not self.faults.count:
            self.faults.add("nodes-surplus", surplus)
