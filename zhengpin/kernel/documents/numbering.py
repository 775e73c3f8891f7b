"""Renders the automatic numbers of Word paragraphs: 一、 （一） 1. as a reader sees them.

Word stores no number. A paragraph names a list (``numId``) and a level, itself or through its
style; the list names an abstract list with a format, a text such as （%1） and a start for each
level. Lists with the same abstract list count on together, ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhengpin.kernel.documents.numerals import numeral
from zhengpin.kernel.documents.wordml import child, children, is_on, number, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: its format, its text with %1 for numbers, its first number.

    ``restarts_after`` is the deepest level, counted from 1, that restarts it; 0 for none.
    ``style`` is the paragraph style bound to the level; ``is_legal`` writes digits throughout.
    """

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restarts_after: int | None = None
    style: str | None = None
    is_legal: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """A list: the abstract list it counts with, its levels and where it starts anew."""

    counts_with: str
    levels: Mapping[int, Level]
    start_anew: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a paragraph or style says about its number; ``list_id`` "0" takes a number away."""

    list_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its own reference and the style it is based on."""

    reference: Reference
    based_on: str | None


@dataclass(frozen=True, slots=True)
class Definitions:
    """The lists and styles of a document."""

    lists: Mapping[str, List] = field(default_factory=dict)
    styles: Mapping[str, Style] = field(default_factory=dict)
    default_style: str | None = None

    def place(self, properties: Element | None) -> tuple[str, int] | None:
        """Return the list and level of a paragraph, None when it has no number."""
        own = reference(properties)
        style_id = value(child(properties, "pStyle")) or self.default_style
        from_style, style_id = self._styled(style_id)
        list_id = own.list_id or from_style.list_id
        if list_id is None or list_id not in self.lists:
            return None
        level = own.level
        if level is None and own.list_id is None:
            level = self._bound_level(list_id, style_id)
            level = from_style.level if level is None else level
        return list_id, level or 0

    def _styled(self, style_id: str | None) -> tuple[Reference, str | None]:
        """Return the reference of a style or the nearest it is based on, and whose it is."""
        for _ in range(_LONGEST_CHAIN):
            style = self.styles.get(style_id or "")
            if style is None:
                break
            if style.reference.list_id is not None:
                return style.reference, style_id
            style_id = style.based_on
        return Reference(), None

    def _bound_level(self, list_id: str, style_id: str | None) -> int | None:
        levels = self.lists[list_id].levels.items()
        return next((at for at, level in levels if level.style and level.style == style_id), None)


def reference(properties: Element | None) -> Reference:
    """Return what paragraph properties say about numbering themselves."""
    numbering = child(properties, "numPr")
    return Reference(value(child(numbering, "numId")), number(child(numbering, "ilvl")))


class Counter:
    """Counts through one story of a document and gives each paragraph its label."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Element | None) -> str:
        """Return the label of the next paragraph, "" when it has none."""
        place = self._definitions.place(properties)
        if place is None:
            return ""
        list_id, at = place
        numbered = self._definitions.lists[list_id]
        level = numbered.levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(numbered.counts_with, {})
        self._count(counts, list_id, at)
        return _written(level, numbered.levels, counts)

    def _count(self, counts: dict[int, int], list_id: str, at: int) -> None:
        numbered = self._definitions.lists[list_id]
        anew = numbered.start_anew.get(at)
        if anew is not None and (list_id, at) not in self._begun:
            counts[at] = anew
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = numbered.levels[at].start
        self._begun.add((list_id, at))
        for shallower in range(at):
            if shallower in numbered.levels:
                counts.setdefault(shallower, numbered.levels[shallower].start)
        for deeper in [place for place in counts if place > at]:
            after = numbered.levels.get(deeper, Level()).restarts_after
            if after is None or at < after:
                del counts[deeper]


def _written(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    def write(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        shown = levels.get(at, Level())
        form = "decimal" if level.is_legal and shown.form != "none" else shown.form
        return numeral(counts.get(at, shown.start), form)

    if level.form == "bullet":
        return ""
    label = _PLACE.sub(write, level.text).strip()
    return f"{label} " if label and label[-1].isalnum() else label


def read_definitions(numbering: Element | None, styles: Element | None) -> Definitions:
    """Read the numbering part and the styles part, either of which may be missing."""
    style_map, default_style = _styles(styles)
    lists = _lists(numbering, style_map) if numbering is not None else {}
    return Definitions(lists, style_map, default_style)


def _styles(part: Element | None) -> tuple[dict[str, Style], str | None]:
    styles: dict[str, Style] = {}
    default = None
    for element in children(part, "style") if part is not None else ():
        style_id = value(element, "styleId") or ""
        based_on = value(child(element, "basedOn"))
        styles[style_id] = Style(reference(child(element, "pPr")), based_on)
        if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true"):
            default = style_id
    return styles, default


def _lists(part: Element, styles: Mapping[str, Style]) -> dict[str, List]:
    abstract = {value(each, "abstractNumId"): each for each in children(part, "abstractNum")}
    named = {value(each, "numId"): each for each in children(part, "num")}

    def resolved(num: Element, links: int = 0) -> Element | None:
        """Follow a link to a numbering style to the abstract list behind it."""
        found = abstract.get(value(child(num, "abstractNumId")))
        style = styles.get(value(child(found, "numStyleLink")) or "")
        linked = named.get(style.reference.list_id) if style else None
        return found if linked is None or links > 2 else resolved(linked, links + 1)

    lists = {}
    for list_id, num in named.items():
        element = resolved(num)
        if element is not None and list_id and list_id != "0":
            lists[list_id] = _list(num, element)
    return lists


def _list(num: Element, abstract: Element) -> List:
    levels = dict(_levels(abstract))
    anew: dict[int, int] = {}
    for override in children(num, "lvlOverride"):
        at = number(override, "ilvl")
        start = number(child(override, "startOverride"))
        if at is None:
            continue
        levels.update((at, level) for _, level in _levels(override))
        if start is not None and at in levels:
            anew[at] = start
            levels[at] = replace(levels[at], start=start)
    return List(value(abstract, "abstractNumId") or "", levels, anew)


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for element in children(parent, "lvl"):
        at = number(element, "ilvl")
        if at is not None and 0 <= at < _LEVELS:
            yield at, _level(element)


def _level(element: Element) -> Level:
    start = number(child(element, "start"))
    return Level(
        form=_form(element),
        text=value(child(element, "lvlText")) or "",
        start=1 if start is None else start,
        restarts_after=number(child(element, "lvlRestart")),
        style=value(child(element, "pStyle")),
        is_legal=is_on(child(element, "isLgl")),
    )


def _form(level: Element) -> str:
    """The format; of one that only newer Word knows, the fallback written beside it."""
    fallback = child(level, "mc:AlternateContent", "mc:Fallback", "numFmt")
    return value(fallback) or value(child(level, "numFmt")) or "decimal"
