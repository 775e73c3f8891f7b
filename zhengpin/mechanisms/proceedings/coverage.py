"""Which rows of the requirements declarations claim, and which not yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpin.kernel import requirements
from zhengpin.mechanisms.proceedings import register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.kernel.requirements import Domain, Row


@dataclass(frozen=True, slots=True)
class Claim:
    """认领: a declaration says that it serves a row, or a part of it. A row may have several."""

    row: Row
    declaration: str
    declared_as: str
    is_partial: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How many rows of a domain are claimed, of how many."""

    domain: Domain
    claimed: int
    total: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """覆盖: claims and open rows, in the order of the requirements."""

    claims: tuple[Claim, ...]
    open: tuple[Row, ...]

    @property
    def claimed(self) -> int:
        """How many rows have a claim; a row that several declarations share counts once."""
        return len({one.row.code for one in self.claims})

    @property
    def partly(self) -> int:
        """How many of them no declaration serves whole."""
        whole = {one.row.code for one in self.claims if not one.is_partial}
        return self.claimed - len(whole)

    @property
    def total(self) -> int:
        return self.claimed + len(self.open)

    @property
    def in_words(self) -> str:
        claimed = f"已认领 {self.claimed} 行（其中 {self.partly} 行只有一部分）"
        return f"要求 {self.total} 行：{claimed}，尚未认领 {len(self.open)} 行"

    def shares(self) -> Iterator[Share]:
        """Yield the share of each domain, in the order of the requirements."""
        open_rows = {one.code for one in self.open}
        for domain in dict.fromkeys(one.domain for one in requirements.rows().values()):
            codes = {one.code for one in requirements.rows().values() if one.domain == domain}
            yield Share(domain, len(codes - open_rows), len(codes))


def coverage() -> Coverage:
    """Return what the declarations read so far claim. Raises RowUnknown."""
    latest = {
        (code, entry.procedure.code): (entry.procedure.title, code in entry.partly)
        for entry in register.entries()
        for code in (*entry.rows, *entry.partly)
    }
    claims = [
        Claim(requirements.row(code), declaration, title, is_partial)
        for (code, declaration), (title, is_partial) in latest.items()
    ]
    order = list(requirements.rows())
    claimed = {one.row.code for one in claims}
    return Coverage(
        tuple(sorted(claims, key=lambda one: (order.index(one.row.code), one.declaration))),
        tuple(one for one in requirements.rows().values() if one.code not in claimed),
    )
