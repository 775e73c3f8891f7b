"""Lays tables out as lines: a row is one line, its cells parted by TAB."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhengpin.kernel.documents.errors import TooComplex
from zhengpin.kernel.documents.model import MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAX_COLUMNS = 1000
_DOMINANT_SHARE = 0.7
_DOMINANT_LINES = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines and how many rows and columns it takes.

    A ``continued`` cell repeats the one above it, as Word writes vertical merges.
    """

    lines: tuple[str, ...] = ()
    rows: int = 1
    columns: int = 1
    continued: bool = False

    @property
    def text(self) -> str:
        """The cell on one line: line ends and TABs inside it become one space."""
        return " ".join(" ".join(self.lines).replace("\t", " ").split("\n"))


@dataclass(frozen=True, slots=True)
class _Spanning:
    text: str
    rows: int


def lay_out(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Return the lines of a table.

    A cell that spans rows is repeated in each of them; one that spans columns stands in the
    first and leaves the others empty. A table that only arranges the page (never two filled
    cells side by side, or one cell with nearly all the text) gives its cells' own lines.
    Raises TooComplex when the table would grow beyond all measure.
    """
    if _only_arranges(rows):
        return [line for row in rows for cell in row for line in cell.lines]
    return list(_grid_lines(rows))


def _only_arranges(rows: Sequence[Sequence[Cell]]) -> bool:
    filled = [[cell for cell in row if any(cell.lines)] for row in rows]
    if all(len(row) <= 1 for row in filled):
        return True
    cells = [cell for row in filled for cell in row]
    largest = max(cells, key=_length)
    return len(largest.lines) >= _DOMINANT_LINES and _length(largest) >= _DOMINANT_SHARE * sum(
        map(_length, cells)
    )


def _length(cell: Cell) -> int:
    return sum(map(len, cell.lines))


def _grid_lines(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    spanning: dict[int, _Spanning] = {}
    above: list[str] = []
    grown = 0
    for row in rows:
        above = _grid_row(row, spanning, above)
        grown += sum(map(len, above)) + len(above)
        if grown > MAX_CHARACTERS:
            raise TooComplex
        if any(above):
            yield "\t".join(above)


def _grid_row(row: Sequence[Cell], spanning: dict[int, _Spanning], above: list[str]) -> list[str]:
    texts: list[str] = []
    for cell in row:
        _take_spanning(texts, spanning)
        column = len(texts)
        text = cell.text
        if cell.continued:
            text = above[column] if column < len(above) else text
        texts.append(text)
        texts.extend([""] * (cell.columns - 1))
        if cell.rows > 1:
            for place in range(column, len(texts)):
                spanning[place] = _Spanning(texts[place], cell.rows - 1)
        if len(texts) > _MAX_COLUMNS:
            raise TooComplex
    while any(place >= len(texts) for place in spanning):
        _take_spanning(texts, spanning)
        if any(place > len(texts) for place in spanning):
            texts.append("")
    return texts


def _take_spanning(texts: list[str], spanning: dict[int, _Spanning]) -> None:
    """Fill in, from the next column on, what cells of earlier rows cover there."""
    while (cover := spanning.get(len(texts))) is not None:
        if cover.rows > 1:
            spanning[len(texts)] = replace(cover, rows=cover.rows - 1)
        else:
            del spanning[len(texts)]
        texts.append(cover.text)
