"""Finds out what is wrong in a stretch of the ledger that does not fit: entry, place or node.

The nodes at the bottom of the tree hold what was sealed at each position; the nodes above say
whether those at the bottom can be believed.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from zhengpin.base.ledger.faults import stretch
from zhengpin.kernel.merkle import node_hash, nodes_completed_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zhengpin.base.ledger.faults import Faults
    from zhengpin.base.ledger.reading import Sealed
    from zhengpin.kernel.merkle import Frontier, Position

_MOST_PAIRS = 16  # that are tried in every order


def examine(
    span: range, seen: Mapping[int, Sealed], nodes: Mapping[Position, bytes], faults: Faults
) -> list[bytes] | None:
    """Name what is wrong with the entries of ``span``, and return its leaves as they were sealed.

    Returns None where too much is gone for the tree to be followed further.
    """
    _name_missing(span, seen, faults)
    odd = {place: one for place, one in seen.items() if one.leaf != nodes.get((0, place))}
    sealed_at = {nodes[0, place]: place for place in odd if (0, place) in nodes}
    repaired = {}
    for place, one in seen.items():
        if one.uuid is None:
            faults.add("entry-missing", place)
        elif one.leaf in sealed_at and place in odd:
            at = sealed_at[one.leaf]
            faults.add("positions-swapped", place, uuid=one.uuid, sealed_at=at)
        elif one.leaf and (0, place) not in nodes:
            faults.add("node-missing", f"0/{place}")
            repaired[place] = one.leaf
        elif one.leaf and place in odd and _fits_above(place, one.leaf, nodes):
            faults.add("node-wrong", f"0/{place}")
            repaired[place] = one.leaf
        if one.uuid and place not in repaired and _is_altered(one, odd, sealed_at):
            faults.add("entry-altered", place, uuid=one.uuid)
    leaves = [repaired.get(place) or nodes.get((0, place)) for place in span]
    known = [leaf for leaf in leaves if leaf is not None]
    return known if len(known) == len(leaves) else None


def _is_altered(one: Sealed, odd: Mapping[int, Sealed], sealed_at: Mapping[bytes, int]) -> bool:
    is_elsewhere = one.leaf in sealed_at
    return not one.is_whole or (one.position in odd and not is_elsewhere)


def _name_missing(span: range, seen: Mapping[int, Sealed], faults: Faults) -> None:
    start = span.start
    for place in [*sorted(seen), span.stop]:
        if place > start:
            faults.add("position-missing", stretch(start, place))
        start = place + 1


def _fits_above(place: int, leaf: bytes, nodes: Mapping[Position, bytes]) -> bool:
    """Tell whether the node above a leaf was made of this one, and not of what is stored."""
    beside, above = nodes.get((0, place ^ 1)), nodes.get((1, place >> 1))
    if beside is None or above is None:
        return False
    return above == (node_hash(beside, leaf) if place & 1 else node_hash(leaf, beside))


def examine_nodes(
    before: Frontier,
    leaves: list[bytes],
    seen: Mapping[int, Sealed],
    nodes: Mapping[Position, bytes],
    faults: Faults,
) -> None:
    """Name the nodes over ``leaves`` that are not what they must be, and leaves in disorder."""
    wrong = set()
    for level, index, value in nodes_completed_by(before, leaves):
        stored = nodes.get((level, index))
        if level and stored is None:
            faults.add("node-missing", f"{level}/{index}")
        elif level and stored != value:
            wrong.add((level, index))
    _name_disorder(before.size, leaves, seen, nodes, wrong, faults)
    for level, index in sorted(wrong):
        start, stop = index << level, index + 1 << level
        if faults.is_disturbed(start, stop):
            continue
        if (level + 1, index >> 1) in wrong:  # so what is stored here was made of other leaves
            faults.add("entries-changed", stretch(start, stop))
            faults.disturb(start)
        else:
            faults.add("node-wrong", f"{level}/{index}")


def _name_disorder(
    start: int,
    leaves: list[bytes],
    seen: Mapping[int, Sealed],
    nodes: Mapping[Position, bytes],
    wrong: set[Position],
    faults: Faults,
) -> None:
    """Find the order in which leaves that now stand in wrong pairs fit the nodes above them."""
    pairs = sorted(index for level, index in wrong if level == 1)[:_MOST_PAIRS]
    around = [place for pair in pairs for place in (2 * pair, 2 * pair + 1) if place >= start]
    for pair in pairs:
        for found in _matching(nodes[1, pair], around, leaves, start):
            for place, sealed_at in zip(found, (2 * pair, 2 * pair + 1), strict=True):
                faults.disturb(sealed_at)
                if place != sealed_at:
                    uuid = seen[place].uuid if place in seen else "?"
                    faults.add("positions-swapped", place, uuid=uuid, sealed_at=sealed_at)


def _matching(
    above: bytes, around: list[int], leaves: list[bytes], start: int
) -> Iterator[tuple[int, int]]:
    for left, right in permutations(around, 2):
        if node_hash(leaves[left - start], leaves[right - start]) == above:
            yield left, right
            return


def examine_alone(start: int, rows: Iterable[Sealed], faults: Faults) -> None:
    """Name what is wrong with entries by themselves, where there is no tree to hold them to."""
    for row in rows:
        if row.position > start:
            faults.add("position-missing", stretch(start, row.position))
        if row.uuid is None:
            faults.add("entry-missing", row.position)
        elif not row.is_whole:
            faults.add("entry-altered", row.position, uuid=row.uuid)
        start = row.position + 1
