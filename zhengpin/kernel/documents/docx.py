"""Reads a Word document: paragraphs and tables in the order of the page, numbers rendered.

Headers, footers, comments, notes, deleted and hidden text are left out; inserted text is kept.
"""

from __future__ import annotations

from itertools import chain
from posixpath import join
from typing import TYPE_CHECKING

from zhengpin.kernel.documents import errors
from zhengpin.kernel.documents.characters import without_unseen
from zhengpin.kernel.documents.numbering import Counter, Definitions, read_definitions
from zhengpin.kernel.documents.package import Package
from zhengpin.kernel.documents.tables import Cell, lay_out
from zhengpin.kernel.documents.wordml import child, is_on, name, number, parse, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_DROPPED = frozenset((
    "del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr",
    "tblGrid", "sectPr", "rt", "instrText", "delText", "delInstrText", "fldData",
    "mc:Fallback",
))  # fmt: skip
_SIGNS = {
    "tab": "\u3000",
    "ptab": "\u3000",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
}
_PRIVATE_SIGN = "□"


def read_docx(data: bytes) -> str:
    """Return the text of a Word document, one line for each paragraph and table row.

    Raises CorruptWord, EmbeddedDocument, Encrypted and TooComplex.
    """
    package = Package(data)
    main = _related(package, "", "officeDocument") or "word/document.xml"
    body = child(parse(package.read(main)), "body")
    if body is None:
        raise errors.CorruptWord
    numbering, styles = (
        parse(package.read(part)) if part else None
        for part in (_related(package, main, kind) for kind in ("numbering", "styles"))
    )
    definitions = read_definitions(numbering, styles)
    try:
        return "\n".join(_Story(definitions).lines(body))
    except RecursionError as error:
        raise errors.TooComplex from error


def _related(package: Package, source: str, kind: str) -> str | None:
    """Return the part a part is related to by kind, ECMA-376 part 2, 6.5; None when there is none.

    The package itself is the source "".
    """
    folder, _, file = source.rpartition("/")
    relations = join(folder, "_rels", f"{file}.rels")
    for relation in parse(package.read(relations)) if relations in package else ():
        if relation.get("Type", "").endswith(f"/{kind}"):
            target = join("/", folder, relation.get("Target", ""))
            return target if target in package else None
    return None


class _Story:
    """The body or a text box: a run of paragraphs and tables with a count of its own."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._counter = Counter(definitions)
        self._carried = ""

    def lines(self, parent: Element) -> list[str]:
        """Return the lines of everything inside an element."""
        return [line for line in chain(self._blocks(parent), self._rest()) if line]

    def _rest(self) -> Iterator[str]:
        """Yield what a deleted paragraph mark left over where no paragraph follows."""
        yield self._carried.strip()
        self._carried = ""

    def _blocks(self, parent: Element) -> Iterator[str]:
        for element in parent:
            tag = name(element)
            if tag == "p":
                yield from self._paragraph(element)
            elif tag == "tbl":
                yield from self._rest()
                yield from lay_out([self._row(row) for row in _inside(element, "tr")])
            elif tag == "altChunk":
                raise errors.EmbeddedDocument
            elif tag not in _DROPPED:
                yield from self._blocks(element)

    def _paragraph(self, element: Element) -> Iterator[str]:
        properties = child(element, "pPr")
        boxes: list[Element] = []
        text = self._carried + without_unseen("".join(_text(element, boxes)))
        self._carried = ""
        if _mark_is_deleted(properties):
            self._carried = text
        else:
            label = self._counter.label(properties)
            lines = text.strip().split("\n")
            lines[0] = f"{label}{lines[0]}" if text.strip() else ""
            yield from (line.strip() for line in lines)
        for box in boxes:
            yield from _Story(self._definitions).lines(box)

    def _row(self, row: Element) -> list[Cell]:
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            return []
        before = number(child(properties, "gridBefore")) or 0
        cells = [self._cell(cell) for cell in _inside(row, "tc")]
        return [Cell(columns=before), *cells] if before else cells

    def _cell(self, cell: Element) -> Cell:
        properties = child(cell, "tcPr")
        merge = child(properties, "vMerge")
        continued = merge is not None and value(merge) in (None, "continue")
        return Cell(
            lines=() if continued else tuple(self.lines(cell)),
            columns=max(number(child(properties, "gridSpan")) or 1, 1),
            continued=continued,
        )


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    """Yield rows or cells, also those wrapped in content controls and insertions."""
    for element in parent:
        tag = name(element)
        if tag == wanted:
            yield element
        elif tag not in _DROPPED:
            yield from _inside(element, wanted)


def _text(element: Element, boxes: list[Element]) -> Iterator[str]:
    """Yield the text of a paragraph; the text boxes anchored in it are put aside."""
    for part in element:
        tag = name(part)
        if tag in ("t", "m:t"):
            yield part.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == "sym":
            yield _symbol(part)
        elif tag == "txbxContent":
            boxes.append(part)
        elif tag == "mc:AlternateContent":
            yield from _text(_alternative(part), boxes)
        elif tag not in _DROPPED and not (tag == "r" and is_on(child(part, "rPr", "vanish"))):
            yield from _text(part, boxes)


def _alternative(element: Element) -> Element:
    """A text box is written twice, for newer and for older Word: take the first."""
    choice = child(element, "mc:Choice")
    fallback = child(element, "mc:Fallback")
    return next((each for each in (choice, fallback) if each is not None), element)


def _symbol(element: Element) -> str:
    """A sign of a symbol font; in the private area nobody can tell what it looks like."""
    try:
        code = int(value(element, "char") or "", 16)
    except ValueError:
        return ""
    return _PRIVATE_SIGN if 0xE000 <= code <= 0xF8FF or code > 0x10FFFF else chr(code)


def _mark_is_deleted(properties: Element | None) -> bool:
    """A deleted paragraph mark joins the paragraph to the next one."""
    run = child(properties, "rPr")
    return child(run, "del") is not None or child(run, "moveFrom") is not None
