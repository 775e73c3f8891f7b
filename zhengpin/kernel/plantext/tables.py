"""Breakdown tables (任务分解表): rows whose columns name the task, its units and its time limit.

A table reaches the compiler as lines of cells parted by TAB (or by | in plain text).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.markers import read_marker
from zhengpin.kernel.text.numerals import parse_numeral
from zhengpin.kernel.text.patterns import one_of

if TYPE_CHECKING:
    from zhengpin.kernel.plantext.layout import Line, Page

_BODY = rf"{one_of('单位 部门 处室 主体 分工')}(?:\(.*\))?"
_TAKES_PART = one_of("配合 参加 参与 协办 协助 协同 成员 会办 支持")
_HEADERS = {
    "no": one_of("序号 编号 项目号 序"),
    "group": one_of(
        "类别 分类 领域 工作领域 工作类别 项目类别 板块 工作板块 方面 重点领域 一级任务 任务类别"
    ),
    "heading": one_of(
        "任务名称 项目名称 事项 事项名称 项目 工作项目 工作事项 重点工作 任务事项 二级任务"
    ),
    "task": (
        rf"[^,;]{{0,6}}{one_of('任务 内容 措施 举措 要点 事项 任务要求 工作要求')}"
        rf"(?:[及和、]?(?:具体|主要|工作)*{one_of('内容 要求 目标 措施 任务 举措')})?"
    ),
    "lead": rf"{one_of('牵头 主办 主责 主管 牵头责任 牵头负责')}(?:责任)?{_BODY}",
    "act": rf"{one_of('责任 承办 实施 落实 负责 执行 承担')}{_BODY}",
    "member": rf"{_TAKES_PART}(?:责任)?{_BODY}",
    # A second column of units that take part: 配合单位, 参与单位.
    "other": rf"{_TAKES_PART}(?:责任)?{_BODY}",
    "due": (
        rf"{one_of('完成 办结 整改 时间 进度 推进 落实 工作')}?"
        rf"{one_of('时限 时间 期限 节点 进度 安排 要求 时间节点 进度安排 时限要求 时间要求')}"
    ),
}
_PATTERNS = {kind: re.compile(rf"{words}\Z") for kind, words in _HEADERS.items()}
_UNITS = ("lead", "act", "member")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells as compact ranges by column, and the group row it stands under."""

    cells: dict[str, tuple[int, int]]
    number: int | None
    group: tuple[int, int] | None
    start: int
    end: int


def read_tables(page: Page) -> list[Row]:
    """Return the rows of every table whose header names a task and a unit column."""
    rows: list[Row] = []
    columns: dict[int, str] = {}
    group: tuple[int, int] | None = None
    width = 0
    for line in page.lines:
        if not line.cells:
            columns, group = {}, None
            continue
        cells = _cells(page, line)
        header = _columns(page, cells)
        if header:
            columns, width = header, len(cells)
        elif columns and _is_group(cells):
            group = next(cell for cell in cells if cell[0] < cell[1])
        elif columns and len(cells) >= width - 1:
            row = _row(page, cells, columns, group)
            if row is not None:
                rows.append(row)
    return rows


def _cells(page: Page, line: Line) -> list[tuple[int, int]]:
    """Return the compact range of each cell of a line."""
    full = page.source.full
    sign = "\t" if "\t" in full[line.start : line.end] else "|"
    start, end = line.start, line.end
    if sign == "|" and full.count("|", start, end) > 1:
        start, end = full.index("|", start) + 1, full.rindex("|", start, end)
    cells: list[tuple[int, int]] = []
    while start <= end:
        stop = full.find(sign, start, end)
        stop = end if stop < 0 else stop
        cells.append((bisect_left(page.at, start), bisect_left(page.at, stop)))
        start = stop + 1
    return cells


def _columns(page: Page, cells: list[tuple[int, int]]) -> dict[int, str]:
    """Return which column is what, or nothing where the line is not a header."""
    found: dict[int, str] = {}
    for index, (start, end) in enumerate(cells):
        words = page.text[start:end]
        if "task" in found.values() and _PATTERNS["task"].match(words):
            # Of two columns of text the first heads the second: 重点任务, 具体举措.
            found = {at: "heading" if kind == "task" else kind for at, kind in found.items()}
        kind = next(
            (
                name
                for name, pattern in _PATTERNS.items()
                if pattern.match(words) and name not in found.values()
            ),
            None,
        )
        if kind:
            found[index] = kind
    kinds = set(found.values())
    if "task" not in kinds and "heading" in kinds:
        found = {index: "task" if kind == "heading" else kind for index, kind in found.items()}
        kinds = set(found.values())
    return found if "task" in kinds and kinds & set(_UNITS) else {}


def _is_group(cells: list[tuple[int, int]]) -> bool:
    return sum(start < end for start, end in cells) == 1


def _row(
    page: Page,
    cells: list[tuple[int, int]],
    columns: dict[int, str],
    group: tuple[int, int] | None,
) -> Row | None:
    by_kind = {
        kind: cells[index]
        for index, kind in columns.items()
        if index < len(cells) and cells[index][0] < cells[index][1]
    }
    if "task" not in by_kind and "heading" in by_kind:
        by_kind["task"] = by_kind.pop("heading")
    if "task" not in by_kind:
        return None
    number = None
    if "no" in by_kind:
        words = page.text[slice(*by_kind["no"])].strip("()、.")
        number = parse_numeral(words)
    start, end = by_kind["task"]
    marker = read_marker(page.text[start:end], start, 0)
    if marker is not None and marker.end < end:
        by_kind["task"] = (marker.end, end)
        number = marker.number if number is None else number
    return Row(by_kind, number, by_kind.get("group", group), cells[0][0], cells[-1][1])
