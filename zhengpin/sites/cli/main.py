"""``zhengpin``: reads what was asked, loads that command, and turns its outcome into a status.

Exit status: 0 done, 1 refused with one line on standard error, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from zhengpin import __version__
from zhengpin.kernel.errors import DomainError
from zhengpin.sites.cli import (
    admin,
    align,
    backup,
    coverage,
    ledger,
    plan,
    serve,
    simulate,
    streams,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, REFUSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
FORMATS = ("json", "table", "csv", "xlsx")

_IN_CHINESE = (
    ("the following arguments are required:", "缺少"),
    ("unrecognized arguments:", "不认识的参数："),
    ("expected one argument", "后面要写一个值"),
    ("ambiguous option:", "选项不明确："),
    ("could match", "可以是"),
    ("invalid choice:", "不能是"),
    ("choose from", "可选"),
    ("invalid int value:", "不是整数："),
    ("argument ", "参数 "),
)


class _Formatter(argparse.HelpFormatter):
    """Help with its first word in Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: object,
        groups: object,
        prefix: str | None = None,
    ) -> None:
        prefix = "用法：" if prefix is None else prefix
        super().add_usage(usage, actions, groups, prefix)  # type: ignore[arg-type]


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, allow_abbrev=False, **options)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        for english, chinese in _IN_CHINESE:
            message = message.replace(english, chinese)
        streams.say(self.format_usage())
        streams.say(f"{self.prog}：{message}")
        raise SystemExit(WRONG_USAGE)


def _name(word: str) -> str:
    if not word:
        message = "文件名是空的"
        raise argparse.ArgumentTypeError(message)
    return word


def _parser() -> _Parser:
    parser = _Parser(prog="zhengpin", description="正品：打击侵权假冒工作平台")
    parser.add_argument(
        "--version", action="version", version=f"zhengpin {__version__}", help="显示版本"
    )
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    compiling = commands.add_parser(
        "compile",
        help="把工作计划编译成条款、责任单位和时限",
        description="把工作计划（txt、html、docx、pdf）编译成条款、责任单位和时限。"
        "存疑之处逐行写到标准错误。",
    )
    compiling.add_argument("file", type=_name, metavar="FILE", help="计划文件；“-”为标准输入")
    compiling.add_argument(
        "--format",
        choices=FORMATS,
        default="json",
        help="json（默认）、table 终端表格、csv 或 xlsx 任务分解表",
    )
    compiling.add_argument(
        "--out",
        type=_name,
        metavar="PATH",
        default=streams.STANDARD,
        help="写入文件；不写则为标准输出",
    )
    compiling.set_defaults(run=_compile, parser=compiling)
    _add_law(commands)
    for module in (align, serve, admin, plan, simulate, ledger, backup, coverage):
        module.add_parser(commands)
    return parser


def _add_law(commands: argparse._SubParsersAction[_Parser]) -> None:
    law = commands.add_parser("law", help="法律期限：到期日及其理由", description="查法律数据。")
    asking = law.add_subparsers(title="命令", metavar="命令", required=True)
    deadline = asking.add_parser(
        "deadline",
        help="算一条规则的到期日",
        description="按 RULE 算自 DATE 的事件起的到期日，并逐步说明理由。"
        "RULE 写“-”并加 --json 时，从标准输入逐行读 JSON、逐行回答。",
    )
    deadline.add_argument("rule", metavar="RULE", help="规则编号，如 complaint121-accept")
    deadline.add_argument(
        "--from",
        dest="start",
        metavar="DATE",
        help="事件之日；按小时计算的规则写时刻，如 2026-03-02T16:45:00+08:00",
    )
    deadline.add_argument(
        "--extended", nargs="?", const=1, default=0, type=int, metavar="N", help="第几次延长"
    )
    deadline.add_argument("--json", action="store_true", help="输出 JSON")
    deadline.set_defaults(run=_law_deadline, parser=deadline)
    showing = asking.add_parser("show", help="显示一条规则的全部字段", description="显示规则。")
    showing.add_argument("rule", metavar="RULE", help="规则编号")
    showing.set_defaults(run=_law_show, parser=showing)


def _compile(options: argparse.Namespace) -> None:
    to_screen = options.out == streams.STANDARD and streams.is_terminal(sys.stdout)
    if to_screen and options.format == "xlsx":
        options.parser.error("xlsx 不能显示在终端上，请用 --out 写明文件名，如 --out 分解表.xlsx")
    from zhengpin.sites.cli.compile import compile_file  # noqa: PLC0415 (loaded when asked for)

    compile_file(options.file, options.format, options.out)


def _law_deadline(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import law  # noqa: PLC0415 (loaded when asked for)

    try:
        law.tell_deadline(options.rule, options.start, options.extended, as_json=options.json)
    except law.WrongQuestion as wrong:
        options.parser.error(str(wrong))


def _law_show(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import law  # noqa: PLC0415 (loaded when asked for)

    law.show_rule(options.rule)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what ``argv`` asks and return the exit status."""
    streams.speak_utf8()
    try:
        options = _parser().parse_args(argv)
        options.run(options)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    except DomainError as refusal:
        streams.say(f"zhengpin：{refusal}")
        return REFUSED
    except BrokenPipeError:
        streams.abandon(sys.stdout, sys.stderr)
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE
