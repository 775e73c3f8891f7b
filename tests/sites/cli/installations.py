"""A whole installation in a folder of its own: its processes, its database, its address."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = (sys.executable, "-m", "zhengpin")
_PATIENCE = 60.0


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that the database's own user can reach, unlike those of pytest."""
    with tempfile.TemporaryDirectory(prefix="zhengpin-test-") as name:
        yield Path(name)


def environment(home: Path) -> dict[str, str]:
    """The environment of an installation in ``home``; nothing of the test database's."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "ZHENGPIN_HOME": str(home)}


def run(home: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own command)
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment(home),
        check=False,
        timeout=120,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """``zhengpin serve`` in ``home``; ends with the block, whatever happens in it."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home = home
        self.port = free_port()
        self._options = options
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Installation:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._end_what_is_left()

    def start(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "serve.log").open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603 (our own command)
                [*COMMAND, "serve", "--port", str(self.port), *self._options],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment(self.home),
            )
        self.wait_for_answer()

    def stop(self) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_PATIENCE)

    def kill(self) -> None:
        """End the supervisor as a failing machine does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(_PATIENCE)

    def output(self) -> str:
        return (self.home / "serve.log").read_text("utf-8")

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def wait_for_answer(self) -> None:
        """Wait until the web server answers and the welcome is said."""
        assert self.process is not None
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.output()
            if "正品已启动" in self.output():
                try:
                    self.get("/healthz")
                except (OSError, http.client.HTTPException):
                    pass
                else:
                    return
            time.sleep(0.1)
        raise AssertionError(self.output())

    def pid(self, name: str) -> int | None:
        """The process that bears a name in ``run/serve.json``."""
        found = json.loads((self.home / "run" / "serve.json").read_text("ascii")).get(name)
        return int(found) if found else None

    def database_pid(self) -> int | None:
        try:
            text = (self.home / "postgres" / "postmaster.pid").read_text("ascii")
            return int(text.splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None

    def wait_for_another(self, name: str, old: int) -> int:
        """Wait until the process of a name is another one than ``old``, and lives."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            new = self.database_pid() if name == "database" else self.pid(name)
            if new and new != old and psutil.pid_exists(new):
                return new
            time.sleep(0.05)
        raise AssertionError(f"{name}: {self.output()}")

    def processes(self) -> list[psutil.Process]:
        """Every process that works for this home."""
        found = []
        for process in psutil.process_iter():
            try:
                ours = process.environ().get("ZHENGPIN_HOME") == str(self.home)
                alive = process.status() != psutil.STATUS_ZOMBIE
            except psutil.Error:
                continue
            if ours and alive and process.pid != os.getpid():
                found.append(process)
        return found

    def _end_what_is_left(self) -> None:
        for process in self.processes():
            process.kill()
