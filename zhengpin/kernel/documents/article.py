"""Finds the article of a web page: the element with the prose, and the title above it."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from zhengpin.kernel.documents.furniture import is_title, words_of
from zhengpin.kernel.documents.measures import Measure, squeezed, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

_CONTAINERS = frozenset((
    "article", "blockquote", "body", "center", "div", "form", "main", "section", "td",
    "ucap-content",
))  # fmt: skip
_CORE_SHARE = 0.8
_LINK_SHARE = 0.3
_FEWEST_MARKS = 2
_SIGNATURE = re.compile(
    r".*(?:[0-9〇○零一二三四五六七八九十]{4}年.{1,3}月.{1,3}日|附件[0-9一二三]?[:：]|（此件.*）|抄送[:：]).*"
)
_LONGEST_SIGNATURE = 400

_TITLE_WORDS = frozenset(("title", "tit", "bt", "biaoti", "headline"))
_TITLE_META = "articletitle"
_TITLE_TAGS = ("h1", "h2", "h3")
_SITE_PARTS = re.compile(r"\s*(?:[-_|–—]+|::)\s*")
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 150


def title_of(page: Element) -> str:
    """Return what a page calls its article in its head, without white space.

    ArticleTitle, as 国办发〔2017〕47号 asks of government sites; else the longest part of title.
    """
    metas = (meta for meta in page.iter("meta") if meta.get("name", "").lower() == _TITLE_META)
    named = next((squeezed(meta.get("content", "")) for meta in metas), "")
    parts = [
        squeezed(part)
        for title in page.iter("title")
        for part in _SITE_PARTS.split(str(title.text or ""))
    ]
    return named or max(parts, key=len, default="")


def article_of(page: Element, measures: Mapping[Element, Measure]) -> Element:
    """Return the smallest element with the page's prose and what belongs to it."""
    return _widened(_core(page, measures), measures)


def _core(page: Element, measures: Mapping[Element, Measure]) -> Element:
    """Go down as long as one child holds nearly all prose; an article has several lines."""
    enough = _CORE_SHARE * measures[page].weight
    here: Element | None = page
    core = page
    while here is not None:
        if here.tag in _CONTAINERS and measures[here].lines > 1:
            core = here
        here = next((child for child in here if measures[child].weight >= enough), None)
    return core


def _widened(core: Element, measures: Mapping[Element, Measure]) -> Element:
    """Go up again to a parent that holds more of the text: a notice before it, a date below."""
    article = path = core
    for parent in core.iterancestors():
        extra = measures[parent].length - measures[article].length
        links = measures[parent].linked - measures[article].linked
        if extra and links > _LINK_SHARE * extra:
            break
        added = measures[parent].marks - measures[article].marks
        if added >= _FEWEST_MARKS or _is_signed(path, measures):
            article = parent
        path = parent
    return article


def _is_signed(path: Element, measures: Mapping[Element, Measure]) -> bool:
    """Return whether a date or a list of annexes stands beside an element, below it."""
    below = (each for each in path.itersiblings() if measures[each].length <= _LONGEST_SIGNATURE)
    texts = chain([squeezed(str(path.tail or "")[:_LONGEST_SIGNATURE])], map(visible, below))
    return any(_SIGNATURE.match(text) for text in texts)


def title_above(page: Element, article: Element, title: str) -> Element | None:
    """Return the element with the article's title when it stands above the article.

    The nearest element that says what the page's head calls it, else the nearest heading.
    """
    before = _before(page, article)
    named = [element for element in before if is_title(element, title)]
    headings = [element for element in before if element.tag in _TITLE_TAGS]
    return next(reversed(named or headings), None)


def _before(page: Element, article: Element) -> list[Element]:
    """Return the possible titles above the article, in the order of the page."""
    around = set(article.iterancestors())
    found: list[Element] = []
    for element in page.iter():
        if element is article:
            break
        if element not in around and _may_be_title(element):
            found.append(element)
    return found


def _may_be_title(element: Element) -> bool:
    if element.tag not in _TITLE_TAGS and not words_of(element) & _TITLE_WORDS:
        return False
    return _SHORTEST_TITLE <= len(visible(element)) <= _LONGEST_TITLE
