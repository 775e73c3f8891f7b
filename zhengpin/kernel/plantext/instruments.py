"""The instruments (依据文件) a plan cites: where it cites which, and what makes two the same.

Invariant: a key never leaves out what tells two instruments apart; two printed spellings of one
title or number have one key, and nothing is merged because it is merely alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpin.kernel.organizations import is_unit_like
from zhengpin.kernel.plantext.heading import NUMBER
from zhengpin.kernel.plantext.layout import lay_out
from zhengpin.kernel.plantext.model import Instrument
from zhengpin.kernel.text.folding import simplify
from zhengpin.kernel.text.patterns import one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhengpin.kernel.plantext.layout import Page
    from zhengpin.kernel.plantext.model import Span

Place = tuple[int, int]

_BOOK = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]{1,80}》){2,120})》")
_NUMBER = re.compile(rf"(?P<number>{NUMBER})")
_NUMBER_AFTER = re.compile(rf"(?:\(|(?![和及与等以按]))(?P<number>{NUMBER})")
# Words that stand before a number in a sentence and are none of its own.
_BEFORE_NUMBER = re.compile(
    one_of("贯彻 落实 按照 根据 依据 依照 遵照 参照 执行 结合 印发 转发 学习 对照 详见 为 的")
    + r"(?=[^〔\[(【]{2})"
)
_AND = re.compile(r"(?:以?及|[和与])(?=.{2})")
_SHORT_FOR = re.compile(r"[,;()]*(?:以下|下文)?(?:简称|统称)为?[“\"]?《(?P<title>[^《》]{2,40})》")

_QUOTES = re.compile(r"[《》〈〉<>«»‹›“”\"‘’'「」『』]")
_BRACKETS = str.maketrans("〔〕[]【】{}", "()()()()")
_YEARS = re.compile(r"((?:19|20)[0-9]{2})年?[-—~至到]+((?:19|20)[0-9]{2})年?")
_EDITION = re.compile(
    rf"\((?:(?:19|20)[0-9]{{2}}年?)?(?:第[一二三四五六七八九十]+次)?{one_of('修正 修订 修改')}"
    r"(?:版|本)?\)\Z|\((?:19|20)[0-9]{2}年?版\)\Z"
)
_OF_THE_REPUBLIC = re.compile(
    rf"中华人民共和国(?=[^与和同]+{one_of('法 法典 条例 办法 规定 细则')}(?:\((?:试行|暂行)\))?\Z)"
)
_ISSUED_BY = re.compile(r"(?P<issuer>[^()《》“”]{3,40}?)关于")
_ONLY_A_KIND = re.compile(
    r"(?:本|该|实施|若干|工作|暂行|总体|指导|专项|行动)*"
    + one_of("意见 办法 规定 通知 方案 要点 计划 纲要 条例 规划 细则 决定 通报 指南 标准 协议")
    + r"\Z"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where a text cites an instrument, by title, by number or by both, as printed.

    ``span`` counts characters of the source, the brackets of the title included.
    """

    title: str | None
    number: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class _Found:
    """The compact ranges of a title and its number; ``own``: the plan names itself."""

    title: Place | None
    number: Place | None
    own: bool = False


def instruments_in(page: Page, own: set[str]) -> list[Instrument]:
    """Return the instruments a page cites, each once.

    ``own``: the folded titles and the number by which the plan names itself.
    """
    cited = [one for one in _found_in(page, own) if not one.own]
    named: dict[str, Instrument] = {}
    for one in cited:
        if one.title is None:
            continue
        title, number = page.text[slice(*one.title)], _printed(page, one.number)
        if title not in named or (named[title].number is None and number):
            named[title] = Instrument(page.printed(*one.title), number)
    numbers = {instrument.number for instrument in named.values()}
    alone: dict[str, Instrument] = {}
    for one in cited:
        printed = _printed(page, one.number)
        if one.title is None and one.number and printed not in numbers:
            alone.setdefault(page.text[slice(*one.number)], Instrument(None, printed))
    return [*named.values(), *alone.values()]


def citations_of(text: str, own: Iterable[str] = ()) -> list[Citation]:
    """Return every place where a plan's source text cites an instrument, in order.

    ``own``: the title and number of the plan itself, which it does not cite. A short name that the
    text declares (以下简称《意见》) stands for the title it was declared for.
    """
    page = lay_out(text)
    found = list(_found_in(page, {simplify(one) for one in own if one}))
    short = _short_names(page, found)
    cited = []
    for one in found:
        if one.own:
            continue
        meant = short.get(page.text[slice(*one.title)], one) if one.title else one
        if meant.own:
            continue
        number = one.number or meant.number
        cited.append(
            Citation(_printed(page, meant.title), _printed(page, number), _span(page, one))
        )
    return sorted(cited, key=lambda one: one.span)


def title_key(title: str) -> str:
    """Return what two printed spellings of a title have in common.

    Script, width, blanks, quotes and nested book marks, kinds of brackets, how a span of years is
    written, the edition at the end (2019年修正) and the 中华人民共和国 before the name of a law.
    """
    text = _QUOTES.sub("", simplify(title)).translate(_BRACKETS).casefold()
    text = _EDITION.sub("", _YEARS.sub(r"\1-\2", text))
    return _OF_THE_REPUBLIC.sub("", text)


def number_key(number: str) -> str:
    """Return what two printed spellings of a number have in common."""
    return simplify(number).translate(_BRACKETS).replace(")第", ")").casefold()


def is_only_a_kind(title: str) -> bool:
    """Tell whether a title says a kind and nothing else (《意见》): another text means another."""
    return bool(_ONLY_A_KIND.match(title_key(title)))


def issuer_in(title: str) -> str:
    """Return the body that a title itself says it is of (国务院关于…的意见), or ""."""
    match = _ISSUED_BY.match(simplify(title))
    return match["issuer"] if match and is_unit_like(match["issuer"]) else ""


def _found_in(page: Page, own: set[str]) -> Iterator[_Found]:
    """Yield the titles in order, then the numbers that stand without one."""
    text = page.text
    taken: set[int] = set()
    for book in _BOOK.finditer(text):
        number = _NUMBER_AFTER.match(text, book.end())
        if number:
            taken.add(number.start("number"))
        place = number.span("number") if number else None
        yield _Found(book.span("title"), place, book["title"] in own)
    for match in _NUMBER.finditer(text):
        start, end = match.span("number")
        if start in taken:
            continue
        start = _begin_of_number(page, start, end)
        words = text[start:end]
        is_own = any(words.endswith(name) or name.endswith(words) for name in own)
        yield _Found(None, (start, end), is_own)


def _begin_of_number(page: Page, start: int, end: int) -> int:
    """Return where a number begins, behind the words of the sentence before it."""
    text = page.text
    paragraph = bisect_right(page.paragraphs, end - 1) - 1
    start = max(start, page.paragraphs[paragraph] if paragraph >= 0 else 0)
    follows = start > 0 and text[start - 1] in "号》)"
    joined = _AND.match(text, start, end) if follows else None
    start = joined.end() if joined else start
    return max((one.end() for one in _BEFORE_NUMBER.finditer(text, start, end)), default=start)


def _short_names(page: Page, found: Iterable[_Found]) -> dict[str, _Found]:
    """Return what each declared short name stands for: the instrument named just before it."""
    short = {}
    for one in found:
        if one.title is None:
            continue
        end = max(one.title[1] + 1, one.number[1] if one.number else 0)
        declared = _SHORT_FOR.match(page.text, end)
        if declared:
            short[declared["title"]] = one
    return short


def _printed(page: Page, place: Place | None) -> str | None:
    return page.printed(*place) if place else None


def _span(page: Page, one: _Found) -> Span:
    if one.title:
        return page.span(one.title[0] - 1, one.title[1] + 1)
    start, end = one.number or (0, 0)
    return page.span(start, end)
