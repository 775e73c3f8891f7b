"""Proofs: known ones, all small ones, and that nothing in one can be changed unnoticed."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.kernel.merkle.rfc9162 import (
    DATA,
    ENTRIES,
    ROOTS,
    path,
    subproof,
    tree_hash,
    turns_to_leaf,
    turns_to_seam,
)
from tests.kernel.merkle.untimed import UNTIMED
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.merkle import (
    EMPTY_ROOT,
    ConsistencyNotProven,
    DigestMalformed,
    Frontier,
    InclusionNotProven,
    OutsideTree,
    consistency_nodes,
    consistency_proof,
    inclusion_nodes,
    inclusion_proof,
    leaf_hash,
    nodes_completed_by,
    nodes_from_leaves,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(entry) for entry in ENTRIES]
STORED = {(level, index): node for level, index, node in nodes_completed_by(Frontier(), LEAVES)}


def stored(level: int, index: int, /) -> bytes:
    return STORED[level, index]


@cache
def root(size: int) -> bytes:
    return tree_hash(ENTRIES[:size])


def is_included(leaf: bytes, index: int, size: int, proof: list[bytes], under: bytes) -> bool:
    try:
        verify_inclusion(leaf=leaf, index=index, size=size, proof=proof, root=under)
    except DomainError:
        return False
    return True


def is_consistent(old: int, new: int, proof: list[bytes], old_root: bytes, under: bytes) -> bool:
    try:
        verify_consistency(
            old_size=old, new_size=new, old_root=old_root, new_root=under, proof=proof
        )
    except DomainError:
        return False
    return True


def with_bit_turned(value: bytes, bit: int) -> bytes:
    at, mask = divmod(bit, 8)
    return value[:at] + bytes([value[at] ^ 1 << mask]) + value[at + 1 :]


places = st.integers(1, 200).flatmap(
    lambda size: st.tuples(st.integers(0, size - 1), st.just(size))
)
growths = st.integers(2, 200).flatmap(lambda new: st.tuples(st.integers(1, new - 1), st.just(new)))
bits = st.integers(0, 255)


class TestKnownProofs:
    @pytest.mark.parametrize(
        ("index", "size", "proof"),
        [
            (0, 1, []),
            (1, 2, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"]),
            (
                0,
                8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ],
            ),
            (
                5,
                8,
                [
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ],
            ),
            (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
            (
                1,
                5,
                [
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ],
            ),
        ],
    )
    def test_inclusion(self, index: int, size: int, proof: list[str]) -> None:
        leaves = [leaf_hash(data) for data in DATA[:size]]
        made = inclusion_proof(index, size, nodes_from_leaves(leaves))
        assert [node.hex() for node in made] == proof
        verify_inclusion(
            leaf=leaves[index],
            index=index,
            size=size,
            proof=made,
            root=bytes.fromhex(ROOTS[size]),
        )

    @pytest.mark.parametrize(
        ("old_size", "new_size", "proof"),
        [
            (1, 1, []),
            (
                1,
                8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ],
            ),
            (
                6,
                8,
                [
                    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ],
            ),
            (
                2,
                5,
                [
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ],
            ),
        ],
    )
    def test_consistency(self, old_size: int, new_size: int, proof: list[str]) -> None:
        leaves = [leaf_hash(data) for data in DATA]
        made = consistency_proof(old_size, new_size, nodes_from_leaves(leaves))
        assert [node.hex() for node in made] == proof
        verify_consistency(
            old_size=old_size,
            new_size=new_size,
            old_root=bytes.fromhex(ROOTS[old_size]),
            new_root=bytes.fromhex(ROOTS[new_size]),
            proof=made,
        )


class TestEveryProof:
    def test_of_inclusion_in_a_small_tree_holds(self) -> None:
        for size in range(1, 34):
            for index in range(size):
                proof = inclusion_proof(index, size, stored)
                assert proof == path(index, ENTRIES[:size])
                assert is_included(LEAVES[index], index, size, proof, root(size))

    def test_of_consistency_of_small_trees_holds(self) -> None:
        for new in range(1, 34):
            for old in range(1, new + 1):
                proof = consistency_proof(old, new, stored)
                assert proof == subproof(old, ENTRIES[:new])
                assert is_consistent(old, new, proof, root(old), root(new))

    @UNTIMED
    @given(places)
    def test_of_inclusion_is_that_of_the_rfc_from_leaves_and_from_stored_nodes(
        self, place: tuple[int, int]
    ) -> None:
        index, size = place
        proof = path(index, ENTRIES[:size])
        assert inclusion_proof(index, size, nodes_from_leaves(LEAVES[:size])) == proof
        assert inclusion_proof(index, size, stored) == proof
        assert is_included(LEAVES[index], index, size, proof, root(size))

    @UNTIMED
    @given(growths)
    def test_of_consistency_is_that_of_the_rfc_from_leaves_and_from_stored_nodes(
        self, growth: tuple[int, int]
    ) -> None:
        old, new = growth
        proof = subproof(old, ENTRIES[:new])
        assert consistency_proof(old, new, nodes_from_leaves(LEAVES[:new])) == proof
        assert consistency_proof(old, new, stored) == proof
        assert is_consistent(old, new, proof, root(old), root(new))


class TestStoredNodes:
    @UNTIMED
    @given(growths)
    def test_the_nodes_to_fetch_are_the_nodes_that_are_read(self, growth: tuple[int, int]) -> None:
        lower, size = growth
        read: list[tuple[int, int]] = []

        def node(level: int, index: int, /) -> bytes:
            read.append((level, index))
            return stored(level, index)

        inclusion_proof(lower, size, node)
        assert read == inclusion_nodes(lower, size)
        read.clear()
        consistency_proof(lower, size, node)
        assert read == consistency_nodes(lower, size)

    @UNTIMED
    @given(st.integers(1, 10**6 - 1))
    def test_a_proof_over_a_million_entries_reads_few_nodes(self, lower: int) -> None:
        assert len(inclusion_nodes(lower, 10**6)) <= 40
        assert len(consistency_nodes(lower, 10**6)) <= 40

    def test_a_stored_node_has_32_bytes(self) -> None:
        with pytest.raises(DigestMalformed):
            inclusion_proof(0, 2, lambda level, index: b"")

    def test_leaves_that_are_not_there_are_not_guessed(self) -> None:
        with pytest.raises(OutsideTree):
            inclusion_proof(0, 8, nodes_from_leaves(LEAVES[:7]))


class TestChangedInclusion:
    @UNTIMED
    @given(places, st.data())
    def test_any_changed_bit_of_leaf_root_or_proof_is_refused(
        self, place: tuple[int, int], data: st.DataObject
    ) -> None:
        index, size = place
        proof, bit = inclusion_proof(index, size, stored), data.draw(bits)
        leaf = with_bit_turned(LEAVES[index], bit)
        assert not is_included(leaf, index, size, proof, root(size))
        changed_root = with_bit_turned(root(size), bit)
        assert not is_included(LEAVES[index], index, size, proof, changed_root)
        for at, node in enumerate(proof):
            changed = [*proof[:at], with_bit_turned(node, bit), *proof[at + 1 :]]
            assert not is_included(LEAVES[index], index, size, changed, root(size))

    @UNTIMED
    @given(places, places)
    def test_another_index_or_size_is_refused_unless_the_way_to_the_leaf_is_the_same(
        self, place: tuple[int, int], other: tuple[int, int]
    ) -> None:
        assume(place != other)
        (index, size), leaf = place, LEAVES[place[0]]
        proof = inclusion_proof(index, size, stored)
        is_same_way = turns_to_leaf(*place) == turns_to_leaf(*other)
        assert is_included(leaf, *other, proof, root(size)) == is_same_way

    def test_in_small_trees_a_proof_holds_for_no_other_way_to_a_leaf(self) -> None:
        small = [(index, size) for size in range(1, 10) for index in range(size)]
        for (index, size), other in product(small, repeat=2):
            proof = inclusion_proof(index, size, stored)
            is_same_way = turns_to_leaf(index, size) == turns_to_leaf(*other)
            assert is_included(LEAVES[index], *other, proof, root(size)) == is_same_way

    @UNTIMED
    @given(places)
    def test_every_other_index_in_the_same_tree_is_refused(self, place: tuple[int, int]) -> None:
        index, size = place
        proof = inclusion_proof(index, size, stored)
        claimed = [one for one in range(-1, size + 2) if one != index]
        assert not any(is_included(LEAVES[index], one, size, proof, root(size)) for one in claimed)

    @UNTIMED
    @given(places, st.data())
    def test_a_longer_shorter_or_reordered_proof_is_refused(
        self, place: tuple[int, int], data: st.DataObject
    ) -> None:
        index, size = place
        proof = inclusion_proof(index, size, stored)
        at = data.draw(st.integers(0, len(proof)))
        changed = [[*proof[:at], LEAVES[0], *proof[at:]]]
        changed += [proof[:at] + proof[at + 1 :]] if at < len(proof) else []
        changed += [proof[::-1]] if len(proof) > 1 else []
        changed += [[b"", *proof], [*proof, b""]]
        for one in changed:
            assert not is_included(LEAVES[index], index, size, one, root(size))

    def test_an_index_outside_the_tree_is_refused(self) -> None:
        for index, size in [(-1, 3), (3, 3), (0, 0), (0, -1)]:
            with pytest.raises(OutsideTree):
                inclusion_proof(index, size, stored)
            with pytest.raises(OutsideTree):
                verify_inclusion(leaf=LEAVES[0], index=index, size=size, proof=[], root=root(1))

    def test_a_hash_of_another_length_is_refused(self) -> None:
        with pytest.raises(InclusionNotProven):
            verify_inclusion(leaf=b"", index=0, size=1, proof=[], root=b"")


class TestChangedConsistency:
    @UNTIMED
    @given(growths, st.data())
    def test_any_changed_bit_of_either_root_or_proof_is_refused(
        self, growth: tuple[int, int], data: st.DataObject
    ) -> None:
        old, new = growth
        proof, bit = consistency_proof(old, new, stored), data.draw(bits)
        assert not is_consistent(old, new, proof, with_bit_turned(root(old), bit), root(new))
        assert not is_consistent(old, new, proof, root(old), with_bit_turned(root(new), bit))
        for at, node in enumerate(proof):
            changed = [*proof[:at], with_bit_turned(node, bit), *proof[at + 1 :]]
            assert not is_consistent(old, new, changed, root(old), root(new))

    @UNTIMED
    @given(growths, growths)
    def test_other_sizes_are_refused_unless_the_way_to_the_seam_is_the_same(
        self, growth: tuple[int, int], other: tuple[int, int]
    ) -> None:
        assume(growth != other)
        old, new = growth
        proof = consistency_proof(old, new, stored)
        is_same_way = turns_to_seam(*growth) == turns_to_seam(*other)
        assert is_consistent(*other, proof, root(old), root(new)) == is_same_way

    def test_in_small_trees_a_proof_holds_for_no_other_way_to_the_seam(self) -> None:
        small = [(old, new) for new in range(2, 10) for old in range(1, new)]
        for (old, new), other in product(small, repeat=2):
            proof = consistency_proof(old, new, stored)
            is_same_way = turns_to_seam(old, new) == turns_to_seam(*other)
            assert is_consistent(*other, proof, root(old), root(new)) == is_same_way

    @UNTIMED
    @given(growths)
    def test_every_other_old_size_with_the_same_new_size_is_refused(
        self, growth: tuple[int, int]
    ) -> None:
        old, new = growth
        proof = consistency_proof(old, new, stored)
        claimed = [one for one in range(-1, new + 2) if one != old]
        assert not any(is_consistent(one, new, proof, root(old), root(new)) for one in claimed)

    @UNTIMED
    @given(growths, st.data())
    def test_a_longer_shorter_or_reordered_proof_is_refused(
        self, growth: tuple[int, int], data: st.DataObject
    ) -> None:
        old, new = growth
        proof = consistency_proof(old, new, stored)
        at = data.draw(st.integers(0, len(proof) - 1))
        changed = [[*proof[:at], LEAVES[0], *proof[at:]], proof[:at] + proof[at + 1 :], []]
        changed += [proof[::-1]] if len(proof) > 1 else []
        changed += [[b"", *proof], [*proof, b""], [*proof, LEAVES[0]]]
        for one in changed:
            assert not is_consistent(old, new, one, root(old), root(new))

    @UNTIMED
    @given(growths, st.data())
    def test_an_owner_who_alters_a_sealed_entry_cannot_prove_consistency(
        self, growth: tuple[int, int], data: st.DataObject
    ) -> None:
        old, new = growth
        altered = list(LEAVES[:new])
        altered[data.draw(st.integers(0, old - 1))] = leaf_hash("改过的条目".encode())
        forged = Frontier().extend(altered).root()
        nodes = nodes_from_leaves(altered)
        for proof in (consistency_proof(old, new, nodes), consistency_proof(old, new, stored)):
            assert not is_consistent(old, new, proof, root(old), forged)

    def test_checkpoints_kept_one_after_another_form_a_chain(self) -> None:
        for old, new in pairwise([0, 1, 7, 7, 8, 64, 65, 200]):
            proof = consistency_proof(old, new, stored)
            assert is_consistent(old, new, proof, root(old), root(new))

    def test_every_tree_continues_the_empty_one_and_itself_without_proof(self) -> None:
        for size in range(5):
            assert consistency_proof(0, size, stored) == []
            assert consistency_proof(size, size, stored) == []
            assert is_consistent(0, size, [], EMPTY_ROOT, root(size))
            assert is_consistent(size, size, [], root(size), root(size))
            assert not is_consistent(size, size, [], root(size), root(9))
            assert not is_consistent(size, size, [LEAVES[0]], root(size), root(size))
            assert not is_consistent(0, size, [LEAVES[0]], EMPTY_ROOT, root(size))
        assert not is_consistent(0, 3, [], root(1), root(3))

    def test_a_tree_that_shrank_is_refused(self) -> None:
        for old, new in [(3, 2), (-1, 2), (1, 0)]:
            with pytest.raises(OutsideTree):
                consistency_proof(old, new, stored)
            with pytest.raises(OutsideTree):
                verify_consistency(
                    old_size=old, new_size=new, old_root=root(1), new_root=root(1), proof=[]
                )

    def test_a_hash_of_another_length_is_refused(self) -> None:
        with pytest.raises(ConsistencyNotProven):
            verify_consistency(old_size=1, new_size=1, old_root=b"", new_root=b"", proof=[])
