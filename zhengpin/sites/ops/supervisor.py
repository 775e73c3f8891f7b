"""Keeps the processes of an installation running until it is asked to stop."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from zhengpin.sites.ops.postgres import Postgres

_TICK = 0.25  # seconds
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 30.0
_STEADY = 30.0  # who has run so long is forgiven earlier deaths
_logger = logging.getLogger(__name__)


class Child:
    """A process of ours with those it starts, restarted when it dies, each time a little later."""

    def __init__(self, name: str, command: Sequence[str], *, patience: float) -> None:
        self.name = name
        self.pid: int | None = None
        self._command = list(command)
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._started = self._due = 0.0
        self._deaths = 0

    def tend(self, now: float) -> bool:
        """Start what should run and does not; return whether it is another process now."""
        if self._process is not None:
            if self._process.poll() is None:
                return False
            self._bury(now)
            return True
        if now < self._due:
            return False
        # A session of its own: the terminal's interrupt reaches the supervisor alone, and
        # whatever the child leaves behind can be found by its group.
        self._process = subprocess.Popen(  # noqa: S603 — our own modules
            self._command, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.pid, self._started = self._process.pid, now
        return True

    def _bury(self, now: float) -> None:
        assert self._process is not None  # noqa: S101 — for the type checker
        status = self._process.returncode
        self._end_group()
        self._deaths = 0 if now - self._started > _STEADY else self._deaths + 1
        pause = min(_FIRST_PAUSE * 2 ** min(self._deaths - 1, 10), _LONGEST_PAUSE)
        self._due = now + max(pause, _FIRST_PAUSE)
        self._process = self.pid = None
        _logger.error("%s ended with status %s and is started again", self.name, status)

    def stop(self) -> None:
        """Ask it to finish what it does, wait, and end what is left."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(self._patience)
        except subprocess.TimeoutExpired:
            _logger.warning("%s did not stop in time and is ended", self.name)
        self._end_group()
        self._process.wait()
        self._process = self.pid = None

    def _end_group(self) -> None:
        assert self._process is not None  # noqa: S101 — for the type checker
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


class Supervisor:
    """Runs the children over the database; stops them in their order, the database last."""

    def __init__(
        self,
        children: Sequence[Child],
        postgres: Postgres | None,
        on_change: Callable[[], None],
        on_tick: Callable[[], None],
    ) -> None:
        self._children = list(children)
        self._postgres = postgres
        self._on_change = on_change
        self._on_tick = on_tick
        self._stopping = threading.Event()

    def listen(self) -> None:
        """From now on SIGTERM and SIGINT ask to stop."""

        def ask(_number: int, _frame: FrameType | None) -> None:
            self._stopping.set()

        signal.signal(signal.SIGTERM, ask)
        signal.signal(signal.SIGINT, ask)

    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    def run(self) -> None:
        """Tend the children until asked to stop."""
        while not self._stopping.is_set():
            if self._postgres is not None and not self._postgres.is_alive():
                self._postgres.bring_back(self.is_stopping)
            changes = [child.tend(time.monotonic()) for child in self._children]
            if any(changes):
                self._on_change()
            self._on_tick()
            self._stopping.wait(_TICK)

    def stop(self) -> None:
        for child in self._children:
            child.stop()
        if self._postgres is not None:
            self._postgres.stop()
