"""``zhengpin align``: two plans side by side, clause by clause."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

from zhengpin.sites.cli import streams

if TYPE_CHECKING:
    import argparse

    from zhengpin.kernel.alignment import Alignment
    from zhengpin.kernel.plantext import Plan
    from zhengpin.sites.cli.commands import Commands

PIPED_WIDTH = 100


def add_parser(commands: Commands) -> None:
    aligning = commands.add_parser(
        "align",
        help="把两份工作计划逐款对齐",
        description="把两份工作计划（txt、html、docx、pdf）逐款对齐：先列没有对应的条款，"
        "再列对应的条款、把握和共同的词语。",
    )
    aligning.add_argument("a", metavar="A", help="甲计划文件，如上年的、上级的；“-”为标准输入")
    aligning.add_argument("b", metavar="B", help="乙计划文件，如本年的、本级的；“-”为标准输入")
    aligning.add_argument("--json", action="store_true", help="输出 JSON")
    aligning.set_defaults(run=_align, parser=aligning)


def _align(options: argparse.Namespace) -> None:
    if "" in (options.a, options.b):
        options.parser.error("文件名是空的")
    if options.a == options.b == streams.STANDARD:
        options.parser.error("A 和 B 只能有一个是标准输入，请写明另一个文件")
    from zhengpin.kernel.alignment import align  # noqa: PLC0415 (loaded when asked for)

    a, b = _with_clauses(options.a), _with_clauses(options.b)
    alignment = align(a, b)
    text = _as_json(alignment) if options.json else _table(a, b, alignment)
    streams.write(text.encode("utf-8", "backslashreplace"), streams.STANDARD)


def _with_clauses(name: str) -> Plan:
    """Return the plan in file ``name``.

    Raises InputRefused where it cannot be read, is no plan, or holds no clause.
    """
    from zhengpin.sites.cli.errors import InputRefused  # noqa: PLC0415 (loaded when asked for)
    from zhengpin.sites.cli.reading import called, compiled  # noqa: PLC0415 (as above)

    plan = compiled(name)
    if not any(item.clauses for item in plan.items):
        message = f"“{called(name)}”：没有读出任何条款，无法对齐；请确认文件是计划的正文。"
        raise InputRefused(message)
    return plan


def _as_json(alignment: Alignment) -> str:
    answer = {
        "pairs": [
            {"a": one.a, "b": one.b, "score": round(one.score, 3), "words": list(one.words)}
            for one in alignment.pairs
        ],
        "a_only": list(alignment.a_only),
        "b_only": list(alignment.b_only),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _table(a: Plan, b: Plan, alignment: Alignment) -> str:
    from zhengpin.sites.cli.side_by_side import render  # noqa: PLC0415 (loads rich)
    from zhengpin.sites.cli.table import View  # noqa: PLC0415 (loads rich)

    on_screen = streams.is_terminal(sys.stdout)
    width = shutil.get_terminal_size((PIPED_WIDTH, 0)).columns if on_screen else PIPED_WIDTH
    return render(a, b, alignment, View(width=width, on_screen=on_screen))
