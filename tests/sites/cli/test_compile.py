import csv
import io
import json
import re
import sys
from pathlib import Path

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from tests.sites.cli.runs import PLAN, interrupted, run, run_on_terminal, shell, write_plan
from zhengpin.kernel.plantext.contract import schema
from zhengpin.sites.cli.main import main

HEAVY = ("xlsxwriter", "openpyxl", "docx", "lxml", "pypdfium2", "rich", "django", "psycopg", "PIL")
PROBLEM = re.compile(r"第 \d+ 行 \[[a-z_-]+\] .+")


@pytest.fixture
def plan(tmp_path: Path) -> str:
    return write_plan(tmp_path)


class TestJson:
    def test_is_what_the_contract_asks_for(
        self, plan: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["compile", plan]) == 0
        out, err = capsys.readouterr()
        written = json.loads(out)
        checker = Draft202012Validator.FORMAT_CHECKER
        Draft202012Validator(schema(), format_checker=checker).validate(written)
        assert written["source"]["name"] == "plan.txt"
        assert [item["no"] for item in written["items"]] == [1, 2, 3]
        assert len(err.splitlines()) == len(written["problems"])

    def test_is_indented_chinese_with_a_line_end(
        self, plan: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["compile", plan, "--format", "json"])
        out = capsys.readouterr().out
        assert out.startswith('{\n  "schema_version": 1,\n')
        assert "深化重点领域治理" in out
        assert out.endswith("\n}\n")

    def test_does_not_depend_on_where_the_text_comes_from(self, plan: str) -> None:
        piped = run("compile", "-", stdin=PLAN.encode())
        named = run("compile", plan)
        assert piped.returncode == named.returncode == 0
        from_pipe, from_file = json.loads(piped.stdout), json.loads(named.stdout)
        assert from_pipe.pop("source")["name"] == "标准输入"
        assert from_file.pop("source")["name"] == "plan.txt"
        assert from_pipe == from_file

    def test_loads_no_reader_and_no_writer_it_does_not_need(self, plan: str) -> None:
        script = (
            "import sys; from zhengpin.sites.cli.main import main; "
            "status = main(['compile', sys.argv[1], '--format', 'json']); "
            f"loaded = [name for name in {HEAVY!r} if name in sys.modules]; "
            "sys.stderr.write(f'LOADED {loaded}'); sys.exit(status)"
        )
        answer = shell('"$1" -c "$2" "$3"', sys.executable, script, plan)
        assert answer.returncode == 0
        assert answer.stderr.decode().endswith("LOADED []")


class TestSheets:
    def test_csv_has_a_row_for_each_clause(self, plan: str) -> None:
        answer = run("compile", plan, "--format", "csv")
        rows = list(csv.reader(io.StringIO(answer.stdout.decode("utf-8-sig"), newline="")))
        assert [row[4:6] for row in rows[1:3]] == [
            ["市市场监管局", "市公安局、市商务局"],
            ["", "市市场监管局、市公安局等"],
        ]

    def test_a_workbook_is_written_where_asked(self, plan: str, tmp_path: Path) -> None:
        out = tmp_path / "分解表.xlsx"
        assert main(["compile", plan, "--format", "xlsx", "--out", str(out)]) == 0
        assert openpyxl.load_workbook(out).sheetnames == ["任务分解", "存疑", "来源"]

    def test_a_workbook_may_go_into_a_pipe(self, plan: str) -> None:
        answer = run("compile", plan, "--format", "xlsx")
        assert openpyxl.load_workbook(io.BytesIO(answer.stdout))["任务分解"].max_row == 5


class TestTable:
    def test_in_a_pipe_is_plain_and_a_hundred_wide(self, plan: str) -> None:
        answer = run("compile", plan, "--format", "table", FORCE_COLOR="1", COLUMNS="")
        text = answer.stdout.decode()
        assert text.startswith("示例市2020年")
        assert "\x1b" not in text
        assert "─" * 100 + "\n" in text
        assert "─" * 101 not in text

    def test_on_a_terminal_takes_its_width_and_says_each_doubt_once(self, plan: str) -> None:
        status, shown = run_on_terminal("compile", plan, "--format", "table", COLUMNS="80")
        assert status == 0
        assert "─" * 80 in shown
        assert "─" * 81 not in shown
        assert "\x1b[1m" in shown
        assert PROBLEM.findall(shown) == []
        assert "存疑" in shown

    def test_without_colour_where_none_is_wanted(self, plan: str) -> None:
        _, shown = run_on_terminal("compile", plan, "--format", "table", NO_COLOR="1")
        assert "\x1b[33m" not in shown

    def test_in_a_file_is_as_in_a_pipe(self, plan: str, tmp_path: Path) -> None:
        out = tmp_path / "table.txt"
        status, shown = run_on_terminal(
            "compile", plan, "--format", "table", "--out", str(out), COLUMNS="80"
        )
        assert status == 0
        assert "示例市" not in shown
        assert out.read_bytes() == run("compile", plan, "--format", "table").stdout


class TestDoubts:
    def test_stand_line_by_line_on_standard_error(self, plan: str) -> None:
        answer = run("compile", plan)
        lines = answer.stderr.decode().splitlines()
        problems = json.loads(answer.stdout)["problems"]
        assert problems
        assert lines == [
            f"第 {problem['line']} 行 [{problem['code']}] {problem['message']}"
            for problem in problems
        ]
        assert all(PROBLEM.fullmatch(line) for line in lines)


class TestRefusals:
    @pytest.mark.parametrize("text", ["", "  \n\n", "今天天气很好。"])
    @pytest.mark.parametrize("form", ["json", "table", "csv", "xlsx"])
    def test_what_is_no_plan_is_refused_in_one_line_and_nothing_is_written(
        self, tmp_path: Path, text: str, form: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source, out = write_plan(tmp_path, text), tmp_path / "out"
        assert main(["compile", source, "--format", form, "--out", str(out)]) == 1
        printed, err = capsys.readouterr()
        assert printed == ""
        assert re.fullmatch("zhengpin：“plan.txt”：.+\n", err)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.txt"]

    def test_a_refused_plan_leaves_the_old_result_alone(self, tmp_path: Path) -> None:
        source, out = write_plan(tmp_path, ""), tmp_path / "out.json"
        out.write_text("old")
        assert main(["compile", source, "--out", str(out)]) == 1
        assert out.read_text() == "old"

    def test_a_file_over_20_megabytes_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        huge = tmp_path / "huge.txt"
        with huge.open("wb") as file:
            file.truncate(2**40)  # a hole: reading all of it would take the day
        assert main(["compile", str(huge)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "20MB" in err.replace(" ", "")
        assert err.count("\n") == 1

    @pytest.mark.parametrize(("name", "words"), [("none.txt", "找不到"), (".", "是文件夹")])
    def test_a_file_that_is_not_there(
        self, name: str, words: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["compile", name]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert words in err
        assert err.count("\n") == 1

    def test_no_doubts_are_told_where_the_result_cannot_be_written(
        self, plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["compile", plan, "--out", str(tmp_path / "none/out.json")]) == 1
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert "的文件夹不存在" in err

    def test_the_plan_itself_is_not_written_over(
        self, plan: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["compile", plan, "--out", plan]) == 1
        assert Path(plan).read_text("utf-8") == PLAN
        assert "就是要编译的文件" in capsys.readouterr().err


class TestPipes:
    def test_a_reader_that_leaves_early_is_no_error(self, tmp_path: Path) -> None:
        many = "".join(f"({n})加强监管。严厉打击。(市公安局负责)\n" for n in range(1, 900))
        source = write_plan(tmp_path, PLAN + many)
        answer = shell('set -o pipefail; $zhengpin compile "$1" 2>/dev/null | head -n 1', source)
        assert answer.returncode == 0
        assert answer.stdout == b"{\n"
        both = shell('set -o pipefail; $zhengpin compile "$1" 2>&1 | head -n 1', source)
        assert both.returncode == 0

    def test_a_full_device_is_said_in_one_line(self, plan: str) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("there is no /dev/full here")
        answer = shell('$zhengpin compile "$1" > /dev/full', plan)
        assert answer.returncode == 1
        assert re.fullmatch("zhengpin：写入“标准输出”失败：.+\n", answer.stderr.decode())

    def test_a_closed_output_is_said_in_one_line(self, plan: str) -> None:
        answer = shell('$zhengpin compile "$1" >&-', plan)
        assert answer.returncode == 1
        assert answer.stderr.decode() == "zhengpin：标准输出是关闭的：请用 --out 写明文件名。\n"

    def test_closed_error_output_does_not_matter(self, plan: str) -> None:
        assert shell('$zhengpin compile "$1" 2>&-', plan).returncode == 0

    def test_an_interrupt_ends_quietly(self) -> None:
        assert interrupted("compile", "-") == (130, b"", b"")
