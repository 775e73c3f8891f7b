"""One process at a time runs, or fills, a home; the next one is told where the first is."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from zhengpin.config.home import home
from zhengpin.sites.ops.errors import AlreadyRunning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zhengpin.sites.ops.supervisor import Child


class Holding:
    """``run/serve.json``: what runs here, for people and the next start; removed at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def was_killed(self) -> bool:
        """Tell whether the one before us could not clean up."""
        return self.path.exists()

    def write(self, port: int, children: list[Child]) -> None:
        running = {"supervisor": os.getpid(), "port": port}
        running |= {child.name: child.pid for child in children if child.pid}
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(running) + "\n", encoding="ascii")
        fresh.replace(self.path)


@contextmanager
def hold_home() -> Iterator[Holding]:
    """Hold the home until the block ends. Raises AlreadyRunning with where the other one is."""
    folder = home() / "run"
    folder.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    holding = Holding(folder / "serve.json")
    with (folder / "serve.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(_where(holding.path)) from error
        yield holding
        holding.path.unlink(missing_ok=True)


def _where(path: Path) -> str:
    try:
        running = json.loads(path.read_text(encoding="ascii"))
        place = f"（进程 {running['supervisor']}，端口 {running['port']}）"
    except (OSError, ValueError, KeyError):
        place = ""
    return (
        f"“{home()}”上已有一个 zhengpin serve 在运行{place}：请先停止它，或换一个 ZHENGPIN_HOME。"
    )
