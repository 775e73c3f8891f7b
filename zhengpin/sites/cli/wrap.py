"""Chinese text in lines of a given width, counted in terminal cells.

No line begins with a closing sign or ends with an opening one; numbers, dates and Latin words
stay whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_OPEN = re.escape("（(《“‘〈「『【〔[{")
_CLOSE = re.escape("）)》”’〉」』】〕]}，,。.、；;：:？?！!…—%％")
_TOKEN = re.compile(
    rf"[{_OPEN}]*(?:[A-Za-z0-9]+(?:[./·-][A-Za-z0-9]+)*[年月日号]?|.)[{_CLOSE}]*", re.DOTALL
)


def wrap(text: str, width: int) -> list[str]:
    """Return ``text`` in lines of at most ``width`` cells."""
    return fill(_TOKEN.findall(text), width)


def wrap_list(names: Sequence[str], width: int, limit: int | None = None) -> list[str]:
    """Return ``names`` joined by 、 in lines of at most ``width`` cells, each whole if it fits.

    Where they need more than ``limit`` lines, as many as fit stand before …共 N 个.
    """
    pieces = [*(f"{name}、" for name in names[:-1]), *names[-1:]]
    lines = fill(pieces, width)
    if limit is None or len(lines) <= limit:
        return lines
    mark = f"…共 {len(names)} 个"
    for shown in range(min(len(names), limit * width), 0, -1):
        shorter = fill([*pieces[:shown], mark], width)
        if len(shorter) <= limit:
            return shorter
    return clip(lines, limit, width, mark)


def fill(pieces: Iterable[str], width: int) -> list[str]:
    """Return ``pieces`` in lines of at most ``width`` cells; one wider than a line is broken."""
    lines, line, used = [], "", 0
    for piece in pieces:
        for part in _fitting(piece, width):
            cells = cell_len(part)
            if line and used + cells > width:
                lines.append(line)
                line, used = "", 0
            line, used = line + part, used + cells
    return [*lines, line] if line else lines


def _fitting(piece: str, width: int) -> Iterator[str]:
    if cell_len(piece) <= width:
        yield piece
        return
    for token in _TOKEN.findall(piece):
        if cell_len(token) <= width:
            yield token
        else:
            yield from token


def clip(lines: list[str], limit: int | None, width: int, mark: str = "…") -> list[str]:
    """Return at most ``limit`` lines; where some are left out the last ends in ``mark``."""
    if limit is None or len(lines) <= limit:
        return lines
    last = lines[limit - 1]
    while last and cell_len(last) + cell_len(mark) > width:
        last = last[:-1]
    return [*lines[: limit - 1], last + mark]
