"""Hashes a growing list of leaves into one root, as RFC 9162 §2.1 orders.

Invariant: a perfect subtree, once complete, never changes. So the peaks, the roots of the largest
perfect subtrees from left to right, are all that later leaves need of earlier ones, and a stored
node stays right for ever.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpin.kernel.merkle.errors import DigestMalformed, FrontierMalformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()

# Level and index of a perfect subtree: 2**level leaves, from the leaf index * 2**level on.
Position = tuple[int, int]
# Level, index and hash of a perfect subtree.
Node = tuple[int, int, bytes]


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def require_hash(value: bytes) -> bytes:
    if len(value) != HASH_BYTES:
        raise DigestMalformed
    return value


def join(peaks: Sequence[bytes]) -> bytes:
    """Return the root above neighbouring perfect subtrees, the largest first."""
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


@dataclass(frozen=True, slots=True)
class Frontier:
    """前沿: the peaks of a tree, enough to append to it and to know its root.

    There is one peak for each binary one of ``size``; the largest subtree comes first.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or self.size.bit_count() != len(self.peaks):
            raise FrontierMalformed
        for peak in self.peaks:
            require_hash(peak)

    def append(self, leaf: bytes) -> Frontier:
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> Frontier:
        """Return the frontier after these leaf hashes; costs one hash and a bit per leaf."""
        peaks, size = list(self.peaks), self.size
        for leaf in leaves:
            _add(peaks, size, leaf)
            size += 1
        return Frontier(size, tuple(peaks))

    def root(self) -> bytes:
        return join(self.peaks) if self.peaks else EMPTY_ROOT

    def to_hex(self) -> list[str]:
        """Return one string per level, from the leaves up; empty where no peak has that level.

        The places of the peaks are the binary digits of the size, so the list says the size too.
        """
        peaks = iter(reversed(self.peaks))
        levels = range(self.size.bit_length())
        return [next(peaks).hex() if self.size >> level & 1 else "" for level in levels]

    @classmethod
    def from_hex(cls, levels: Sequence[str]) -> Frontier:
        """Read what ``to_hex`` wrote, and only that."""
        size = sum(1 << level for level, text in enumerate(levels) if text)
        try:
            frontier = cls(size, tuple(bytes.fromhex(text) for text in reversed(levels) if text))
        except (ValueError, DigestMalformed) as error:
            raise FrontierMalformed from error
        if frontier.to_hex() != list(levels):
            raise FrontierMalformed
        return frontier


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes; keeps only the peaks in memory."""
    return Frontier().extend(leaves).root()


def nodes_completed_by(frontier: Frontier, leaves: Iterable[bytes]) -> Iterator[Node]:
    """Yield each perfect subtree that appending these leaf hashes completes, leaves included.

    It takes the frontier, not only the size: a subtree that began before needs its left half.
    """
    peaks = list(frontier.peaks)
    for size, leaf in enumerate(leaves, frontier.size):
        yield from _add(peaks, size, leaf)


def _add(peaks: list[bytes], size: int, leaf: bytes) -> list[Node]:
    """Put one leaf after ``size`` others, as one counts in binary; return the nodes it made."""
    node, level = require_hash(leaf), 0
    made = [(level, size, node)]
    while size >> level & 1:
        node = node_hash(peaks.pop(), node)
        level += 1
        made.append((level, size >> level, node))
    peaks.append(node)
    return made
