import re

import pytest
from rich.cells import cell_len

from tests.sites.cli.plans import assigned, full_plan, make_clause, make_item, make_plan
from zhengpin.kernel.plantext.model import Mode, Problem, Section
from zhengpin.sites.cli.table import View, render

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
PIPED = View(width=100, on_screen=False)
LONG = "加强重点领域监管,严厉打击在线销售侵权假冒商品、虚假广告、虚假宣传等违法行为。" * 6
MANY = tuple(f"市第{n}监管局" for n in range(1, 15))


def screen(width: int) -> View:
    return View(width=width, on_screen=True)


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLORTERM", raising=False)


class TestHeading:
    def test_says_what_the_plan_is_and_how_much_it_holds(self) -> None:
        title, facts, counts, *_ = render(full_plan(), PIPED).splitlines()
        assert title == "示例市2020年打击侵权假冒工作要点"
        assert facts == "文号 示打假发〔2020〕1号   日期 2020-07-16   地区 示例市   年份 2020"
        assert counts == "2 章   3 条   5 款   6 个单位   2 处存疑"

    def test_what_the_source_does_not_say_is_not_invented(self) -> None:
        title, facts, counts, *_ = render(make_plan(title=None), PIPED).splitlines()
        assert title == "plan.txt（未写明标题）"
        assert facts.startswith("文号 未写明")
        assert counts.endswith("没有存疑")

    def test_a_collective_is_not_counted_as_a_unit(self) -> None:
        shared = assigned("各部门、市公安局负责", Mode.BY_DUTY, members=("各部门", "市公安局"))
        plan = make_plan(make_item(1, "", make_clause("1", "自查。", shared)))
        assert "1 个单位" in render(plan, PIPED)


class TestChapters:
    def test_each_chapter_has_its_own_table(self) -> None:
        page = render(full_plan(), PIPED)
        assert page.index("一、深化重点领域治理") < page.index("二、强化保障")
        assert page.count("条款") == 2

    def test_a_row_has_address_task_units_and_limit(self) -> None:
        row = next(
            line for line in render(full_plan(), PIPED).splitlines() if line.startswith("1.2")
        )
        assert row.split() == [
            "1.2",
            "开展“剑网2020”专项行动。",
            "市委宣传部",
            "市公安局、",
            "2020年11月底前",
        ]

    def test_the_title_of_an_item_stands_once_above_its_clauses(self) -> None:
        assert render(full_plan(), PIPED).count("加强网络治理") == 1

    def test_no_unit_and_no_limit_are_said_plainly(self) -> None:
        page = render(full_plan(), PIPED)
        assert re.search(r"17\.2 +总结经验。 +未写明 +未设定", page)

    def test_a_chapter_without_items_is_not_hidden(self) -> None:
        plan = make_plan(
            make_item(1, "", section=2),
            sections=(Section(1, "指导思想", (0, 1)), Section(2, "重点", (1, 2))),
        )
        assert "一、指导思想   没有条目" in render(plan, PIPED)

    def test_an_item_without_clauses_is_not_hidden(self) -> None:
        item = make_item(3, "组织实施阶段")
        plan = make_plan(type(item)(3, 1, item.title, item.kind, item.span, ()))
        assert re.search(r"^3 +组织实施阶段", render(plan, PIPED), re.MULTILINE)

    def test_an_item_outside_the_chapters_is_not_hidden(self) -> None:
        plan = make_plan(make_item(1, "", make_clause("1", "总则。"), section=0), sections=())
        assert "总则。" in render(plan, PIPED)


class TestWidth:
    @pytest.mark.parametrize("width", [60, 80, 100, 160])
    @pytest.mark.parametrize("on_screen", [True, False])
    def test_no_line_is_wider_than_the_screen(self, width: int, *, on_screen: bool) -> None:
        shared = assigned("略", Mode.LEAD_AND_MEMBERS, ("市打击侵权假冒工作领导小组办公室",), MANY)
        clause = make_clause("10.10.10", LONG, shared, due="2020年11月底前")
        plan = make_plan(make_item(1, LONG, clause), title=LONG)
        page = ESCAPE.sub("", render(plan, View(width, on_screen=on_screen)))
        assert max(map(cell_len, page.splitlines())) == width

    def test_a_narrower_screen_than_the_table_needs_gets_the_narrowest_table(self) -> None:
        page = render(full_plan(), View(width=10, on_screen=False))
        assert max(map(cell_len, page.splitlines())) == 60

    def test_columns_stand_under_their_titles(self) -> None:
        lines = render(full_plan(), PIPED).splitlines()
        header = next(line for line in lines if line.startswith("条款"))
        row = next(line for line in lines if line.startswith("17.1"))
        lead = cell_len(header[: header.index("牵头")])
        assert cell_len(row[: row.index("市公安局")]) == lead

    def test_no_line_ends_in_blanks(self) -> None:
        for view in (PIPED, screen(80)):
            lines = ESCAPE.sub("", render(full_plan(), view)).splitlines()
            assert [line for line in lines if line.endswith(" ")] == []


class TestCutting:
    plan = make_plan(
        make_item(1, "治理", make_clause("1", LONG, assigned("略", Mode.BY_DUTY, members=MANY)))
    )

    def test_on_a_screen_a_long_task_takes_three_lines_and_says_that_it_goes_on(self) -> None:
        page = ESCAPE.sub("", render(self.plan, screen(80)))
        body = page.split("─\n")[1].split("\n\n")[0]
        assert len(body.splitlines()) == 4  # with the title of the item
        assert "…共 14 个" in body
        assert "看全文" in page

    def test_in_a_pipe_nothing_is_left_out(self) -> None:
        page = render(self.plan, PIPED)
        assert "…" not in page
        assert "看全文" not in page
        assert all(name in page for name in MANY)
        tasks = [line[6:] for line in page.splitlines() if line.startswith("      ")]
        assert sum(line.count("虚假广告") for line in tasks) > 1

    def test_where_all_is_shown_nothing_is_said_about_it(self) -> None:
        assert "看全文" not in render(full_plan(), screen(100))


class TestDoubts:
    def test_stand_with_their_lines_after_the_chapters(self) -> None:
        page = render(full_plan(), PIPED)
        assert page.rstrip().endswith("[no_assignment]")
        assert "存疑 2 处\n第 12 行  “市市委网信办”疑为" in page

    def test_beyond_ten_are_counted(self) -> None:
        problems = tuple(Problem("misprint", n, "疑为错字。") for n in range(1, 14))
        page = render(make_plan(problems=problems), PIPED)
        assert "第 10 行  疑为错字。" in page
        assert "第 11 行" not in page
        assert page.endswith("另有 3 处，见 --format json\n")


class TestColour:
    def test_only_a_screen_is_coloured(self) -> None:
        assert "\x1b[" not in render(full_plan(), PIPED)
        assert "\x1b[33m" in render(full_plan(), screen(100))

    def test_a_reader_who_wants_no_colour_gets_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        assert not re.search(r"\x1b\[[0-9;]*3[0-7]", render(full_plan(), screen(100)))

    def test_a_terminal_that_knows_no_codes_gets_none(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TERM", "dumb")
        assert "\x1b" not in render(full_plan(), screen(100))

    def test_forced_colour_does_not_reach_a_pipe(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert "\x1b[" not in render(full_plan(), PIPED)


class TestHostileText:
    def test_a_plan_cannot_move_the_cursor_or_colour_the_screen(self) -> None:
        nasty = "清屏\x1b[2J\x07\u202e反写[red]红[/red]"
        problem = Problem("misprint", 1, nasty)
        plan = make_plan(
            make_item(1, nasty, make_clause("1", nasty)), title=nasty, problems=(problem,)
        )
        page = render(plan, PIPED)
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", page)
        assert "[red]红[/red]" in page
