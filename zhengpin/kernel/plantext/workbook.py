"""The breakdown sheet as a workbook: 任务分解, 存疑 and 来源, laid out for A4 and for reading.

openpyxl is slow to load and only this face needs it, so it is imported where it is used.
"""
# ruff: noqa: PLC0415 see above

from __future__ import annotations

import io
from copy import copy
from dataclasses import astuple
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zhengpin.kernel.plantext.breakdown import COLUMNS, FORMULA, UNSTATED, breakdown, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from zhengpin.kernel.plantext.model import Plan

_CELL_LIMIT = 16_000  # Excel holds 32,767 UTF-16 units; a character may take two
_CUT = "……（原文过长，此处截断，全文见来源文件）"
_WIDTHS = (6, 17, 21, 54, 18, 28, 12, 34)
_SERIAL, _DUE = 1, 7
_HEADER_ROW = 2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write_workbook(plan: Plan) -> bytes:
    """Return ``plan`` as a workbook: 任务分解, 存疑 and 来源. Equal plans give equal bytes."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "Zhengpin"
    book.properties.created = book.properties.modified = _EPOCH
    first = book.active
    if first is not None:
        book.remove(first)
    _write_tasks(book.create_sheet("任务分解"), plan)
    _write_problems(book.create_sheet("存疑"), plan)
    _write_source(book.create_sheet("来源"), plan)
    return _packed(book)


def _write_tasks(sheet: Worksheet, plan: Plan) -> None:
    from openpyxl.styles import Alignment, Font

    title = plan.title or plan.notice_title or plan.source.name
    _write_row(sheet, 1, (f"{title} 任务分解表",))
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(COLUMNS))
    sheet.row_dimensions[1].height = 42
    rows = [astuple(row) for row in breakdown(plan)]
    _write_table(sheet, COLUMNS, rows, _WIDTHS)
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:H{_HEADER_ROW + len(rows)}"
    sheet["A1"].font = Font(name="宋体", size=16, bold=True)
    sheet["A1"].alignment = Alignment("center", "center", wrap_text=True)
    centred = Alignment("center", "top", wrap_text=True)
    for column in (_SERIAL, _DUE):
        cells = (cell for (cell,) in sheet.iter_rows(_HEADER_ROW + 1, None, column, column))
        _dress(cells, alignment=centred)


def _write_problems(sheet: Worksheet, plan: Plan) -> None:
    rows = [(problem.line, problem.code, problem.message) for problem in plan.problems]
    heading = f"存疑 {len(rows)} 处：请对照原文核定" if rows else "没有存疑"
    _write_row(sheet, 1, (heading,))
    _write_table(sheet, ("行", "代码", "说明"), rows, (8, 26, 100))


def _write_source(sheet: Worksheet, plan: Plan) -> None:
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
    _write_row(sheet, 1, ("来源：以下各项只取自文件本身",))
    stated = [(name, UNSTATED if value is None else value) for name, value in rows]
    _write_table(sheet, ("项目", "内容"), stated, (16, 90))


def _write_table(
    sheet: Worksheet,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | int]],
    widths: Sequence[int],
) -> None:
    """Write a table under the first row of ``sheet`` and lay the sheet out for A4 landscape."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    for number, row in enumerate((columns, *rows), start=_HEADER_ROW):
        _write_row(sheet, number, row)
    line = Side(style="thin", color="BFC3C9")
    border = Border(left=line, right=line, top=line, bottom=line)
    body = Font(name="宋体", size=10)
    top = Alignment(vertical="top", wrap_text=True)
    cells = (cell for row in sheet.iter_rows(_HEADER_ROW) for cell in row)
    _dress(cells, border=border, font=body, alignment=top)
    _dress(
        sheet[_HEADER_ROW],
        font=Font(name="黑体", size=10, bold=True),
        fill=PatternFill("solid", fgColor="E6EEF6"),
        alignment=Alignment("center", "center", wrap_text=True),
    )
    sheet["A1"].font = Font(name="宋体", size=12, bold=True)
    for position, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    _lay_out(sheet)


def _dress(cells: Iterable[Any], **look: object) -> None:
    """Give cells that look alike one more thing in common.

    Only the first is set attribute by attribute, which takes openpyxl long; the others take its
    style over. Whether a cell is quoted stays its own.
    """
    first = None
    for cell in cells:
        is_quoted = cell.quotePrefix
        if first is None:
            first = cell
            for name, value in look.items():
                setattr(cell, name, value)
        else:
            cell._style = copy(first._style)
        cell.quotePrefix = is_quoted


def _lay_out(sheet: Worksheet) -> None:
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.35
    footer = HeaderFooterItem()
    footer.center.text = "第 &P 页 共 &N 页"
    sheet.HeaderFooter.oddFooter = footer


def _write_row(sheet: Worksheet, row: int, values: Sequence[str | int]) -> None:
    """Write one row; strings stay strings, whatever they begin with."""
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        if isinstance(value, int):
            cell.value = value
            continue
        text = printable(value)
        cell.value = text if len(text) <= _CELL_LIMIT else text[:_CELL_LIMIT] + _CUT
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA)


def _packed(book: Workbook) -> bytes:
    """Return the file of ``book`` without the hour it was made."""
    from openpyxl.writer.excel import ExcelWriter

    made, packed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, ZipFile(made, "w")).save()
    with ZipFile(made) as parts, ZipFile(packed, "w") as archive:
        for name in parts.namelist():
            archive.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()
