"""``zhengpin law``: the due day for people and programs, and how it refuses."""

from __future__ import annotations

import json
import resource
import subprocess
import sys

import pytest

from tests.sites.cli.runs import COMMAND, run, run_on_terminal
from zhengpin.sites.cli.main import main


class TestDeadlineForPeople:
    def test_the_due_day_stands_first_and_the_reasons_follow(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["law", "deadline", "complaint20-accept", "--from", "2026-02-10"]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        assert out.splitlines()[0] == "2026-02-26"
        assert " 3  不计入的休息日：2026-02-15 至 2026-02-23 春节。" in out.splitlines()

    def test_a_provisional_day_is_marked(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["law", "deadline", "complaint121-accept", "--from", "2026-12-25"]) == 0
        assert capsys.readouterr().out.splitlines()[0] == "2027-01-06（暂定）"

    def test_no_single_due_day_is_said(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["law", "deadline", "list-early-exit-min", "--from", "2026-02-28"]) == 0
        assert capsys.readouterr().out.splitlines()[0] == "没有单一的到期日"

    def test_stands_out_on_a_terminal(self) -> None:
        status, shown = run_on_terminal("law", "deadline", "apl-pay", "--from", "2026-03-02")
        assert status == 0
        assert shown.startswith("\x1b[1m2026-03-17\x1b[0m\n")

    def test_an_extension_is_asked_for_with_or_without_its_number(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        question = ["law", "deadline", "patent-decide", "--from", "2026-03-02"]
        assert main([*question, "--extended"]) == 0
        assert main([*question, "--extended", "2"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert [line for line in lines if line.startswith("2026")] == ["2026-07-02", "2026-09-02"]


class TestDeadlineForPrograms:
    def test_prints_one_document(self, capsys: pytest.CaptureFixture[str]) -> None:
        question = ["law", "deadline", "acl-report", "--from", "2026-03-02T16:45:00+08:00"]
        assert main([*question, "--json"]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        found = json.loads(out)
        assert found["due"] == "2026-03-03T16:45:00+08:00"
        assert found["error"] is None

    def test_answers_line_by_line_and_goes_on_after_a_refusal(self) -> None:
        lines = [
            b'{"rule": "foi-reply", "from": "2026-09-28", "extended": true}',
            b"not json",
            b"",
            b"[]",
            b'{"rule": "foi-reply"}',
            b'{"rule": "nothing", "from": "2026-09-28"}',
            b'{"rule": "complaint20-accept", "from": "2026-05-06"}',
            b'\xff{"rule": "apl-pay", "from": "2026-03-02"}',
            b"[" * 100_000,
            b'{"rule": "apl-pay", "from": "2026-03-02", "id": 7}',
        ]
        answered = run("law", "deadline", "-", "--json", stdin=b"\n".join(lines))
        assert (answered.returncode, answered.stderr) == (0, b"")
        found = [json.loads(line) for line in answered.stdout.splitlines()]
        assert [one["due"] for one in found] == ["2026-11-27", *[None] * 7, "2026-03-17"]
        errors = [one["error"] for one in found]
        assert errors[0] is errors[-1] is None
        assert "不是 JSON 对象" in errors[1]
        assert "complaint121-accept" in errors[5]

    def test_each_line_is_answered_before_the_next_is_read(self) -> None:
        process = subprocess.Popen(  # noqa: S603 (our own command)
            [*COMMAND, "law", "deadline", "-", "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdin
        assert process.stdout
        with process:
            for day, due in (("2026-03-02", "2026-03-17"), ("2026-03-03", "2026-03-18")):
                process.stdin.write(f'{{"rule": "apl-pay", "from": "{day}"}}\n'.encode())
                process.stdin.flush()
                assert json.loads(process.stdout.readline())["due"] == due
            process.stdin.close()
            assert process.wait(60) == 0


class TestRefusals:
    def test_a_refusal_is_status_1_and_one_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        question = ["law", "deadline", "complaint20-accept", "--from", "2026-05-06"]
        assert main(question) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err == (
            "zhengpin：规则 complaint20-accept 自 2020-01-01 起施行，自 2026-04-15 起不再施行，"
            "不适用于 2026-05-06 的事件：该日施行的是 complaint121-accept。\n"
        )

    def test_as_json_the_document_holds_the_refusal_too(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        question = ["law", "deadline", "apl-pay", "--from", "2026-05-06", "--extended", "--json"]
        assert main(question) == 1
        out, err = capsys.readouterr()
        assert err == f"zhengpin：{json.loads(out)['error']}\n"

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ([], "zhengpin law：缺少 命令"),
            (["deadline"], "zhengpin law deadline：缺少 RULE"),
            (["deadline", "apl-pay"], "zhengpin law deadline：缺少 --from"),
            (["deadline", "apl-pay", "--from"], "参数 --from: 后面要写一个值"),
            (["deadline", "apl-pay", "--from", "2026-02-30"], "“2026-02-30”不是日期"),
            (["deadline", "apl-pay", "--extended", "x"], "参数 --extended: 不是整数： 'x'"),
            (["deadline", "-"], "RULE 写“-”时要加 --json"),
            (["deadline", "-", "--json", "--from", "2026-03-02"], "不写 --from"),
            (["show"], "zhengpin law show：缺少 RULE"),
        ],
    )
    def test_wrong_usage_is_status_2(
        self, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
    ) -> None:
        assert main(["law", *arguments]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("用法：zhengpin law")
        assert sentence in err


class TestShow:
    def test_shows_the_fields_and_what_was_settled(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["law", "show", "recon-decide"]) == 0
        out = capsys.readouterr().out
        assert "核实　已见条文" in out
        assert "更正　counting_rule：空 → arl88（行政复议法第八十八条第一款" in out

    def test_a_recalled_row_is_marked_plainly(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["law", "show", "crim-limitation-15y"]) == 0
        assert "核实　存疑：凭记忆录入，未见条文原文" in capsys.readouterr().out

    def test_an_unknown_rule_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["law", "show", "apl"]) == 1
        assert "没有规则“apl”" in capsys.readouterr().err


def test_starts_in_half_a_second_without_framework_or_driver() -> None:
    question = ["law", "deadline", "foi-reply", "--from", "2026-09-28", "--json"]
    script = (
        "import sys; from zhengpin.sites.cli.main import main; main(sys.argv[1:]);"
        "print(sorted({'django', 'psycopg', 'rich'} & set(sys.modules)), file=sys.stderr)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-c", script, *question], capture_output=True, check=True, timeout=60
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.stderr == b"[]\n"
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5
