import pytest

from tests.sites.cli.runs import run, run_on_terminal, shell
from zhengpin import __version__
from zhengpin.sites.cli.main import main


class TestUsage:
    def test_tells_its_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--version"]) == 0
        assert capsys.readouterr() == (f"zhengpin {__version__}\n", "")

    @pytest.mark.parametrize("arguments", [["--help"], ["compile", "-h"]])
    def test_explains_itself(
        self, capsys: pytest.CaptureFixture[str], arguments: list[str]
    ) -> None:
        assert main(arguments) == 0
        assert capsys.readouterr().out.startswith("用法：zhengpin")

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ([], "zhengpin：缺少 命令"),
            (["compile"], "zhengpin compile：缺少 FILE"),
            (["compile", "a.txt", "--format"], "zhengpin compile：参数 --format: 后面要写一个值"),
            (["compile", "a.txt", "--out"], "zhengpin compile：参数 --out: 后面要写一个值"),
            (["compile", ""], "zhengpin compile：参数 FILE: 文件名是空的"),
            (["compile", "a.txt", "--out", ""], "zhengpin compile：参数 --out: 文件名是空的"),
            (["compile", "a.txt", "b.txt"], "zhengpin：不认识的参数： b.txt"),
            (["compile", "a.txt", "--form", "csv"], "zhengpin：不认识的参数： --form csv"),
        ],
    )
    def test_wrong_usage_is_status_2_and_one_sentence_under_the_usage(
        self, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
    ) -> None:
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.splitlines()[0].startswith("用法：zhengpin")
        assert err.splitlines()[1:] == [sentence]

    @pytest.mark.parametrize("word", ["pdf", "JSON", ""])
    def test_a_format_there_is_not_is_wrong_usage(
        self, capsys: pytest.CaptureFixture[str], word: str
    ) -> None:
        assert main(["compile", "a.txt", "--format", word]) == 2
        assert "不能是" in capsys.readouterr().err

    def test_a_workbook_is_not_poured_over_a_terminal(self) -> None:
        status, shown = run_on_terminal("compile", "none.txt", "--format", "xlsx")
        assert status == 2
        assert "xlsx 不能显示在终端上，请用 --out 写明文件名" in shown


class TestStreams:
    def test_writes_utf8_whatever_the_locale(self) -> None:
        answer = run("compile", "没有.txt", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
        assert answer.returncode == 1
        assert answer.stderr.decode("utf-8").startswith("zhengpin：找不到“没有.txt”")

    def test_a_name_that_is_no_utf8_is_shown_escaped(self) -> None:
        answer = shell(r"$zhengpin compile $'\xff\xfe.txt'")
        assert answer.returncode == 1
        assert answer.stderr.decode() == (
            "zhengpin：找不到“\\xff\\xfe.txt”：请核对文件名和所在文件夹。\n"
        )

    def test_a_closed_stream_is_refused_and_not_a_crash(self) -> None:
        closed = shell("$zhengpin compile - <&-")
        assert (closed.returncode, closed.stderr.decode()) == (
            1,
            "zhengpin：标准输入是关闭的：请写明文件名。\n",
        )
