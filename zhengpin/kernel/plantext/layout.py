"""What lies on the page: lines, what is not the plan's own text, and which lines belong together.

Invariant: a ``Page`` keeps every printed character of the source, either in its compact text or in
a line that is set aside with its reason.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from zhengpin.kernel.organizations import is_unit_like
from zhengpin.kernel.plantext.markers import Marker, read_marker
from zhengpin.kernel.plantext.model import PieceKind, Problem, Span
from zhengpin.kernel.plantext.wording import DUE_LABEL, DUE_ONLY, LABEL
from zhengpin.kernel.text import Folded, fold

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

_PAGE_NUMBER = re.compile(
    r"[-—·.~\s]*(?:第?\d{1,3}页?|第\d{1,3}页[,/]?共\d{1,3}页|\d{1,3}/\d{1,3})[-—·.~\s]*\Z"
)
_WEB_HEAD = re.compile(
    r"(?:当前位置|您(?:现在|当前)?的?(?:所在)?位置|首页[>»/]|字(?:体|号)[:大\[]|分享(?:到)?[:到]|浏览(?:次数|量)|点击(?:数|量|次数)"
    r"|访问量|阅读(?:次数|量)|(?:文章|信息)?来源[:]|发布(?:时间|日期|人|机构)|打印本页|【打印|【字体|\[字体|索引号|主题分类|无障碍)"
)
_WEB_TAIL = re.compile(
    r"[\[【(|]*(?:版权(?:所有|与免责|声明)|免责声明|网站(?:地图|声明|标识码)|技术支持[:]|(?:主办|承办)(?:单位)?:.*(?:技术支持|备案|网站)|电脑版|手机版|联系我们[|\s]|.{0,12}ICP备|.{0,8}公网安备"
    r"|建议使用|上一篇|下一篇|打印本页|关闭(?:窗口|本页)|扫一扫|分享到|相关(?:链接|附件|文件|阅读|新闻|稿件)|Copyright|©|友情链接|返回(?:顶部|首页))",
    re.IGNORECASE,
)

_CONTENTS = re.compile(
    r".{2,50}?(?:\.{4,}|…{2,}|·{4,})[0-9]{1,3}\Z"
)  # a line of a table of contents
_ANNEX = re.compile(r"附件?[:](?!.*。)")
_ENDS = frozenset("。!?;:…")
_LABEL_LINE = re.compile(
    r"[(【\[]?(?:牵头|责任|主办|主责|承办|负责|实施|落实|配合|协办|协助|协同|参加|参与|支持|完成|办结|时限|整改|主要|共同|工作|任务|具体|重点)"
    r"[^:。,;]{0,8}[:】]"
)
_GAZETTE = re.compile(r"公报|政报|简报|第?[0-9]+期")
_NAME_SIGN = re.compile(r"[、,;:。]")
_RULE = re.compile(r"[-—=_+|:*]{3,}\Z")  # drawn between paragraphs or below a table header
# A run of equal lines shorter than this, and than two fifths of the text, is no second copy.
_SHORTEST_REPEAT = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: its span, its compact text and the offsets of its characters."""

    number: int
    start: int
    end: int
    text: str
    offsets: array[int]
    cells: int


@dataclass(slots=True)
class Page:
    """The plan's own text without blanks, with the places where lines and paragraphs begin."""

    source: Folded
    text: str
    at: array[int]
    lines: list[Line]
    starts: list[int]
    paragraphs: list[int]
    set_aside: list[tuple[PieceKind, Line]]
    problems: list[Problem]
    line_starts: list[int]
    markers: list[Marker] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """Return the source span of the compact range ``[start, end)``."""
        if start >= end:
            place = self.at[start] if start < len(self.at) else len(self.source.source)
            return place, place
        return self.at[start], self.at[end - 1] + 1

    def printed(self, start: int, end: int) -> str:
        """Return the compact range as the source writes it, without blanks."""
        source = self.source.source
        return "".join([source[offset] for offset in self.at[start:end]])

    @property
    def table_ranges(self) -> list[tuple[int, int]]:
        """The compact ranges of the lines that are table rows."""
        return [
            (start, start + len(line.text))
            for line, start in zip(self.lines, self.starts, strict=True)
            if line.cells
        ]

    def line_at(self, place: int) -> int:
        """Return the 1-based source line of a compact place."""
        if not self.lines:
            return 1
        return self.lines[max(bisect_right(self.starts, place) - 1, 0)].number

    def source_line(self, offset: int) -> int:
        """Return the 1-based line of a source offset."""
        return bisect_right(self.line_starts, offset)

    def paragraph_end(self, place: int) -> int:
        """Return where the paragraph that holds ``place`` ends."""
        index = bisect_right(self.paragraphs, place)
        return self.paragraphs[index] if index < len(self.paragraphs) else len(self.text)

    def begins_paragraph(self, place: int) -> bool:
        """Tell whether a paragraph begins at ``place``."""
        index = bisect_right(self.paragraphs, place) - 1
        return index >= 0 and self.paragraphs[index] == place


def lay_out(source: str) -> Page:
    """Return the page of ``source``: second copies and page furniture set aside, lines joined."""
    folded = fold(source)
    lines = _lines(folded)
    problems: list[Problem] = []
    aside = _furniture(lines)
    aside.update(_second_copy([line for line in lines if line.number not in aside], problems))
    kept = [line for line in lines if line.number not in aside and line.text]
    at: array[int] = array("L")
    starts: list[int] = []
    for line in kept:
        starts.append(len(at))
        at.extend(line.offsets)
    page = Page(
        source=folded,
        text="".join(line.text for line in kept),
        at=at,
        lines=kept,
        starts=starts,
        paragraphs=[],
        set_aside=[(aside[line.number], line) for line in lines if line.number in aside],
        problems=problems,
        line_starts=[line.start for line in lines],
    )
    _find_paragraphs(page)
    return page


def _lines(folded: Folded) -> list[Line]:
    lines: list[Line] = []
    start = 0
    for number, stop in enumerate(
        [*(match.span() for match in _LINE_END.finditer(folded.full)), (len(folded.full), -1)], 1
    ):
        text, offsets = folded.compact(start, stop[0])
        cells = _cell_count(folded.full[start : stop[0]]) if text else 0
        lines.append(Line(number, start, stop[0], text, offsets, cells))
        start = stop[1]
    return _with_group_rows(lines)


def _with_group_rows(lines: list[Line]) -> list[Line]:
    """Take a short line between two table rows for a row of one cell, as merged cells are read."""
    printed = [line for line in lines if line.text]
    groups = {
        line.number
        for before, line, after in zip(printed, printed[1:], printed[2:], strict=False)
        if before.cells and after.cells and not line.cells and len(line.text) <= 40
    }
    return [replace(line, cells=1) if line.number in groups else line for line in lines]


def _cell_count(line: str) -> int:
    """Return how many cell borders a table row has, 0 for a line that is not one."""
    bare = line.strip()
    if "\t" in bare:
        return 0 if _is_tabbed_text(bare) else line.count("\t")
    return bare.count("|") if bare.startswith("|") and bare.endswith("|") and len(bare) > 2 else 0


def _is_tabbed_text(line: str) -> bool:
    """Tell whether the one TAB of a line parts no cells: 1.→对…, 责任单位：→市公安局."""
    before, _, after = line.partition("\t")
    if "\t" in after.strip():
        return False
    marker = read_marker(before, 0, 0)
    return before.rstrip().endswith(":") or (marker is not None and marker.end == len(before))


def _furniture(lines: list[Line]) -> dict[int, PieceKind]:
    """Return the numbers of the lines that are page or web furniture."""
    printed = [line for line in lines if line.text]
    found = {
        line.number: PieceKind.FURNITURE
        for line in printed
        if _RULE.match(line.text)
        or (not line.cells and (_PAGE_NUMBER.match(line.text) or _CONTENTS.match(line.text)))
    }
    found.update(_running_heads(printed, found))
    marked = [index for index, line in enumerate(printed) if _begins_structure(line)]
    first, last = (marked[0], marked[-1]) if marked else (len(printed), len(printed))
    for line in printed[:first]:
        if _WEB_HEAD.match(line.text):
            found[line.number] = PieceKind.FURNITURE
    for index in range(last + 1, len(printed)):
        if _WEB_TAIL.match(printed[index].text):
            found.update((line.number, PieceKind.FURNITURE) for line in printed[index:])
            break
    return found


def _running_heads(printed: list[Line], numbers: dict[int, PieceKind]) -> dict[int, PieceKind]:
    """Return the lines that a print repeats at its page breaks, beside the page numbers.

    The first stays, as it may be the title itself, unless it is the head of a gazette.
    """
    pages = [index for index, line in enumerate(printed) if line.number in numbers]
    beside = {printed[at].text for index in pages for at in (index - 1, index + 1)
              if 0 <= at < len(printed)}  # fmt: skip
    found: dict[int, PieceKind] = {}
    for text in beside:
        same = [line.number for line in printed if line.text == text]
        if 4 <= len(text) <= 50 and len(same) > 1 and text[-1] not in _ENDS:
            kept = same if _GAZETTE.search(text) else same[1:]
            found.update(dict.fromkeys(kept, PieceKind.FURNITURE))
    return found


def _begins_structure(line: Line) -> bool:
    return read_marker(line.text, 0, line.number) is not None


def _second_copy(lines: list[Line], problems: list[Problem]) -> dict[int, PieceKind]:
    """Return the lines of a body that was pasted again, and report it."""
    printed = [line for line in lines if line.text]
    first: dict[str, int] = {}
    copies: dict[int, PieceKind] = {}
    whole = sum(len(line.text) for line in printed)
    index = 0
    while index < len(printed):
        text = printed[index].text
        origin = first.get(text) if len(text) >= 20 else None
        if origin is None:
            first.setdefault(text, index)
            index += 1
            continue
        begin, end = _run(printed, origin, index)
        length = sum(len(line.text) for line in printed[begin:end])
        if length >= min(_SHORTEST_REPEAT, whole * 2 // 5):
            copies.update((line.number, PieceKind.DUPLICATE) for line in printed[begin:end])
            where = f"第{printed[begin].number}行至第{printed[end - 1].number}行"
            message = f"{where}与前文逐字相同，只采用一次。"
            problems.append(Problem("duplicate-body", printed[begin].number, message))
        index = max(end, index + 1)
    return copies


def _run(printed: list[Line], origin: int, copy: int) -> tuple[int, int]:
    begin, back = copy, origin
    while back > 0 and begin - 1 > origin and printed[back - 1].text == printed[begin - 1].text:
        begin, back = begin - 1, back - 1
    end, forward = copy, origin
    while end < len(printed) and forward < begin and printed[forward].text == printed[end].text:
        end, forward = end + 1, forward + 1
    return begin, end


def _find_paragraphs(page: Page) -> None:
    """Find where paragraphs begin: at a marker, a label or after a line that has ended."""
    width = _wrap_width(page.lines)
    before: Line | None = None
    in_annex = False
    label: Line | None = None
    for line, start in zip(page.lines, page.starts, strict=True):
        marker = None
        in_annex = _ANNEX.match(line.text) is not None or (in_annex and _is_annex(line))
        if not line.cells and not in_annex:
            marker = read_marker(page.source.full[line.start : line.end], start, line.number)
        if marker is not None:
            page.markers.append(marker)
        if before is None or marker is not None or not _goes_on(before, line, width, label):
            page.paragraphs.append(start)
            label = line if LABEL.match(line.text) or DUE_LABEL.match(line.text) else None
        before = line


def _is_annex(line: Line) -> bool:
    """Tell whether a line goes on with the list under 附件：."""
    return re.match(r"[0-9]{1,2}[.、]", line.text) is not None and "。" not in line.text


def _wrap_width(lines: list[Line]) -> int | None:
    """Return the width at which a text with hard line ends was wrapped, or None."""
    lengths = sorted(len(line.text) for line in lines if not line.cells)
    if len(lengths) < 8 or lengths[-1] > 60:
        return None
    width = lengths[-max(len(lengths) // 20, 1)]
    full = sum(1 for length in lengths if width - 4 <= length <= width + 2)
    return width if full >= 0.4 * len(lengths) and width >= 10 else None


def _goes_on(before: Line, line: Line, width: int | None, label: Line | None) -> bool:
    """Tell whether ``line`` is the rest of the paragraph that ``before`` belongs to.

    ``label``: the line with 责任单位： that this paragraph begins with.
    """
    if before.cells or line.cells or _LABEL_LINE.match(line.text):
        return False
    if before.text[-1] in "、," or (label is not None and before.text[-1] == ":"):
        return True
    ended = before.text[-1] in _ENDS or _is_closed(before.text)
    if ended or (label is not None and _ends_value(label, before, line)):
        return False
    if width is not None:
        return len(before.text) >= width - 4
    return not _is_heading(before) and len(before.text) > 12


def _ends_value(label: Line, before: Line, line: Line) -> bool:
    """Tell whether the value of a label is complete and ``line`` begins the work itself."""
    due = DUE_LABEL.match(label.text)
    if due:
        return DUE_ONLY.match(label.text[due.end() :] + line.text) is None
    last, first = _NAME_SIGN.split(before.text)[-1], _NAME_SIGN.split(line.text)[0]
    return (is_unit_like(last) or "等" in last) and bool(first) and not is_unit_like(first)


def _is_closed(text: str) -> bool:
    """Tell whether a line ends with an assignment in brackets."""
    if text[-1] not in ")】〕":
        return False
    return re.search(r"(?:负责|牵头|配合|落实|实施|参加|协办|协助)[)】]\Z", text) is not None or (
        re.search(r"(?:单位|部门):[^)】]*[)】]\Z", text) is not None
    )


def _is_heading(line: Line) -> bool:
    marker = read_marker(line.text, 0, line.number)
    return marker is not None and len(line.text) <= 45 and "。" not in line.text
