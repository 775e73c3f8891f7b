"""What may be declared as a task, and how long one that fails rests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from tests.base.jobs import tasks
from zhengpin.base.jobs.declarations import ATTEMPTS, GrowingPauses, pause_after, task
from zhengpin.kernel.errors import DomainError


def _job(attempts: int) -> Job:
    return Job(
        id=1, queue="default", lock=None, queueing_lock=None, task_name="jobs.note",
        attempts=attempts,
    )  # fmt: skip


class TestTask:
    def test_is_known_by_its_app_and_its_function(self) -> None:
        assert tasks.note.name == "jobs.note"
        assert app.tasks["jobs.note"] is tasks.note

    def test_takes_named_parameters_only(self) -> None:
        def deliver(notice: int) -> None: ...

        with pytest.raises(TypeError, match="notice must be keyword-only"):
            task(deliver)

    def test_takes_identifiers_and_no_record(self) -> None:
        def deliver(*, notice: Job) -> None: ...

        deliver.__annotations__["notice"] = Job
        with pytest.raises(TypeError, match="int or str"):
            task(deliver)


class TestSweep:
    def test_runs_by_the_clock_of_the_installation(self) -> None:
        declared = app.periodic_registry.periodic_tasks["jobs.tidy", ""]
        assert declared.cron == "05 19 * * *"

    def test_runs_each_hour_or_each_minute_where_no_hour_is_given(self) -> None:
        declared = app.periodic_registry.periodic_tasks
        assert declared["files.sweep_bytes", ""].cron == "25 * * * *"
        assert declared["notices.deliver", ""].cron == "* * * * *"

    def test_holds_a_lock_so_that_two_never_wait_behind_each_other(self) -> None:
        known = app.tasks["jobs.tidy"]
        assert known.lock == known.queueing_lock == "jobs.tidy"


class TestGrowingPauses:
    def test_each_pause_is_longer_up_to_six_hours(self) -> None:
        pauses = [pause_after(attempts).total_seconds() for attempts in range(ATTEMPTS)]
        assert pauses == [10, 40, 160, 640, 2560, 10_240, 21_600, 21_600]

    def test_a_failure_is_tried_again_until_it_failed_eight_times(self) -> None:
        decisions = [
            GrowingPauses().get_retry_decision(exception=ValueError(), job=_job(attempts))
            for attempts in range(ATTEMPTS)
        ]
        assert all(decisions[:-1])
        assert decisions[-1] is None
        first = decisions[0]
        assert first
        assert first.retry_at
        assert first.retry_at - datetime.now(UTC) < timedelta(seconds=11)

    def test_a_refusal_waits_for_a_person(self) -> None:
        assert GrowingPauses().get_retry_decision(exception=DomainError(), job=_job(0)) is None
