"""Queueing a job, and deciding about one that failed."""

from __future__ import annotations

import inspect
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from procrastinate.contrib.django import app

if TYPE_CHECKING:
    from datetime import datetime


def defer(name: str, /, **identifiers: int | str) -> int:
    """Queue a job of the task ``name`` in the transaction that is open; return its number.

    By name, for a service stands below the tasks that call it. Raises LookupError where there is
    no such task, TypeError where it takes other identifiers.
    """
    task = app.tasks.get(name)
    if task is None:
        raise LookupError(name)
    inspect.signature(task.func).bind(**identifiers)
    return task.defer(**identifiers)


# The last event of a job is its end. Failed jobs stay until somebody decides about them.
_FORGET = """
DELETE FROM procrastinate_jobs j WHERE status IN ('succeeded', 'cancelled', 'aborted')
AND NOT EXISTS (SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > %s)
"""
_KEPT = timedelta(days=7)


def forget_finished(*, now: datetime) -> int:
    """Delete jobs that ended well more than a week ago, and return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [now - _KEPT])
        return int(cursor.rowcount)
