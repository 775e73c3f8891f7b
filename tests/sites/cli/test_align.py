import json
import re
import sys
from pathlib import Path

import pytest

from tests.sites.cli.runs import PLAN, run, run_on_terminal, shell, write_plan
from zhengpin.sites.cli.main import main

SAMPLES = Path(__file__).parents[3] / "zhengpin" / "samples"
LAST_YEAR, THIS_YEAR = str(SAMPLES / "plan-last-year.txt"), str(SAMPLES / "plan.txt")
UNNEEDED = ("django", "psycopg", "rich", "xlsxwriter", "docx", "lxml", "pypdfium2")


class TestJson:
    def test_is_what_the_contract_asks_for(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["align", LAST_YEAR, THIS_YEAR, "--json"]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        answer = json.loads(out)
        assert list(answer) == ["pairs", "a_only", "b_only"]
        assert all(list(one) == ["a", "b", "score", "words"] for one in answer["pairs"])
        by_place = {(one["a"], one["b"]): one for one in answer["pairs"]}
        assert 0.9 <= by_place["4.2", "4.2"]["score"] <= 1
        assert "网络文学" in by_place["4.2", "4.2"]["words"]
        assert "8" in answer["a_only"]
        assert "35" in answer["b_only"]

    def test_is_the_same_each_time_whatever_the_order_of_sets(self) -> None:
        answers = {
            run("align", LAST_YEAR, THIS_YEAR, "--json", PYTHONHASHSEED=seed).stdout
            for seed in ("1", "2", "3")
        }
        assert len(answers) == 1

    def test_loads_neither_django_nor_the_driver_nor_what_it_does_not_need(self) -> None:
        script = (
            "import sys; from zhengpin.sites.cli.main import main; "
            "status = main(['align', *sys.argv[1:], '--json']); "
            f"loaded = [name for name in {UNNEEDED!r} if name in sys.modules]; "
            "sys.stderr.write(f'LOADED {loaded}'); sys.exit(status)"
        )
        answer = shell('"$1" -c "$2" "$3" "$4"', sys.executable, script, LAST_YEAR, THIS_YEAR)
        assert answer.returncode == 0
        assert answer.stderr.decode() == "LOADED []"

    def test_one_of_the_two_may_come_from_a_pipe(self) -> None:
        named = run("align", LAST_YEAR, THIS_YEAR, "--json")
        piped = run("align", "-", THIS_YEAR, "--json", stdin=Path(LAST_YEAR).read_bytes())
        assert (piped.returncode, piped.stdout) == (0, named.stdout)


class TestTable:
    def test_shows_what_has_no_counterpart_first(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["align", LAST_YEAR, THIS_YEAR]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        headings = re.findall(r"^(仅甲有的条款|仅乙有的条款|对应的条款)", out, re.MULTILINE)
        assert headings == ["仅甲有的条款", "仅乙有的条款", "对应的条款"]
        assert re.search(r"^8 +整治旅游购物", out, re.MULTILINE)
        assert re.search(r"^4\.2 .+ 4\.2 .+ (?:0\.9\d|1\.00) ", out, re.MULTILINE)
        assert "\x1b" not in out

    def test_says_where_nothing_is_left_over(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        plan = write_plan(tmp_path)
        assert main(["align", plan, plan]) == 0
        out = capsys.readouterr().out
        assert "仅甲有的条款   没有" in out
        assert "仅乙有的条款   没有" in out

    def test_on_a_terminal_takes_its_width_and_cuts_long_cells(self) -> None:
        status, shown = run_on_terminal("align", LAST_YEAR, THIS_YEAR, COLUMNS="80")
        assert status == 0
        assert "─" * 80 in shown
        assert "─" * 81 not in shown
        assert "过长的只显示前三行" in shown


class TestRefusals:
    def test_a_file_that_is_no_plan_is_named(self, tmp_path: Path) -> None:
        plan, other = write_plan(tmp_path), tmp_path / "letter.txt"
        other.write_text("你好。\n这是一封信。\n", "utf-8")
        answer = run("align", plan, str(other), "--json")
        assert (answer.returncode, answer.stdout) == (1, b"")
        assert answer.stderr.decode().startswith("zhengpin：“letter.txt”：")
        assert len(answer.stderr.decode().splitlines()) == 1

    def test_a_plan_without_clauses_cannot_be_aligned(self, tmp_path: Path) -> None:
        bare = tmp_path / "bare.txt"
        bare.write_text("示例市2020年工作要点\n(一)\n(二)\n", "utf-8")
        answer = run("align", write_plan(tmp_path), str(bare))
        assert (answer.returncode, answer.stdout) == (1, b"")
        assert answer.stderr.decode() == (
            "zhengpin：“bare.txt”：没有读出任何条款，无法对齐；请确认文件是计划的正文。\n"
        )

    def test_a_missing_file_is_refused_before_anything_is_written(self, tmp_path: Path) -> None:
        answer = run("align", "没有.txt", write_plan(tmp_path), "--json")
        assert (answer.returncode, answer.stdout) == (1, b"")
        assert answer.stderr.decode() == (
            "zhengpin：找不到“没有.txt”：请核对文件名和所在文件夹。\n"
        )

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["align"], "zhengpin align：缺少 A, B"),
            (["align", "a.txt"], "zhengpin align：缺少 B"),
            (["align", "a.txt", ""], "zhengpin align：文件名是空的"),
            (["align", "-", "-"], "zhengpin align：A 和 B 只能有一个是标准输入，请写明另一个文件"),
            (["align", "a.txt", "b.txt", "c.txt"], "zhengpin：不认识的参数： c.txt"),
        ],
    )
    def test_wrong_usage_is_status_2_and_one_sentence(
        self, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
    ) -> None:
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.splitlines()[-1] == sentence


def test_a_traditional_plan_is_aligned_with_a_simplified_one(tmp_path: Path) -> None:
    traditional = tmp_path / "traditional.txt"
    traditional.write_text(
        "示例市2019年打擊侵犯知識產權和製售假冒偽劣商品工作要點\n一、深化重點領域治理\n"
        "(一)加強互聯網領域治理。加強網絡市場監管,嚴厲打擊在線銷售侵權假冒商品。(市市場監管局負責)\n",
        "utf-8",
    )
    answer = run("align", str(traditional), write_plan(tmp_path, PLAN), "--json")
    pairs = json.loads(answer.stdout)["pairs"]
    assert [(one["a"], one["b"]) for one in pairs] == [("1", "1")]
    assert "严厉打击在线销售侵权假冒商品" in pairs[0]["words"]
