"""Works the queue: runs jobs, sees that none is lost, and outlives an absence of the database.

Invariant: what was committed to the queue is run. A job whose worker died, or whose end could not
be written, is found by what the database says of it and is run again.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from django.conf import settings
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.worker import Worker

from zhengpin.base.jobs.declarations import ATTEMPTS, pause_after

if TYPE_CHECKING:
    from procrastinate.job_context import JobContext
    from procrastinate.jobs import Job
    from procrastinate.middleware import AsyncCallNext

AT_ONCE = 2  # a long job does not hold up the short ones
_STOP_WITHIN = 20.0  # seconds a running job may still take when we stop
_MADE_UP_FOR = (
    26 * 3600
)  # seconds: a daily sweep that fell into the night's rest runs at the start
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 15.0
_STEADY = 60.0  # who has worked so long is forgiven earlier failures
_ABSENT = (ConnectorException, psycopg.Error)
_logger = logging.getLogger(__name__)


async def work(stopping: asyncio.Event) -> None:
    """Work the queue until ``stopping`` is set; after each failure, wait a little longer."""
    failures, is_lost = 0, False
    clock = asyncio.get_running_loop().time
    while not stopping.is_set():
        began = clock()
        try:
            await _probe()
            if is_lost:
                _logger.warning("the queue is worked again")
            is_lost = False
            await _Shift(stopping).work()
        except _ABSENT as error:
            if not is_lost:
                _logger.error("the queue has lost the database and waits", exc_info=error)
            is_lost = True
        failures = 0 if clock() - began > _STEADY else failures + 1
        with suppress(TimeoutError):
            await asyncio.wait_for(
                stopping.wait(), min(_FIRST_PAUSE * 2 ** min(failures, 10), _LONGEST_PAUSE)
            )


async def _probe() -> None:
    """Ask for a connection: the pool would take half a minute to say that there is none."""
    connection = await psycopg.AsyncConnection.connect(**_parameters())
    await connection.close()


def _parameters() -> dict[str, Any]:
    return {**connector_params(), "connect_timeout": 5}


def _queue() -> App:
    """Return the queue over connections of its own, with the tasks as declared.

    The tasks keep Django's connection, unlike with ``replace_connector``: what a job queues while
    it runs commits, or not, with what that job writes. Only when a sweep is due, which no
    transaction decides, it is queued over ours.
    """
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    connector = PsycopgConnector(kwargs=_parameters(), min_size=1, max_size=4, timeout=10)
    queue = App(connector=connector, periodic_defaults={"max_delay": _MADE_UP_FOR})
    queue.tasks = app.tasks
    for one in app.periodic_registry.periodic_tasks.values():
        ours = copy(one.task)
        ours.blueprint = queue
        queue.periodic_registry.register_task(
            ours, one.cron, one.periodic_id, one.configure_kwargs
        )
    return queue


def _facts(job: Job) -> dict[str, object]:
    return {"task": job.task_name, "job": job.id, "attempt": job.attempts + 1}


class _Shift:
    """One stretch of work, from connecting to the database to losing it or being asked to stop."""

    def __init__(self, stopping: asyncio.Event) -> None:
        self._stopping = stopping
        self._queue = _queue()
        self._running: set[int] = set()
        self._left: set[int] = set()
        self._is_over = False
        quarter = settings.JOBS_STALLED_AFTER / 4
        self._look_every = quarter
        middleware = app.worker_defaults.get("task_middleware")
        self._worker = Worker(
            self._queue,
            concurrency=AT_ONCE,
            install_signal_handlers=False,
            shutdown_graceful_timeout=_STOP_WITHIN,
            update_heartbeat_interval=quarter,
            stalled_worker_timeout=settings.JOBS_STALLED_AFTER,
            task_middleware=list(middleware or ()),
            worker_middleware=[self._tell],
        )

    async def work(self) -> None:
        async with self._queue.open_async():
            helpers = [asyncio.create_task(self._look()), asyncio.create_task(self._heed())]
            try:
                await self._worker.run()  # type: ignore[no-untyped-call]
            finally:
                self._is_over = True
                for helper in helpers:
                    helper.cancel()
                await asyncio.gather(*helpers, return_exceptions=True)

    async def _heed(self) -> None:
        await self._stopping.wait()
        self._worker.stop()  # type: ignore[no-untyped-call]

    async def _tell(self, call_next: AsyncCallNext, context: JobContext, _worker: Worker) -> Any:
        """Keep in mind what runs, and say what will be tried again; the queue says what failed."""
        job, number = context.job, context.job.id or 0
        self._running.add(number)
        try:
            return await call_next()
        except Exception as error:
            known = self._queue.tasks.get(job.task_name)
            if known and known.get_retry_exception(error, job):
                _logger.warning(
                    "job fails and is tried again", exc_info=error, extra={"facts": _facts(job)}
                )
            raise
        finally:
            self._running.discard(number)

    async def _look(self) -> None:
        """Look now and again for jobs that nobody runs although the database says so."""
        manager = self._queue.job_manager
        while not self._is_over:  # a dying connection can swallow that we are cancelled
            with suppress(*_ABSENT):
                for job in await manager.get_stalled_jobs(
                    seconds_since_heartbeat=settings.JOBS_STALLED_AFTER
                ):
                    await self._run_again(job)
                for job in await self._left_over():
                    await self._run_again(job)
            await asyncio.sleep(self._look_every)

    async def _left_over(self) -> list[Job]:
        """Return what is ours by the database, and at two looks in a row was not being run.

        The connection can be lost just when a job is handed to us, or when its end is written.
        """
        if self._worker.worker_id is None:
            return []
        ours = await self._queue.job_manager.list_jobs_async(
            status=Status.DOING.value, worker_id=self._worker.worker_id
        )
        idle = {job.id: job for job in ours if job.id and job.id not in self._running}
        left, self._left = self._left & set(idle), set(idle)
        return [idle[one] for one in left]

    async def _run_again(self, job: Job) -> None:
        """Give a job back to the queue, unless its like waits already or it failed too often."""
        manager = self._queue.job_manager
        if job.attempts + 1 >= ATTEMPTS:
            _logger.error("job failed: its worker died each time", extra={"facts": _facts(job)})
            await manager.finish_job(job, Status.FAILED, delete_job=False)
            return
        pause = pause_after(job.attempts - 1) if job.attempts else timedelta()
        try:
            await manager.retry_job(job, retry_at=datetime.now(UTC) + pause)
        except UniqueViolation:
            await manager.finish_job(job, Status.ABORTED, delete_job=False)
        else:
            _logger.warning("job was left behind and is run again", extra={"facts": _facts(job)})
