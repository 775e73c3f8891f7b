"""Proofs that a leaf is in a tree and that a tree only grew, as RFC 9162 §2.1.3 and §2.1.4 order.

Invariant: making a proof and checking it share nothing but the hash of a node. A root does not
say its size: some neighbouring sizes have the same shape around a leaf. Whoever checks a proof
takes size and root together from one signed checkpoint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from zhengpin.kernel.merkle.errors import ConsistencyNotProven, InclusionNotProven, OutsideTree
from zhengpin.kernel.merkle.tree import (
    EMPTY_ROOT,
    HASH_BYTES,
    join,
    node_hash,
    require_hash,
    root_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpin.kernel.merkle.tree import Position


class StoredNodes(Protocol):
    """Gives the hash of a complete perfect subtree; a stored node is never computed again."""

    def __call__(self, level: int, index: int, /) -> bytes: ...


def nodes_from_leaves(leaves: Sequence[bytes]) -> StoredNodes:
    """Answer for stored nodes by hashing the leaf hashes: each proof costs one pass over them."""

    def node(level: int, index: int, /) -> bytes:
        if (index + 1) << level > len(leaves):
            raise OutsideTree
        return root_of(leaves[index << level : (index + 1) << level])

    return node


def inclusion_proof(index: int, size: int, nodes: StoredNodes) -> list[bytes]:
    """Return what leads from the leaf at ``index`` to the root over ``size`` leaves."""
    return [_root_over(span, nodes) for span in _siblings(index, size)]


def inclusion_nodes(index: int, size: int) -> list[Position]:
    """Return which nodes ``inclusion_proof`` reads, so that one query can fetch them."""
    return [place for span in _siblings(index, size) for place in _perfect(span)]


def consistency_proof(old_size: int, new_size: int, nodes: StoredNodes) -> list[bytes]:
    """Return what shows that the first ``old_size`` of ``new_size`` leaves are the old tree."""
    return [_root_over(span, nodes) for span in _seams(old_size, new_size)]


def consistency_nodes(old_size: int, new_size: int) -> list[Position]:
    """Return which nodes ``consistency_proof`` reads, so that one query can fetch them."""
    return [place for span in _seams(old_size, new_size) for place in _perfect(span)]


def verify_inclusion(
    *, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Refuse unless the leaf hash stands at ``index`` under this root (RFC 9162 §2.1.3.2).

    Compute ``leaf`` from the entry itself; a hash that the prover names could be an inner node.
    """
    if not 0 <= index < size:
        raise OutsideTree
    if not _are_hashes(leaf, *proof):
        raise InclusionNotProven
    place, last, hashed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise InclusionNotProven
        if place & 1 or place == last:
            hashed = node_hash(sibling, hashed)
            place, last = _skip_levels_without_sibling(place, last)
        else:
            hashed = node_hash(hashed, sibling)
        place, last = place >> 1, last >> 1
    if last or hashed != root:
        raise InclusionNotProven


def verify_consistency(
    *, old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Refuse unless the new tree begins with the whole old tree (RFC 9162 §2.1.4.2).

    The RFC leaves two cases out: every tree continues the empty one, and a tree continues itself;
    both have the empty proof.
    """
    if not 0 <= old_size <= new_size:
        raise OutsideTree
    if not _are_hashes(old_root, new_root, *proof):
        raise ConsistencyNotProven
    if old_size == new_size:
        is_proven = not proof and old_root == new_root
    elif old_size == 0:
        is_proven = not proof and old_root == EMPTY_ROOT
    else:
        is_proven = _roots_under(old_size, new_size, old_root, proof) == (old_root, new_root)
    if not is_proven:
        raise ConsistencyNotProven


def _roots_under(
    old_size: int, new_size: int, old_root: bytes, proof: Sequence[bytes]
) -> tuple[bytes, bytes] | None:
    """Return the old and the new root that the proof leads to; none if it has the wrong length."""
    if not proof:
        return None
    # An old tree that is one perfect subtree is itself the first node, and the proof omits it.
    path = [old_root, *proof] if old_size.bit_count() == 1 else list(proof)
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            place, last = _skip_levels_without_sibling(place, last)
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return None if last else (old, new)


def _skip_levels_without_sibling(place: int, last: int) -> tuple[int, int]:
    """Go up while the node is the last of its level and even: it moves up without a sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def _halves(span: range) -> tuple[range, range]:
    """Split where RFC 9162 does: the left half is the largest power of two below the length."""
    middle = 1 << (len(span) - 1).bit_length() - 1
    return span[:middle], span[middle:]


def _siblings(index: int, size: int) -> list[range]:
    """Return the leaves beside the way from one leaf to the root, the nearest first."""
    if not 0 <= index < size:
        raise OutsideTree
    span, beside = range(size), []
    while len(span) > 1:
        left, right = _halves(span)
        span, sibling = (left, right) if index in left else (right, left)
        beside.append(sibling)
    return beside[::-1]


def _seams(old_size: int, new_size: int) -> list[range]:
    """Return the parts that both roots can be put together from, in the order of the RFC."""
    if not 0 <= old_size <= new_size:
        raise OutsideTree
    if old_size == 0:
        return []
    span, parts = range(new_size), []
    while span.stop > old_size:
        left, right = _halves(span)
        span, sibling = (left, right) if old_size <= left.stop else (right, left)
        parts.append(sibling)
    if span.start:  # otherwise the part is the old tree itself, and its root is known
        parts.append(span)
    return parts[::-1]


def _perfect(span: range) -> Iterator[Position]:
    """Yield the perfect subtrees that make up a part of the tree, the largest first."""
    while span:
        level = len(span).bit_length() - 1
        yield level, span.start >> level
        span = span[1 << level :]


def _root_over(span: range, nodes: StoredNodes) -> bytes:
    return join([require_hash(nodes(level, index)) for level, index in _perfect(span)])
