"""Tasks and sweeps as the ``tasks.py`` of an app declares them; found by themselves at the start.

::

    @task
    def deliver(*, notice: int) -> None:
        services.deliver(notice=notice, now=timezone.now())

    @sweep(hour=3, minute=40)
    def forget_expired(*, now: datetime) -> None:
        services.forget_expired(now=now)

A task is known by its app and its function (``notices.deliver``), and jobs that wait bear that
name: a renamed task leaves the old one behind until none waits.
"""

from __future__ import annotations

import inspect
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ParamSpec, Protocol, get_type_hints
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app

from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from procrastinate.jobs import Job
    from procrastinate.tasks import Task

P = ParamSpec("P")

ATTEMPTS = 8
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=6)


def pause_after(attempts: int) -> timedelta:
    """Return how long a job rests after so many earlier attempts: ten seconds, then four-fold."""
    return min(_FIRST_PAUSE * int(4 ** min(attempts, 10)), _LONGEST_PAUSE)


class GrowingPauses(BaseRetryStrategy):
    """Again after ever longer pauses, eight times in some ten hours; a refusal is final.

    What is refused today is refused in a minute too, and wants a person.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, DomainError) or job.attempts + 1 >= ATTEMPTS:
            return None
        return RetryDecision(retry_at=datetime.now(UTC) + pause_after(job.attempts))


class Sweep(Protocol):
    """What a sweep declares: it looks for its work itself and is told only the moment."""

    __name__: str
    __module__: str

    def __call__(self, *, now: datetime) -> None: ...


def task(function: Callable[P, None]) -> Task[P, None, P]:
    """Declare a task: keyword-only identifiers (``int`` or ``str``), safe to run twice.

    Raises TypeError where its parameters are anything else.
    """
    _require_identifiers(function)
    return app.task(name=_name(function), retry=GrowingPauses())(function)


def sweep(*, minute: int | None = None, hour: int | None = None) -> Callable[[Sweep], None]:
    """Declare what runs once a day, each hour, or each minute, by the clock of the installation.

    A day missed because nothing ran is made up for at the next start. No two sweeps of a kind run
    or wait at once: one that comes while another still waits is left out.
    """

    def declare(function: Sweep) -> None:
        name = _name(function)

        def run(*, timestamp: int) -> None:
            function(now=timezone.now())

        declared = app.task(name=name, lock=name, queueing_lock=name, retry=GrowingPauses())(run)
        app.periodic(cron=_cron(hour, minute))(declared)  # type: ignore[arg-type]

    return declare


def _cron(hour: int | None, minute: int | None) -> str:
    """Return the line for the queue, which reads it in universal time."""
    if minute is None:
        return "* * * * *"
    if hour is None:
        return f"{minute} * * * *"
    here = datetime(2000, 1, 1, hour, minute, tzinfo=ZoneInfo(settings.TIME_ZONE))
    return f"{here.astimezone(UTC):%M %H} * * *"


def _name(function: Callable[..., None] | Sweep) -> str:
    return f"{function.__module__.split('.')[-2]}.{function.__name__}"


def _require_identifiers(function: Callable[..., None]) -> None:
    hints = get_type_hints(function)
    for parameter in inspect.signature(function).parameters.values():
        is_named = parameter.kind is inspect.Parameter.KEYWORD_ONLY
        if not is_named or hints.get(parameter.name) not in {int, str}:
            message = f"{_name(function)}: {parameter.name} must be keyword-only, int or str"
            raise TypeError(message)
