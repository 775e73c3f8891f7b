"""The worker's queue: what is committed is run, whoever or whatever dies in between."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections, transaction

from tests.base.jobs import tasks
from zhengpin.base.jobs import services
from zhengpin.sites.ops import jobs
from zhengpin.sites.ops.logs import JsonFormatter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.conf import LazySettings

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20.0


@pytest.fixture(autouse=True)
def clean(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No persistent connections from threads of the worker; an empty queue afterwards."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    settings.JOBS_STALLED_AFTER = 1.0
    tasks.done.clear()
    yield
    tasks.done.clear()
    _execute(
        "DELETE FROM procrastinate_periodic_defers;"
        "DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers"
    )


@contextmanager
def worker() -> Iterator[None]:
    """A worker in a thread of its own, stopped with the block."""
    loop, stopping = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: _run(loop, stopping))
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(PATIENCE)
        assert not thread.is_alive()


def _run(loop: asyncio.AbstractEventLoop, stopping: asyncio.Event) -> None:
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(jobs.work(stopping))


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, _rows("SELECT * FROM procrastinate_jobs")
        time.sleep(0.02)


class TestAJob:
    def test_of_a_committed_transaction_is_run(self) -> None:
        with worker():
            with transaction.atomic():
                number = services.defer("jobs.note", text="甲")
            until(lambda: _status(number) == "succeeded")
        assert _noted() == ["甲"]

    def test_of_a_transaction_that_a_job_rolled_back_does_not_exist(self) -> None:
        number = services.defer("jobs.queue_another_and_fail", text="甲")
        with worker():
            until(lambda: _attempts(number) == 1)
        assert _rows("SELECT 1 FROM procrastinate_jobs WHERE task_name = 'jobs.note'") == []

    def test_that_fails_is_put_off_and_one_that_is_refused_is_not(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        failing = services.defer("jobs.fail", text="秘密")
        refused = services.defer("jobs.refuse", text="秘密")
        with worker():
            until(lambda: _attempts(failing) == 1 and _status(refused) == "failed")
        assert _status(failing) == "todo"
        lines = [json.loads(JsonFormatter().format(one)) for one in caplog.records]
        said = {(one["message"], one.get("task")) for one in lines}
        assert ("job fails and is tried again", "jobs.fail") in said
        assert ("job_error", "jobs.refuse") in said
        assert "秘密" not in json.dumps(lines, ensure_ascii=False)

    def test_of_a_task_that_is_gone_fails_and_is_told(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        number = _put("todo", task="jobs.removed")
        with worker():
            until(lambda: _status(number) == "failed")
        lines = [json.loads(JsonFormatter().format(one)) for one in caplog.records]
        assert ("task_not_found", number) in {(one["message"], one.get("job")) for one in lines}


class TestASweep:
    def test_missed_in_the_night_is_made_up_for_once(self) -> None:
        for _ in range(2):
            with worker():
                until(
                    lambda: _rows(
                        "SELECT 1 FROM procrastinate_jobs WHERE status = 'succeeded'"
                        " AND task_name = 'jobs.tidy'"
                    )
                )
        assert len(_moments()) == 1


class TestWhatIsLeftBehind:
    def test_the_job_of_a_worker_that_died_is_run_again(self) -> None:
        [(dead,)] = _rows(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 minute') RETURNING id"
        )
        number = _put("doing", worker=dead)
        with worker():
            until(lambda: _status(number) == "succeeded")
        assert _noted() == ["甲"]

    def test_a_job_that_this_worker_never_got_to_know_is_run_again(self) -> None:
        with worker():
            until(lambda: _rows("SELECT id FROM procrastinate_workers"))
            [(own,)] = _rows("SELECT id FROM procrastinate_workers")
            number = _put("doing", worker=own)
            until(lambda: _status(number) == "succeeded")
        assert _noted() == ["甲"]

    def test_a_job_that_kills_its_worker_each_time_fails_in_the_end(self) -> None:
        number = _put("doing", attempts=7)
        with worker():
            until(lambda: _status(number) == "failed")
        assert _noted() == []

    def test_a_sweep_whose_like_waits_already_is_not_run_again(self) -> None:
        left, waiting = _put("doing", lock="x"), _put("todo", lock="x")
        with worker():
            until(lambda: _status(waiting) == "succeeded")
        assert _status(left) == "aborted"
        assert _noted() == ["甲"]

    def test_lost_connections_stop_nothing(self) -> None:
        with worker():
            until(lambda: _rows("SELECT id FROM procrastinate_workers"))
            for _ in range(3):
                _rows(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                _until_succeeded(services.defer("jobs.note", text="甲"))
        assert set(_noted()) == {"甲"}


def _until_succeeded(number: int) -> None:
    until(lambda: _status(number) == "succeeded")


def _noted() -> list[str]:
    return [one for one in tasks.done if one not in _moments()]


def _moments() -> list[str]:
    found = []
    for one in tasks.done:
        with suppress(ValueError):
            datetime.fromisoformat(one)
            found.append(one)
    return found


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _rows(statement: str, *values: int | str | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _status(number: int) -> str:
    return str(_rows("SELECT status::text FROM procrastinate_jobs WHERE id = %s", number)[0][0])


def _attempts(number: int) -> object:
    return _rows("SELECT attempts FROM procrastinate_jobs WHERE id = %s", number)[0][0]


def _put(
    status: str, *, task: str = "jobs.note", worker: int | None = None, attempts: int = 0,
    lock: str | None = None,
) -> int:  # fmt: skip
    [(number,)] = _rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id, attempts,"
        " lock, queueing_lock) VALUES ('default', %s, '{\"text\": \"甲\"}',"
        " %s::procrastinate_job_status, %s, %s, %s, %s) RETURNING id",
        task, status, worker, attempts, lock, lock,
    )  # fmt: skip
    assert isinstance(number, int)
    return number
