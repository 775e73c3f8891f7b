"""``zhengpin compile``: a plan as JSON, as a table to read, or as a breakdown sheet."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.breakdown import write_csv
from zhengpin.kernel.plantext.contract import as_contract
from zhengpin.kernel.plantext.workbook import write_workbook
from zhengpin.sites.cli import streams
from zhengpin.sites.cli.errors import OutputRefused
from zhengpin.sites.cli.reading import compiled

if TYPE_CHECKING:
    from zhengpin.kernel.plantext.model import Plan

PIPED_WIDTH = 100


def compile_file(name: str, form: str, out: str) -> None:
    """Compile file ``name`` and write it to ``out`` in ``form``; doubts go to standard error.

    Raises InputRefused or OutputRefused; then nothing has been written.
    """
    if streams.is_same_file(name, out):
        message = f"“{streams.shown(out)}”就是要编译的文件：请在 --out 写另一个文件名。"
        raise OutputRefused(message)
    plan = compiled(name)
    on_screen = out == streams.STANDARD and streams.is_terminal(sys.stdout)
    streams.write(_rendered(plan, form, on_screen=on_screen), out)
    if form == "table" and on_screen and streams.is_terminal(sys.stderr):
        return  # the same screen shows them under the table
    for problem in plan.problems:
        streams.say(f"第 {problem.line} 行 [{problem.code}] {problem.message}")


def _rendered(plan: Plan, form: str, *, on_screen: bool) -> bytes:
    match form:
        case "csv":
            return write_csv(plan)
        case "xlsx":
            return write_workbook(plan)
        case "table":
            text = _table(plan, on_screen=on_screen)
        case _:
            text = json.dumps(as_contract(plan), ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _table(plan: Plan, *, on_screen: bool) -> str:
    from zhengpin.sites.cli.table import View, render  # noqa: PLC0415 (loads rich)

    width = shutil.get_terminal_size((PIPED_WIDTH, 0)).columns if on_screen else PIPED_WIDTH
    return render(plan, View(width=width, on_screen=on_screen))
