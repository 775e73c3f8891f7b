"""Tiles the source with what it was read as, so that nothing is ever lost."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.model import Piece, PieceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.kernel.plantext.model import Span

_KINDS = tuple(PieceKind)
_CODES = {kind: code for code, kind in enumerate(_KINDS)}
_BLANK = re.compile(r"\s+")


def tile(source: str, marks: Iterable[tuple[PieceKind, Span]]) -> tuple[Piece, ...]:
    """Return pieces that cover ``source`` without gap or overlap; later marks go over earlier.

    Words under no mark are BODY; white space at the border of two pieces is BLANK.
    """
    kinds = bytearray([_CODES[PieceKind.BODY]]) * len(source)
    for blank in _BLANK.finditer(source):
        start, end = blank.span()
        kinds[start:end] = bytes([_CODES[PieceKind.BLANK]]) * (end - start)
    borders = {0, len(source)}
    for kind, (start, end) in marks:
        kinds[start:end] = bytes([_CODES[kind]]) * (end - start)
        borders.update((start, end))
    pieces = []
    ordered = sorted(border for border in borders if border <= len(source))
    for start, end in pairwise(ordered):
        pieces += _runs(source, kinds, start, end)
    return tuple(pieces)


def _runs(source: str, kinds: bytearray, start: int, end: int) -> list[Piece]:
    pieces = []
    while start < end:
        code = kinds[start]
        stop = start + 1
        while stop < end and kinds[stop] == code:
            stop += 1
        pieces.append(Piece(_KINDS[code], start, source[start:stop]))
        start = stop
    return pieces
