"""``zhengpin serve``: the installation in one command, until it is asked to stop."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengpin.sites.cli.commands import Commands

PORT = 8000
LAST_PORT = 65_535


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser(
        "serve",
        help="启动网站和后台任务",
        description="启动网站和后台任务；没有 DATABASE_URL 时使用内置数据库，"
        "数据在 ZHENGPIN_HOME（默认 ~/.zhengpin）。",
    )
    parser.add_argument(
        "--port", type=_port, metavar="N", default=_port_by_default(), help=f"端口，默认 {PORT}"
    )
    parser.add_argument("--demo", action="store_true", help="载入演示城市和演示账户")
    parser.add_argument("--no-worker", action="store_true", help="不启动后台任务")
    parser.set_defaults(run=_run)


def _port(word: str) -> int:
    if not word.isascii() or not word.isdigit() or not 1 <= int(word) <= LAST_PORT:
        message = f"端口要写 1 到 {LAST_PORT} 之间的整数"
        raise argparse.ArgumentTypeError(message)
    return int(word)


def _port_by_default() -> str:
    return os.environ.get("ZHENGPIN_PORT") or str(PORT)


def _run(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli.serving import Wish, serve  # noqa: PLC0415 — loaded when asked for

    serve(Wish(options.port, is_demo=options.demo, has_worker=not options.no_worker))
