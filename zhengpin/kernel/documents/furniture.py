"""What of a web page is not its article: scripts, menus, breadcrumbs, share bars, footers.

A part is cut by its tag, by the words of its class and id, or by what it says. No part with a
good share of the page's prose is ever cut for its name: sites call anything ``header``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from zhengpin.kernel.documents.measures import Measure, measure, visible

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from lxml.html import HtmlElement

_NEVER_TEXT = frozenset((
    "head", "script", "style", "noscript", "template", "iframe", "frame", "frameset",
    "object", "embed", "applet", "svg", "math", "canvas", "audio", "video", "map", "button",
    "select", "option", "datalist", "input", "textarea",
))  # fmt: skip
_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "form", "menu", "dialog"))
_NAMED_TAGS = frozenset(("div", "dl", "header", "ol", "section", "table", "td", "tr", "ul"))
_SPEAKING_TAGS = frozenset(("address", "center", "div", "li", "p", "section", "ul"))
_FURNITURE_WORDS = frozenset((
    "nav", "navbar", "navigation", "navi", "menu", "menus", "submenu", "breadcrumb",
    "breadcrumbs", "crumb", "crumbs", "dqwz", "mbx", "mianbaoxie", "weizhi", "curpos",
    "location", "share", "sharebox", "bdshare", "bdsharebuttonbox", "jiathis", "social",
    "copyright", "footer", "foot", "header", "topbar", "toolbar", "tools", "sidebar",
    "search", "pagination", "pager", "prevnext", "related", "relate", "recommend", "qrcode",
    "ewm", "erweima", "login", "logo", "banner", "friendlink", "friendlinks", "links",
    "fontsize", "zihao", "accessibility",
))  # fmt: skip
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*")
_LARGE_SHARE = 0.2

_BUTTON = (
    r"(?>打印(?:本页|此页|文章)?|关闭(?:本页|窗口|页面)?|收藏(?:本页)?|分享(?:到)?|(?:我要)?纠错"
    r"|返回(?:顶部|首页|列表)?|复制链接|扫一扫.{0,20}|微信|微博|QQ空间|字体|字号|文字大小"
    r"|大中小|小中大|默认|特大|繁体|简体|朗读)"
)
_BETWEEN = r"[|｜【】\[\]()（）:：·、/]*+"
_SAYS_FURNITURE = re.compile(
    r"您?(?:现在|当前|目前)(?:的|所在)*位置(?:是)?[:：].*|您的位置[:：].*"
    rf"|{_BETWEEN}(?:{_BUTTON}{_BETWEEN})+"
    r"|[【\[(（]?(?:发布|更新|发文)?(?:时间|日期)[:：].*(?:来源|作者|浏览|点击|阅读|访问|字体).*"
    r"|[【\[(（]?(?:信息|文章)?来源[:：].*(?:时间|日期|浏览|点击|阅读|访问|字体).*"
    r"|[【\[]?(?:上|下)一[篇条页][】\]]?[:：].*"
    r"|.*(?:版权所有(?![者人])|ICP备(?:案)?\d|公网安备\d|网站标识码[:：]?[a-z0-9]|Copyright|©).*",
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 200
_MOST_MARKS = 4


def cut_furniture(page: HtmlElement, title: str) -> dict[Element, Measure]:
    """Remove from a page what is not its article; return the measures of what is left.

    A part with the page's own title (without white space) as its heading stays, for that stands
    above the article.
    """
    for element in list(page.iter(*_NEVER_TEXT)):
        _drop(element)
    measures = measure(page)
    whole = measures[page]
    for element, size in measures.items():
        if element is page or element.tag == "body" or not _is_minor(size, whole):
            continue
        named = _is_named_furniture(element, size) and not _is_prose(size, whole)
        if (
            _is_hidden(element)
            or _says_furniture(element, size)
            or (named and not _shows_title(element, title))
        ):
            _drop(element)
    return measure(page)


def _drop(element: Element) -> None:
    """Take an element out and leave its tail where it stood."""
    if element.getparent() is not None:
        cast("HtmlElement", element).drop_tree()


def _is_minor(size: Measure, whole: Measure) -> bool:
    return 0 < size.length <= whole.length / 2


def _is_prose(size: Measure, whole: Measure) -> bool:
    return size.marks > _LARGE_SHARE * whole.marks


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _says_furniture(element: Element, size: Measure) -> bool:
    if size.length > _LONGEST_FURNITURE or size.marks > _MOST_MARKS:
        return False
    return element.tag in _SPEAKING_TAGS and bool(_SAYS_FURNITURE.fullmatch(visible(element)))


def _is_named_furniture(element: Element, size: Measure) -> bool:
    if element.tag == "header":
        return not any(above.tag in ("article", "main") for above in element.iterancestors())
    if element.tag in _FURNITURE_TAGS:
        return True
    is_block = element.tag in _NAMED_TAGS or (element.tag == "p" and 2 * size.linked > size.length)
    return is_block and bool(words_of(element) & _FURNITURE_WORDS)


def _shows_title(element: Element, title: str) -> bool:
    headings = element.iter("h1", "h2", "h3")
    return visible(element) == title or any(is_title(heading, title) for heading in headings)


def is_title(element: Element, title: str) -> bool:
    """Return whether an element says what the page is called, or at least half of it."""
    text = visible(element)
    return bool(title) and (title in text or (text in title and 2 * len(text) >= len(title)))


def words_of(element: Element) -> frozenset[str]:
    """Return the words of an element's class, id and role: ``bdShare-box`` is bd, share, box."""
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    return frozenset(word.lower() for word in _WORD.findall(names))
