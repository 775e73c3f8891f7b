"""``zhengpin simulate``: a year of invented work in a demonstration."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengpin.sites.cli.commands import Commands


def add_parser(commands: Commands) -> None:
    simulate = commands.add_parser(
        "simulate",
        help="在演示数据库里编一年的工作",
        description="在演示数据库里编一个地区一年的移交：全部为虚构，同一种子每次相同。"
        "1000件以内逐步办理，以上成批写入；存证账本照记。中途停下的，用同样的命令接着编。",
    )
    simulate.add_argument("--region", metavar="CODE", required=True, help="行政区划六位代码")
    simulate.add_argument("--cases", metavar="N", type=int, required=True, help="件数")
    simulate.add_argument("--seed", metavar="S", type=int, required=True, help="种子，一个整数")
    simulate.add_argument(
        "--until", metavar="DATE", type=_day, help="这一年的末日，如 2026-11-25；不写则为今天"
    )
    simulate.set_defaults(run=_simulate)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"不是日期：{text}"
        raise argparse.ArgumentTypeError(message) from None


def _simulate(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli.database import join  # noqa: PLC0415 — loaded when asked for

    join()
    from django.utils import timezone  # noqa: PLC0415 — after join

    from zhengpin.samples.year import running  # noqa: PLC0415

    wish = running.Wish(options.region, options.cases, options.seed, options.until)
    progress = _Progress(options.cases)
    made = running.run(wish, now=timezone.now(), tell=progress.tell)
    sys.stdout.write(f"已编入 {made} 件。\n")


class _Progress:
    """Says on standard error how far the year is, about every hundredth of it."""

    def __init__(self, cases: int) -> None:
        self._cases = cases
        self._said = -1

    def tell(self, made: int) -> None:
        hundredth = made * 100 // max(self._cases, 1)
        if hundredth > self._said:
            self._said = hundredth
            sys.stderr.write(f"{datetime.now().astimezone():%H:%M:%S} {made} / {self._cases} 件\n")
            sys.stderr.flush()
