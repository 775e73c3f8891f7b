"""Reads a web page: the article's text and its title, without what surrounds them."""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html

from zhengpin.kernel.documents import errors
from zhengpin.kernel.documents.article import article_of, title_above, title_of
from zhengpin.kernel.documents.blocks import lines_of
from zhengpin.kernel.documents.furniture import cut_furniture
from zhengpin.kernel.documents.measures import squeezed

_MAX_TAGS = 500_000
_TITLE_LOOKED_FOR = 2000


def read_html(text: str) -> str:
    """Return the article of a page, one line for each block, its title first.

    Raises NoArticle, CorruptPage and TooComplex.
    """
    try:
        lines = _article_lines(_parse(text))
    except (etree.LxmlError, ValueError) as error:
        raise errors.CorruptPage from error
    except RecursionError as error:
        raise errors.TooComplex from error
    article = "\n".join(lines)
    if not article:
        raise errors.NoArticle
    return article


def _parse(text: str) -> lxml_html.HtmlElement:
    """Parse as browsers do; nothing is fetched and entities of a DTD are not expanded."""
    if text.count("<") > _MAX_TAGS:
        raise errors.TooComplex
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    page = lxml_html.document_fromstring(text.encode(), parser=parser)
    if any("depth" in entry.message for entry in parser.error_log):
        raise errors.TooComplex
    return page


def _article_lines(page: lxml_html.HtmlElement) -> list[str]:
    called = title_of(page)
    measures = cut_furniture(page, called)
    article = article_of(page, measures)
    title = title_above(page, article, called)
    lines = lines_of(article)
    if title is None:
        return lines
    title_lines = lines_of(title)
    beginning = squeezed("".join(lines)[:_TITLE_LOOKED_FOR])
    return lines if squeezed("".join(title_lines)) in beginning else [*title_lines, *lines]
