import csv
import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties

from tests.sites.cli.plans import assigned, full_plan, make_clause, make_item, make_plan
from zhengpin.kernel.plantext.breakdown import (
    COLUMNS,
    BreakdownRow,
    breakdown,
    parties,
    section_heading,
    write_csv,
)
from zhengpin.kernel.plantext.model import Kind, Mode, Plan, Section, Unit
from zhengpin.kernel.plantext.workbook import write_workbook

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x", "\x00=1")


def opened(plan: Plan) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(plan)))


def lines(plan: Plan) -> list[list[str]]:
    text = write_csv(plan).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def cells(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(book[sheet].iter_rows(min_row=2, values_only=True))


class TestBreakdown:
    def test_has_one_row_per_clause_in_the_order_of_the_plan(self) -> None:
        rows = breakdown(full_plan())
        assert [row.no for row in rows] == [1, 2, 3, 4, 5]
        assert [row.source.split()[0] for row in rows] == ["1.1", "1.2", "2", "17.1", "17.2"]

    def test_a_row_says_who_leads_who_takes_part_and_by_when(self) -> None:
        assert breakdown(full_plan())[1] == BreakdownRow(
            no=2,
            section="一、深化重点领域治理",
            item="（一）加强网络治理",
            task="开展“剑网2020”专项行动。",
            leads="市委宣传部",
            members="市公安局、市文化和旅游局等",
            due="2020年11月底前",
            source="1.2 市委宣传部牵头负责,市公安局、市文化和旅游局等按职责分工负责",
        )

    def test_where_units_share_by_duty_nobody_leads_and_all_take_part(self) -> None:
        row = breakdown(full_plan())[0]
        assert (row.leads, row.members) == ("", "市市场监管委、市公安局等")

    def test_an_open_list_of_leads_keeps_its_deng(self) -> None:
        row = breakdown(full_plan())[2]
        assert (row.leads, row.members) == ("市高级人民法院、市检察院等", "")

    def test_a_sole_unit_leads(self) -> None:
        assert breakdown(full_plan())[3].leads == "市公安局"

    def test_a_task_without_limit_or_unit_says_so(self) -> None:
        row = breakdown(full_plan())[4]
        assert (row.due, row.source) == ("未设定", "17.2 未写明责任单位")

    def test_blanks_inside_the_assignment_are_removed(self) -> None:
        assert breakdown(full_plan())[0].source == "1.1 市市场监管委、市公安局等按职责分工负责"

    def test_units_stand_in_full(self) -> None:
        clause = make_clause("1", "执法。", assigned("公安厅负责", Mode.SOLE, ("公安厅",)))
        unit: Unit = replace(clause.units[0], full="自治区公安厅")
        assert parties(replace(clause, units=(unit,))) == (("自治区公安厅",), ())

    @pytest.mark.parametrize(
        ("no", "title", "heading"),
        [
            (0, "", ""),
            (3, "强化保障", "三、强化保障"),
            (10, "督导", "十、督导"),
            (21, "附则", "二十一、附则"),
            (1200, "附则", "1200、附则"),
        ],
    )
    def test_chapters_are_numbered_as_plans_number_them(
        self, no: int, title: str, heading: str
    ) -> None:
        assert section_heading(no, title) == heading

    def test_an_item_before_the_first_chapter_has_no_chapter(self) -> None:
        plan = make_plan(make_item(1, "", section=0), sections=())
        assert [(row.section, row.item) for row in breakdown(plan)] == [("", "（一）")]

    def test_safeguards_are_tasks_too(self) -> None:
        plan = make_plan(make_item(4, "畅通渠道", kind=Kind.SAFEGUARD))
        assert [row.item for row in breakdown(plan)] == ["（四）畅通渠道"]


class TestWriteCsv:
    def test_begins_with_the_mark_by_which_excel_knows_utf8_and_ends_lines_its_way(self) -> None:
        data = write_csv(full_plan())
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\r\n") == data.count(b"\n") == 6

    def test_has_the_columns_and_the_rows(self) -> None:
        header, *rows = lines(full_plan())
        assert tuple(header) == COLUMNS
        assert rows[1][:4] == [
            "2",
            "一、深化重点领域治理",
            "（一）加强网络治理",
            "开展“剑网2020”专项行动。",
        ]

    @pytest.mark.parametrize("text", DANGEROUS)
    def test_no_cell_can_become_a_formula(self, text: str) -> None:
        (_, row) = lines(make_plan(make_item(1, "", make_clause("1", text))))
        assert row[3] == "'" + text.replace("\x00", "")

    def test_a_character_no_file_can_hold_is_left_out(self) -> None:
        (_, row) = lines(make_plan(make_item(1, "", make_clause("1", "查\ud800处\x07"))))
        assert row[3] == "查处"


class TestWriteWorkbook:
    def test_the_first_sheet_is_the_breakdown_under_the_title_of_the_plan(self) -> None:
        book = opened(full_plan())
        sheet = book["任务分解"]
        assert book.sheetnames == ["任务分解", "存疑", "来源"]
        assert sheet["A1"].value == "示例市2020年打击侵权假冒工作要点 任务分解表"
        assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:H1"]
        header, *rows = cells(book, "任务分解")
        assert header == COLUMNS
        assert rows[3] == (
            4,
            "二、强化保障",
            "（十七）加强督导",
            "强化督导检查。",
            "市公安局",
            None,
            "未设定",
            "17.1 市公安局负责",
        )

    @pytest.mark.parametrize("name", ["任务分解", "存疑", "来源"])
    def test_prints_on_a4_landscape_with_its_header_on_every_page(self, name: str) -> None:
        sheet = opened(full_plan())[name]
        assert sheet.freeze_panes == "A3"
        assert sheet.print_title_rows == "$2:$2"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        # One page wide is what the format means where it says nothing.
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr == PageSetupProperties(fitToPage=True)
        assert sheet.HeaderFooter.oddFooter.center.text == "第 &P 页 共 &N 页"
        assert sheet.page_margins.left == 0.5

    def test_wraps_its_text_at_the_top_inside_thin_borders(self) -> None:
        sheet = opened(full_plan())["任务分解"]
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.alignment.wrap_text
                assert cell.border.left.style == cell.border.bottom.style == "thin"
        assert sheet["D4"].alignment.vertical == "top"
        assert sheet["D2"].fill.fgColor.rgb == "FFE6EEF6"

    def test_can_be_filtered_down_to_its_last_row(self) -> None:
        assert opened(full_plan())["任务分解"].auto_filter.ref == "A2:H7"

    def test_lists_what_is_in_doubt_with_its_line(self) -> None:
        header, first, _ = cells(opened(full_plan()), "存疑")
        assert header == ("行", "代码", "说明")
        assert first == (12, "misprint", "“市市委网信办”疑为“市委网信办”,已按后者处理。")

    def test_a_plan_without_doubts_says_so(self) -> None:
        assert opened(make_plan())["存疑"]["A1"].value == "没有存疑"

    def test_says_where_it_comes_from_and_what_the_source_does_not_say(self) -> None:
        _, *facts = cells(opened(full_plan()), "来源")
        assert facts == [
            ("文件", "plan.txt"),
            ("SHA-256", "0" * 64),
            ("标题", "示例市2020年打击侵权假冒工作要点"),
            ("文号", "示打假发〔2020〕1号"),
            ("日期", "2020-07-16"),
            ("印发机关", "未写明"),
            ("地区", "示例市"),
            ("年份", 2020),
        ]

    @pytest.mark.parametrize("text", [*DANGEROUS, "#N/A"])
    def test_no_cell_can_become_a_formula_or_an_error(self, text: str) -> None:
        plan = make_plan(make_item(1, text, make_clause("1", text)), title=text)
        book = opened(plan)
        for sheet in book:
            for row in sheet.iter_rows():
                assert {cell.data_type for cell in row} <= {"inlineStr", "s", "n"}
        cell = book["任务分解"]["D3"]
        assert (cell.value or "").lstrip("\t\r\n") == text.replace("\x00", "").lstrip("\t\r\n")
        assert cell.quotePrefix == (text != "#N/A")

    def test_a_character_excel_refuses_is_left_out(self) -> None:
        text = "查\x0b处\ud800\ufffe。"
        assert opened(make_plan(make_item(1, "", make_clause("1", text))))["任务分解"][
            "D3"
        ].value == ("查处。")

    def test_a_text_longer_than_a_cell_says_that_it_was_cut(self) -> None:
        plan = make_plan(make_item(1, "", make_clause("1", "查" * 40_000)))
        value = str(opened(plan)["任务分解"]["D3"].value)
        assert len(value) < 32_767
        assert value.endswith("……（原文过长，此处截断，全文见来源文件）")

    def test_a_plan_without_clauses_still_opens(self) -> None:
        book = opened(replace(full_plan(), items=()))
        assert book["任务分解"].auto_filter.ref == "A2:H2"

    def test_a_plan_without_title_is_called_by_its_file(self) -> None:
        assert opened(make_plan(title=None))["任务分解"]["A1"].value == "plan.txt 任务分解表"

    def test_equal_plans_give_equal_bytes(self) -> None:
        assert write_workbook(full_plan()) == write_workbook(full_plan())

    def test_a_chapter_is_found_by_its_number(self) -> None:
        plan = make_plan(make_item(1, "", section=2), sections=(Section(2, "督导", (0, 1)),))
        assert cells(opened(plan), "任务分解")[1][1] == "二、督导"
