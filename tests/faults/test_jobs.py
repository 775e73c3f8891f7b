"""A committed job is done exactly once, whoever is killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.sites.cli.installations import Installation, environment, folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
COMMITTED, ROLLED_BACK = "200001", "200002"
PATIENCE = 60.0

pytestmark = pytest.mark.fault


@pytest.fixture
def installation(monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.faults.settings")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with folder() as place, Installation(place / "home") as running:
        yield running


@pytest.mark.parametrize("after", [0.3, 1.4], ids=["before it is done", "after it is done"])
def test_a_job_runs_exactly_once_though_its_worker_is_killed(
    installation: Installation, after: float
) -> None:
    _defer(installation, "faults.define_region", COMMITTED, ROLLED_BACK)
    _until(installation, lambda: _one(installation, _STATUS) == "doing")
    time.sleep(after)
    _kill_worker(installation)
    _until(installation, lambda: _one(installation, _STATUS) == "succeeded")
    _require_done_once(installation)


def test_a_job_runs_exactly_once_though_the_database_is_killed(
    installation: Installation,
) -> None:
    _defer(installation, "faults.define_region", COMMITTED, ROLLED_BACK)
    _until(installation, lambda: _one(installation, _STATUS) == "doing")
    database = installation.database_pid()
    assert database
    worker = installation.pid("worker")
    os.kill(database, signal.SIGKILL)
    installation.wait_for_another("database", database)
    _until(installation, lambda: _one(installation, _STATUS) == "succeeded")
    _require_done_once(installation)
    assert installation.pid("worker") == worker, "the worker waits for a database"


def test_jobs_that_never_end_hold_up_neither_readiness_nor_the_stop(
    installation: Installation,
) -> None:
    for _ in range(3):
        _defer(installation, "faults.hang")
    _until(installation, lambda: "zhengpin_jobs_running 2" in installation.get("/metrics")[1])
    status, text = installation.get("/metrics")
    assert status == 200
    assert "zhengpin_jobs_waiting 1" in text
    assert installation.get("/readyz")[0] == 200
    began = time.monotonic()
    assert installation.stop() == 0
    assert time.monotonic() - began < 45


_STATUS = "SELECT status::text FROM procrastinate_jobs WHERE task_name = 'faults.define_region'"


def _defer(installation: Installation, *arguments: str) -> None:
    subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "tests.faults.deferrer", *arguments],
        cwd=ROOT,
        env={**environment(installation.home), "DATABASE_URL": _address(installation)},
        check=True,
    )


def _kill_worker(installation: Installation) -> None:
    old = installation.pid("worker")
    assert old
    os.kill(old, signal.SIGKILL)
    installation.wait_for_another("worker", old)


def _require_done_once(installation: Installation) -> None:
    codes = (COMMITTED, ROLLED_BACK)
    regions = "SELECT count(*) FROM organizations_region WHERE code = ANY(%s)"
    entries = "SELECT count(*) FROM ledger_entry WHERE subject = ANY(%s)"
    assert _one(installation, regions, list(codes)) == 1
    assert _one(installation, entries, list(codes)) == 1
    assert _one(installation, regions, [ROLLED_BACK]) == 0
    jobs = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'faults.define_region'"
    assert _one(installation, jobs) == 1


def _until(installation: Installation, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except (psycopg.OperationalError, OSError):
            pass  # killed, or starting
        time.sleep(0.05)
    raise AssertionError(installation.output())


def _one(installation: Installation, query: str, *values: object) -> object:
    with psycopg.connect(_address(installation)) as connection:
        row = connection.execute(query, values).fetchone()
    return row[0] if row else None


def _address(installation: Installation) -> str:
    lines = (installation.home / "postgres" / "postmaster.pid").read_text("utf-8").splitlines()
    return f"postgresql://postgres:@/zhengpin?host={lines[4]}"
