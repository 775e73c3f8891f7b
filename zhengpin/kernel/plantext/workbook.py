"""The breakdown sheet as a workbook: 任务分解, 存疑 and 来源, laid out for A4 and for reading.

Only this face needs a writer of workbooks, so it is imported where it is used.
"""
# ruff: noqa: PLC0415 see above

from __future__ import annotations

import io
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.breakdown import COLUMNS, FORMULA, UNSTATED, breakdown, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from zhengpin.kernel.plantext.model import Plan

_CELL_LIMIT = 16_000  # Excel holds 32,767 UTF-16 units; a character may take two
_CUT = "……（原文过长，此处截断，全文见来源文件）"
_WIDTHS = (6, 17, 21, 54, 18, 28, 12, 34)
_CENTRED = frozenset({0, 6})  # 序号 and 时限
_TITLE_ROW, _HEADER_ROW = 0, 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)

_SONG = {"font_name": "宋体"}
_TITLE = _SONG | {"font_size": 16, "bold": True, "align": "center", "valign": "vcenter"}
_HEADING = _SONG | {"font_size": 12, "bold": True}
_CELL = {"border": 1, "border_color": "#BFC3C9", "text_wrap": True}
_HEADER = _CELL | {
    "font_name": "黑体", "font_size": 10, "bold": True, "bg_color": "#E6EEF6",
    "align": "center", "valign": "vcenter",
}  # fmt: skip
_BODY = _CELL | _SONG | {"font_size": 10, "valign": "top"}


def write_workbook(plan: Plan) -> bytes:
    """Return ``plan`` as a workbook: 任务分解, 存疑 and 来源. Equal plans give equal bytes."""
    from xlsxwriter import Workbook

    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"author": "Zhengpin", "created": _EPOCH})
        looks = _Looks(book)
        _write_tasks(book.add_worksheet("任务分解"), plan, looks)
        _write_problems(book.add_worksheet("存疑"), plan, looks)
        _write_source(book.add_worksheet("来源"), plan, looks)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell looks; ``quoted`` also keeps what begins as a formula from becoming one."""

    plain: Format
    quoted: Format


class _Looks:
    """The looks that the sheets of one workbook share."""

    def __init__(self, book: Workbook) -> None:
        self.title = _look(book, _TITLE | {"text_wrap": True})
        self.heading = _look(book, _HEADING)
        self.header = _look(book, _HEADER)
        self.body = _look(book, _BODY)
        self.centred = _look(book, _BODY | {"align": "center"})


def _look(book: Workbook, properties: Mapping[str, object]) -> _Look:
    return _Look(
        book.add_format(properties), book.add_format({**properties, "quote_prefix": True})
    )


def _write_tasks(sheet: Worksheet, plan: Plan, looks: _Looks) -> None:
    title = plan.title or plan.notice_title or plan.source.name
    last = len(COLUMNS) - 1
    sheet.merge_range(_TITLE_ROW, 0, _TITLE_ROW, last, "", looks.title.plain)
    _write_cell(sheet, (_TITLE_ROW, 0), f"{title} 任务分解表", looks.title)
    sheet.set_row(_TITLE_ROW, 42)
    rows = [astuple(row) for row in breakdown(plan)]
    _write_table(sheet, COLUMNS, rows, _WIDTHS, looks, _CENTRED)
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(rows), last)


def _write_problems(sheet: Worksheet, plan: Plan, looks: _Looks) -> None:
    rows = [(problem.line, problem.code, problem.message) for problem in plan.problems]
    heading = f"存疑 {len(rows)} 处：请对照原文核定" if rows else "没有存疑"
    _write_cell(sheet, (_TITLE_ROW, 0), heading, looks.heading)
    _write_table(sheet, ("行", "代码", "说明"), rows, (8, 26, 100), looks)


def _write_source(sheet: Worksheet, plan: Plan, looks: _Looks) -> None:
    rows = (
        ("文件", plan.source.name),
        ("SHA-256", plan.source.sha256),
        ("标题", plan.title),
        ("文号", plan.doc_number),
        ("日期", plan.issued_on),
        ("印发机关", plan.issuer),
        ("地区", plan.region),
        ("年份", plan.year),
    )
    _write_cell(sheet, (_TITLE_ROW, 0), "来源：以下各项只取自文件本身", looks.heading)
    stated = [(name, UNSTATED if value is None else value) for name, value in rows]
    _write_table(sheet, ("项目", "内容"), stated, (16, 90), looks)


def _write_table(
    sheet: Worksheet,
    columns: Sequence[str],
    rows: Iterable[Sequence[str | int]],
    widths: Sequence[int],
    looks: _Looks,
    centred: frozenset[int] = frozenset(),
) -> None:
    """Write a table under the first row of ``sheet`` and lay the sheet out for A4 landscape."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
        _write_cell(sheet, (_HEADER_ROW, column), columns[column], looks.header)
    for number, row in enumerate(rows, start=_HEADER_ROW + 1):
        for column, value in enumerate(row):
            look = looks.centred if column in centred else looks.body
            _write_cell(sheet, (number, column), value, look)
    _lay_out(sheet)


def _lay_out(sheet: Worksheet) -> None:
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(0.5, 0.5, 0.6, 0.7)
    sheet.set_footer("&C第 &P 页 共 &N 页", {"margin": 0.35})


def _write_cell(sheet: Worksheet, place: tuple[int, int], value: str | int, look: _Look) -> None:
    """Write one cell; strings stay strings, whatever they begin with."""
    if isinstance(value, int):
        sheet.write_number(*place, value, look.plain)
        return
    text = printable(value).replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        sheet.write_blank(*place, None, look.plain)
        return
    written = text if len(text) <= _CELL_LIMIT else text[:_CELL_LIMIT] + _CUT
    sheet.write_string(*place, written, look.quoted if text.startswith(FORMULA) else look.plain)
