"""``make bench``: what things cost, printed with the machine and the size of the data.

Figures are medians. The yardstick beside compiling is what the parts beneath need for the same
text: folding it with OpenCC and one pass of a regular expression. One part alone:
``python -m tests.benchmarks ledger``; with less data, for a quick look:
``python -m tests.benchmarks work --cases 20000``.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

from tests.benchmarks import alignment, clocks, ledger, pages, work
from tests.benchmarks.figures import Figure
from zhengpin.kernel.plantext import compile_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "plans"
SAMPLE = ROOT / "zhengpin" / "samples" / "plan.txt"
ROUNDS = 15


PARTS: dict[str, Callable[[argparse.Namespace], Iterable[Figure]]] = {
    "compile": lambda _: [*_in_process(), *_whole_process()],
    "align": lambda _: alignment.figures(),
    "clocks": lambda _: clocks.figures(),
    "ledger": lambda _: ledger.figures(),
    "pages": lambda _: pages.figures(),
    "work": lambda options: work.figures(options.cases),
}


def main(argv: list[str]) -> int:
    """Measure the parts named, or all of them; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    parser.add_argument("--cases", type=int, default=work.CASES, help="matters of the year")
    options = parser.parse_args(argv)
    sys.stdout.write(_machine() + "\n")
    met = True
    for part in options.parts or PARTS:
        for figure in PARTS[part](options):
            sys.stdout.write(f"{figure}\n")
            sys.stdout.flush()
            met &= figure.is_met
    return int(not met)


def _machine() -> str:
    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    name = cpu[1] if cpu else platform.machine()
    return (
        f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    )


def _plans() -> dict[str, str]:
    paths = sorted(SHARED.glob("*.txt")) or [SAMPLE]
    return {path.name: path.read_bytes().decode() for path in paths}


def _median(run: Callable[[], object]) -> float:
    run()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _in_process() -> list[Figure]:
    plans = _plans()
    name, largest = max(plans.items(), key=lambda pair: len(pair[1]))
    one = _median(lambda: compile_text(largest))
    texts = [text * (5 // len(plans)) for text in plans.values()]
    # The second five differ in every line: a second copy would be set aside unread.
    ten = "\n".join([*texts, *(text.replace("的", "之") for text in texts)])
    each = sum(_median(lambda text=text: compile_text(text)) for text in plans.values())  # type: ignore[misc]
    mean = each / len(plans)
    many = _median(lambda: compile_text(ten))
    converter = opencc.OpenCC("t2s")
    beneath = _median(lambda: re.findall(r"[^。\n]+", converter.convert(largest)))
    return [
        Figure(f"compile {name}, {len(largest)} characters", one * 1000, 40, "ms"),
        Figure(
            "the same against OpenCC and one pass of a regular expression",
            one / beneath,
            None,
            "x",
        ),
        Figure(
            f"ten plans joined, {len(ten)} characters, against the mean of one",
            many / mean,
            12,
            "x",
        ),
    ]


def _whole_process() -> list[Figure]:
    name = max(_plans().items(), key=lambda pair: len(pair[1]))[0]
    path = SHARED / name if SHARED.is_dir() else SAMPLE
    script = Path(sys.executable).with_name("zhengpin")
    runs = [_run([str(script), "compile", str(path), "--format", "json"]) for _ in range(ROUNDS)]
    bare = [_run([sys.executable, "-c", "pass"]) for _ in range(ROUNDS)]
    wall = statistics.median(run[0] for run in runs)
    return [
        Figure("zhengpin compile as a whole process", wall, 0.6, "s"),
        Figure(
            "the same against an empty Python process",
            wall / statistics.median(run[0] for run in bare),
            None,
            "x",
        ),
        Figure("its processor time", statistics.median(run[1] for run in runs), 0.5, "s"),
        Figure("its largest resident size", statistics.median(run[2] for run in runs), 120, "MB"),
    ]


def _run(command: list[str]) -> tuple[float, float, float]:
    """Return wall seconds, processor seconds and the peak resident size in MB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{command} ended with {process.returncode}"
        raise RuntimeError(message)
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
