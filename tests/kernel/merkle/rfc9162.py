"""RFC 9162 §2.1 written down word for word, slowly, to hold the tree against; and its vectors."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The test data of certificate-transparency, and the root after each of its leaves.
DATA = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

# Many entries, no two alike.
ENTRIES = [f"条目{number}".encode() for number in range(200)]


def hash_leaf(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def split(size: int) -> int:
    """The largest power of two smaller than the size."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def tree_hash(data: Sequence[bytes]) -> bytes:
    """MTH of §2.1.1."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return hash_leaf(data[0])
    middle = split(len(data))
    return sha256(b"\x01" + tree_hash(data[:middle]) + tree_hash(data[middle:])).digest()


def path(index: int, data: Sequence[bytes]) -> list[bytes]:
    """PATH of §2.1.3.1."""
    if len(data) == 1:
        return []
    middle = split(len(data))
    if index < middle:
        return [*path(index, data[:middle]), tree_hash(data[middle:])]
    return [*path(index - middle, data[middle:]), tree_hash(data[:middle])]


def subproof(size: int, data: Sequence[bytes], *, is_whole: bool = True) -> list[bytes]:
    """SUBPROOF of §2.1.4.1."""
    if size == len(data):
        return [] if is_whole else [tree_hash(data)]
    middle = split(len(data))
    if size <= middle:
        return [*subproof(size, data[:middle], is_whole=is_whole), tree_hash(data[middle:])]
    return [*subproof(size - middle, data[middle:], is_whole=False), tree_hash(data[:middle])]


def turns_to_leaf(index: int, size: int) -> str:
    """The way from the root to a leaf, as left and right; it is all of the sizes a proof knows."""
    if size == 1:
        return ""
    middle = split(size)
    if index < middle:
        return "l" + turns_to_leaf(index, middle)
    return "r" + turns_to_leaf(index - middle, size - middle)


def turns_to_seam(old_size: int, new_size: int) -> str:
    """The way from the new root to where the old tree ends."""
    if old_size == new_size:
        return ""
    middle = split(new_size)
    if old_size <= middle:
        return "l" + turns_to_seam(old_size, middle)
    return "r" + turns_to_seam(old_size - middle, new_size - middle)
