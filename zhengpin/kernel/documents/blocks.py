"""Renders HTML elements as lines: every block on its own line, tables row by row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpin.kernel.documents.characters import WIDE, without_unseen
from zhengpin.kernel.documents.numerals import numeral
from zhengpin.kernel.documents.tables import Cell, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "title", "tr", "ucap-content", "ul",
))  # fmt: skip
_UNSPOKEN = frozenset(("rt", "rp"))
_CELLS = frozenset(("td", "th"))
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_LETTERED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHINESE_LIST = re.compile(r"list-style(?:-type)?:[^;]*(?:cjk-ideographic|chinese-informal)")
_BARE_LIST = re.compile(r"list-style(?:-type)?:[^;]*none")
_OWN_NUMBER = re.compile(
    r"\s*(?:第?[0-9\uff10-\uff19一二三四五六七八九十百]+[、.．,，)）条章节]"
    r"|[(（〔][0-9\uff10-\uff19一二三四五六七八九十]+|[①-⑳])"
)
_MAX_SPAN = 1000

_WRAPPED = re.compile(f"(?<=[{WIDE}])[ \t\f]*[\r\n]\\s*(?=[{WIDE}])")
_SPACES = re.compile("[ \t\r\n\f\xa0]+")


def lines_of(element: Element) -> list[str]:
    """Return the lines of an element without its tail: no blank ones, no space at their ends.

    Runs of white space are one space, a line end of the source between two Chinese characters
    is none. Raises TooComplex for a table beyond all measure.
    """
    writer = _Writer()
    writer.element(element)
    return writer.finish()


class _Writer:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._labels: dict[Element, str] = {}

    def finish(self) -> list[str]:
        self._end_line()
        return self._lines

    def element(self, element: Element, *, kept: bool = False) -> None:
        """Write an element; ``kept`` is set inside ``pre``, where line ends count."""
        tag = str(element.tag)
        if tag in _UNSPOKEN:
            return
        is_block = tag in BLOCKS
        if tag == "br" or is_block:
            self._end_line()
        if tag == "table":
            self._lines.extend(_table_lines(element))
            return
        if tag == "ol":
            self._labels.update(_ordered(element))
        self._pieces.append(self._labels.get(element, ""))
        self._content(element, kept=kept or tag == "pre")
        if is_block:
            self._end_line()

    def _content(self, element: Element, *, kept: bool) -> None:
        self.text(element.text, kept=kept)
        for child in element:
            self.element(child, kept=kept)
            self.text(child.tail, kept=kept)

    def text(self, text: str | None, *, kept: bool = False) -> None:
        """Write running text."""
        for place, line in enumerate((text or "").split("\n") if kept else [text or ""]):
            if place:
                self._end_line()
            self._pieces.append(line)

    def _end_line(self) -> None:
        text = without_unseen("".join(self._pieces))
        self._pieces.clear()
        line = _SPACES.sub(" ", _WRAPPED.sub("", text)).strip()
        if line:
            self._lines.append(line)


def _ordered(element: Element) -> Iterator[tuple[Element, str]]:
    """Yield the items of an ``ol`` with their numbers, unless the list shows none."""
    style = element.get("style", "").lower().replace(" ", "")
    if _BARE_LIST.search(style):
        return
    chinese = _CHINESE_LIST.search(style)
    number = _integer(element.get("start"), 1)
    for item in element:
        if item.tag != "li":
            continue
        number = _integer(item.get("value"), number)
        if not _OWN_NUMBER.match("".join(map(str, item.itertext()))[:20]):
            form = _LETTERED.get(element.get("type", ""), "decimal")
            label = numeral(number, "chineseCounting") + "、" if chinese else ""
            yield item, label or f"{numeral(number, form)}. "
        number += 1


def _table_lines(table: Element) -> list[str]:
    stray = _Writer()
    rows = [[_cell(cell) for cell in row if cell.tag in _CELLS] for row in _rows(table, stray)]
    return stray.finish() + lay_out([row for row in rows if row])


def _rows(parent: Element, stray: _Writer) -> Iterator[Element]:
    """Yield the rows of a table; what stands between them goes to ``stray``, never lost."""
    stray.text(parent.text)
    for child in parent:
        if child.tag in _ROW_GROUPS:
            yield from _rows(child, stray)
        elif child.tag == "tr":
            _strays(child, stray)
            yield child
        else:
            stray.element(child)
        stray.text(child.tail)


def _strays(row: Element, stray: _Writer) -> None:
    """Write what stands in a row outside its cells, as broken pages have it."""
    stray.text(row.text)
    for child in row:
        if child.tag not in _CELLS:
            stray.element(child)
        stray.text(child.tail)


def _cell(element: Element) -> Cell:
    rows = _integer(element.get("rowspan"), 1)
    columns = _integer(element.get("colspan"), 1)
    return Cell(
        lines=tuple(lines_of(element)),
        rows=rows if rows > 0 else _MAX_SPAN,
        columns=min(max(columns, 1), _MAX_SPAN),
    )


def _integer(value: str | None, default: int) -> int:
    try:
        return int((value or "").strip()[:6])
    except ValueError:
        return default
