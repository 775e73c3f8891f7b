"""The tree: known roots, the frontier, and the nodes that a database keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.merkle.rfc9162 import DATA, ENTRIES, ROOTS, hash_leaf, tree_hash
from tests.kernel.merkle.untimed import UNTIMED
from zhengpin.kernel.merkle import (
    EMPTY_ROOT,
    DigestMalformed,
    Frontier,
    FrontierMalformed,
    leaf_hash,
    nodes_completed_by,
    root_of,
)

LEAVES = [leaf_hash(entry) for entry in ENTRIES]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_certificate_transparency(size: int) -> None:
    assert root_of(map(leaf_hash, DATA[:size])).hex() == ROOTS[size]


def test_an_empty_leaf_is_not_an_empty_tree() -> None:
    assert leaf_hash(b"") == hash_leaf(b"") != EMPTY_ROOT == root_of([])


def test_the_frontier_has_the_root_of_the_rfc_at_every_size() -> None:
    frontier = Frontier()
    for size in range(len(ENTRIES) + 1):
        assert frontier.size == size
        assert frontier.root() == root_of(LEAVES[:size]) == tree_hash(ENTRIES[:size])
        if size < len(ENTRIES):
            frontier = frontier.append(LEAVES[size])


@UNTIMED
@given(st.lists(st.integers(0, 200), max_size=6))
def test_sealing_in_batches_gives_the_tree_of_sealing_at_once(cuts: list[int]) -> None:
    frontier = Frontier()
    for start, stop in zip([0, *sorted(cuts)], [*sorted(cuts), 200], strict=True):
        frontier = Frontier.from_hex(frontier.to_hex()).extend(LEAVES[start:stop])
    assert frontier == Frontier().extend(LEAVES)


def test_a_frontier_reads_its_own_hex_and_says_its_size() -> None:
    for size in range(len(LEAVES) + 1):
        frontier = Frontier().extend(LEAVES[:size])
        assert Frontier.from_hex(frontier.to_hex()) == frontier
    assert Frontier().to_hex() == []
    assert [bool(text) for text in Frontier().extend(LEAVES[:6]).to_hex()] == [False, True, True]


@pytest.mark.parametrize(
    "levels",
    [
        pytest.param(["zz" * 32], id="not hex"),
        pytest.param(["ab" * 31], id="too short"),
        pytest.param(["ab" * 33], id="too long"),
        pytest.param(["AB" * 32], id="capital letters"),
        pytest.param([" ".join(["ab"] * 32)], id="blanks"),
        pytest.param(["ab" * 32, ""], id="an empty level on top"),
        pytest.param([""], id="nothing but an empty level"),
    ],
)
def test_a_damaged_frontier_is_refused(levels: list[str]) -> None:
    with pytest.raises(FrontierMalformed):
        Frontier.from_hex(levels)


@pytest.mark.parametrize(("size", "peaks"), [(1, 0), (2, 2), (3, 1), (0, 1), (-1, 1)])
def test_a_frontier_has_a_peak_for_each_binary_one_of_its_size(size: int, peaks: int) -> None:
    with pytest.raises(FrontierMalformed):
        Frontier(size, (LEAVES[0],) * peaks)


@pytest.mark.parametrize("leaf", [b"", LEAVES[0][:31], LEAVES[0] + b"\x00"])
def test_a_leaf_hash_has_32_bytes(leaf: bytes) -> None:
    with pytest.raises(DigestMalformed):
        root_of([leaf])
    with pytest.raises(DigestMalformed):
        list(nodes_completed_by(Frontier(), [leaf]))
    with pytest.raises(DigestMalformed):
        Frontier(1, (leaf,))


@UNTIMED
@given(st.lists(st.integers(0, 200), max_size=6))
def test_appending_completes_each_perfect_subtree_once_and_rightly(cuts: list[int]) -> None:
    stored: dict[tuple[int, int], bytes] = {}
    frontier = Frontier()
    for start, stop in zip([0, *sorted(cuts)], [*sorted(cuts), 200], strict=True):
        for level, index, node in nodes_completed_by(frontier, LEAVES[start:stop]):
            assert (level, index) not in stored
            stored[level, index] = node
        frontier = frontier.extend(LEAVES[start:stop])
    assert stored == {
        (level, index): tree_hash(ENTRIES[index << level : (index + 1) << level])
        for level in range(8)
        for index in range(200 >> level)
    }
