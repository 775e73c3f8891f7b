"""Jobs commit or roll back with the data; what ended well is forgotten after a week."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from tests.base.jobs import tasks
from zhengpin.base.jobs import queries, services

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db


def _statuses() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


class TestDefer:
    def test_queues_a_job_with_its_identifiers(self) -> None:
        number = services.defer("jobs.note", text="甲")
        [job] = app.job_manager.list_jobs(id=number)
        assert (job.task_name, job.status) == ("jobs.note", "todo")
        assert json.loads(str(job.task_kwargs)) == {"text": "甲"}  # the framework leaves it so

    def test_a_job_of_a_rolled_back_transaction_does_not_exist(self) -> None:
        with suppress(ValueError), transaction.atomic():
            services.defer("jobs.note", text="甲")
            raise ValueError
        assert _statuses() == []

    def test_refuses_a_task_that_nobody_declared(self) -> None:
        with pytest.raises(LookupError):
            services.defer("jobs.unheard_of", text="甲")

    def test_refuses_identifiers_that_the_task_does_not_take(self) -> None:
        with pytest.raises(TypeError):
            services.defer("jobs.note", notice=1)
        assert tasks.done == []


class TestForgetFinished:
    @pytest.mark.parametrize(
        ("status", "days", "stays"),
        [
            ("succeeded", 6, True), ("succeeded", 8, False), ("cancelled", 8, False),
            ("aborted", 8, False), ("failed", 400, True), ("todo", 400, True),
            ("doing", 400, True),
        ],
    )  # fmt: skip
    def test_forgets_what_ended_well_a_week_ago_and_nothing_else(
        self, *, status: str, days: int, stays: bool
    ) -> None:
        services.defer("jobs.note", text="甲")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
            if status != "doing":
                cursor.execute(
                    "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status", [status]
                )
        services.forget_finished(now=timezone.now() + timedelta(days=days))
        assert _statuses() == ([status] if stays else [])


class TestStanding:
    def test_an_empty_queue_has_nothing_to_say(self) -> None:
        assert queries.standing() == queries.Standing(0, 0, 0, 0, timedelta())

    def test_counts_what_waits_is_put_off_runs_and_has_failed(self) -> None:
        now = timezone.now()
        for status, at, kept in (
            ("todo", None, 3), ("todo", now - timedelta(hours=2), 1),
            ("todo", now + timedelta(days=1), 2), ("doing", None, 1), ("failed", None, 2),
            ("succeeded", None, 5),
        ):  # fmt: skip
            for _ in range(kept):
                _put(status, at)
        found = queries.standing()
        assert (found.waiting, found.put_off, found.running, found.failed) == (4, 2, 1, 2)
        assert timedelta(hours=2) <= found.waited < timedelta(hours=2, minutes=1)

    def test_a_job_to_be_run_at_once_waits_since_it_was_queued(self) -> None:
        services.defer("jobs.note", text="甲")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_events SET at = now() - interval '5 minutes'")
        assert queries.standing().waited >= timedelta(minutes=5)


def _put(status: str, at: datetime | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at)"
            " VALUES ('default', 'jobs.note', %s::procrastinate_job_status, %s)",
            [status, at],
        )
