"""What there is to say about the queue; no identifiers that jobs carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

# Due and not begun; the first by number entered the queue first. One that is to run later, or
# again, has waited since then.
_STANDING = """
SELECT
  count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())),
  count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()),
  count(*) FILTER (WHERE status = 'doing'),
  count(*) FILTER (WHERE status = 'failed'),
  now() - least(
    min(scheduled_at) FILTER (WHERE status = 'todo' AND scheduled_at <= now()),
    (SELECT min(at) FROM procrastinate_events WHERE type = 'deferred' AND job_id = (
      SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL))
  )
FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many jobs wait, are put off, run and have failed, and how long the oldest has waited."""

    waiting: int
    put_off: int
    running: int
    failed: int
    waited: timedelta


def standing() -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        waiting, put_off, running, failed, waited = cursor.fetchone()
    return Standing(waiting, put_off, running, failed, max(waited or timedelta(), timedelta()))
