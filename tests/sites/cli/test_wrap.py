import pytest
from rich.cells import cell_len

from zhengpin.sites.cli.wrap import clip, wrap, wrap_list

UNITS = ["市市场监管委", "市公安局", "市商务局", "市文化和旅游局"]


class TestWrap:
    @pytest.mark.parametrize("width", [2, 7, 20, 33])
    def test_no_line_is_wider_than_the_column_and_nothing_is_lost(self, width: int) -> None:
        text = "开展“清风”“龙腾”行动,加强IP地址、域名等基础管理（2020年12月底前完成）。"
        lines = wrap(text, width)
        assert "".join(lines) == text
        assert max(map(cell_len, lines)) <= width

    def test_a_chinese_character_takes_two_cells(self) -> None:
        assert wrap("打击侵权假冒", 6) == ["打击侵", "权假冒"]

    def test_no_line_begins_with_a_comma(self) -> None:
        assert wrap("打击侵权,保护", 8) == ["打击侵", "权,保护"]

    def test_no_line_ends_with_an_opening_quotation_mark(self) -> None:
        assert wrap("专项行动“剑网”", 9) == ["专项行动", "“剑网”"]

    def test_a_year_stays_whole(self) -> None:
        assert wrap("开展剑网2020行动", 10) == ["开展剑网", "2020行动"]

    def test_a_date_breaks_between_year_and_month(self) -> None:
        assert wrap("2020年11月底前", 9) == ["2020年", "11月底前"]

    def test_of_nothing_makes_no_line(self) -> None:
        assert wrap("", 10) == []

    def test_a_run_of_closing_signs_wider_than_the_column_is_broken(self) -> None:
        assert wrap("。。。。", 4) == ["。。", "。。"]


class TestWrapList:
    def test_keeps_each_unit_whole(self) -> None:
        assert wrap_list(UNITS, 20) == [
            "市市场监管委、",
            "市公安局、市商务局、",
            "市文化和旅游局",
        ]

    def test_a_unit_wider_than_the_column_is_broken(self) -> None:
        assert wrap_list(["打击侵权假冒工作领导小组办公室"], 16) == [
            "打击侵权假冒工作",
            "领导小组办公室",
        ]

    def test_where_room_ends_says_how_many_units_there_are(self) -> None:
        assert wrap_list(UNITS, 16, limit=2) == ["市市场监管委、", "…共 4 个"]

    def test_says_so_even_where_not_one_unit_fits(self) -> None:
        lines = wrap_list(["打击侵权假冒工作领导小组办公室"] * 3, 12, limit=2)
        assert lines == ["打击侵权假冒", "工作…共 3 个"]
        assert max(map(cell_len, lines)) <= 12

    def test_of_nobody_makes_no_line(self) -> None:
        assert wrap_list([], 10) == []


class TestClip:
    def test_marks_what_is_left_out(self) -> None:
        assert clip(["打击侵权", "保护权利", "到底"], 2, 8) == ["打击侵权", "保护权…"]

    def test_leaves_alone_what_fits(self) -> None:
        assert clip(["打击", "保护"], 2, 8) == ["打击", "保护"]

    def test_without_a_limit_cuts_nothing(self) -> None:
        assert clip(["一"] * 50, None, 8) == ["一"] * 50
