"""Counts what makes an HTML element look like an article: prose, links and lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhengpin.kernel.documents.blocks import BLOCKS
from zhengpin.kernel.documents.characters import without_unseen

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLANK = re.compile(r"\s+")
_MARKS = re.compile("[，。；、,;]")


@dataclass(frozen=True, slots=True)
class Measure:
    """Of an element: visible characters, those in links, sentence marks outside links, lines."""

    length: int = 0
    linked: int = 0
    marks: int = 0
    lines: int = 0

    @property
    def weight(self) -> int:
        """How much prose there is; sentence marks weigh most, for menus and titles have none."""
        return 20 * self.marks + self.length - self.linked

    def __add__(self, other: Measure) -> Measure:
        return Measure(
            self.length + other.length,
            self.linked + other.linked,
            self.marks + other.marks,
            self.lines + other.lines,
        )


def measure(root: Element) -> dict[Element, Measure]:
    """Return the measure of every element under a root, in document order."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    measures = {element: _own(element.text) for element in elements}
    for element in reversed(elements):
        own = measures[element]
        if element.tag in BLOCKS or element.tag == "br":
            own = replace(own, lines=own.lines + 1)
        if element.tag == "a":
            own = replace(own, linked=own.length, marks=0)
        measures[element] = own
        parent = element.getparent()
        if element is not root and parent is not None:
            measures[parent] += own + _own(element.tail) if element.tail else own
    return measures


def visible(element: Element) -> str:
    """Return the text of an element without any white space."""
    return squeezed("".join(map(str, element.itertext())))


def squeezed(text: str) -> str:
    """Return a text without white space and unseen characters."""
    return _BLANK.sub("", without_unseen(text))


_NOTHING = Measure()


def _own(text: str | None) -> Measure:
    if not text:
        return _NOTHING
    return Measure(length=len(_BLANK.sub("", text)), marks=len(_MARKS.findall(text)))
