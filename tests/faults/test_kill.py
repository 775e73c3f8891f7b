"""Signal 9 to every process of an installation during 2,000 writes loses and doubles nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]
import psycopg
import pytest

from tests.sites.cli.installations import Installation, environment, folder, run
from zhengpin.sites.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
WRITERS, EACH = 4, 500
FIRST = 100_000


class Writers:
    """Processes that write side by side; ``acknowledged`` is what they said is done."""

    def __init__(self, home: Path, address: str) -> None:
        self.acknowledged: list[str] = []
        self._processes = [
            subprocess.Popen(  # noqa: S603 (our own module)
                [sys.executable, "-m", "tests.faults.writer", str(FIRST + EACH * one), str(EACH)],
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env={**environment(home), "DATABASE_URL": address},
            )
            for one in range(WRITERS)
        ]
        self._readers = [
            threading.Thread(target=self._read, args=(one,)) for one in self._processes
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            self.acknowledged.extend(line.strip() for line in lines)

    def wait_for(self, count: int) -> None:
        deadline = time.monotonic() + 50
        while len(self.acknowledged) < count:
            assert time.monotonic() < deadline, f"{len(self.acknowledged)} writes only"
            time.sleep(0.005)

    def finish(self) -> None:
        for process in self._processes:
            assert process.wait(50) == 0
        for reader in self._readers:
            reader.join()


@pytest.fixture
def installation() -> Iterator[Installation]:
    with folder() as place, Installation(place / "home") as running:
        yield running


@pytest.mark.fault
def test_every_acknowledged_write_is_there_exactly_once(installation: Installation) -> None:
    address = database_address(installation)
    writers = Writers(installation.home, address)
    for count, victim in (
        (100, "worker"),
        (300, "web"),
        (500, "database"),
        (900, "web workers"),
        (1_100, "a backend of the database"),
        (1_300, "worker"),
        (1_500, "database"),
    ):
        writers.wait_for(count)
        _kill(installation, victim)
    writers.finish()
    installation.wait_for_answer()
    database = installation.database_pid()
    assert database
    installation.kill()
    os.kill(database, signal.SIGKILL)
    installation.start()

    assert len(writers.acknowledged) == WRITERS * EACH
    with psycopg.connect(database_address(installation)) as connection:
        written = _column(connection, "SELECT code FROM organizations_region")
        recorded = _column(
            connection,
            "SELECT subject FROM ledger_entry WHERE action = 'organizations.define_region'",
        )
    assert written == Counter(writers.acknowledged)
    assert recorded == written
    _verify(installation)


def _kill(installation: Installation, victim: str) -> None:
    """Send signal 9 where it hurts, and wait until what died is back."""
    if victim == "database":
        old = installation.database_pid()
        assert old
        os.kill(old, signal.SIGKILL)
        installation.wait_for_another(victim, old)
    elif victim == "a backend of the database":
        database = psutil.Process(installation.database_pid())
        children = database.children()
        next(one for one in children if "zhengpin" in "".join(one.cmdline())).kill()
    elif victim == "web workers":
        web = psutil.Process(installation.pid("web"))
        for one in web.children(recursive=True):
            one.kill()
    else:
        old = installation.pid(victim)
        assert old
        os.kill(old, signal.SIGKILL)
        installation.wait_for_another(victim, old)


def database_address(installation: Installation) -> str:
    lines = (installation.home / "postgres" / "postmaster.pid").read_text("ascii").splitlines()
    return f"postgresql://postgres:@/zhengpin?host={lines[4]}"


def _column(connection: psycopg.Connection, query: str) -> Counter[str]:
    return Counter(str(row[0]) for row in connection.execute(query))


def _verify(installation: Installation) -> None:
    """Seal and verify the whole ledger, once the command line can."""
    if main(["ledger", "--help"]) == 0:
        assert run(installation.home, "ledger", "seal").returncode == 0
        answer = run(installation.home, "ledger", "verify", "--json")
        assert answer.returncode == 0, answer.stderr + answer.stdout
