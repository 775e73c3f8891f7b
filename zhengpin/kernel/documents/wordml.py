"""Names of WordprocessingML, the same for its transitional and its strict namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from zhengpin.kernel.documents.errors import CorruptWord, TooComplex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_MAX_TAGS = 1_000_000
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_PREFIXES = dict.fromkeys(_WORD, "") | {
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
}
_OFF = frozenset(("0", "false", "off", "none"))


def parse(data: bytes) -> Element:
    """Parse a part of the package; nothing is fetched, no entity is expanded.

    Raises CorruptWord for what is not XML or brings a DTD, which ECMA-376 part 2 forbids, and
    TooComplex for too much of it.
    """
    if data.count(b"<") > 2 * _MAX_TAGS:
        raise TooComplex
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise (TooComplex if "depth" in str(error) else CorruptWord) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise CorruptWord
    return root


def name(element: Element) -> str:
    """Return the local name of a Word element; of another namespace with its prefix or ``?:``."""
    namespace, _, local = str(element.tag)[1:].rpartition("}")
    return _PREFIXES.get(namespace, "?:") + local


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of names."""
    for step in path:
        element = None if element is None else next(children(element, step), None)
    return element


def children(element: Element, wanted: str) -> Iterator[Element]:
    """Yield the children with a name."""
    return (each for each in element if name(each) == wanted)


def value(element: Element | None, attribute: str = "val") -> str | None:
    """Return an attribute of a Word element, of no element None."""
    if element is None:
        return None
    values = (element.get(f"{{{namespace}}}{attribute}") for namespace in _WORD)
    return next((each for each in values if each is not None), None)


def number(element: Element | None, attribute: str = "val") -> int | None:
    """Return a whole-number attribute, None when it is missing or no number."""
    try:
        return int((value(element, attribute) or "")[:9])
    except ValueError:
        return None


def is_on(element: Element | None) -> bool:
    """Return whether a toggle such as ``vanish`` is there and not switched off."""
    return element is not None and (value(element) or "1") not in _OFF
