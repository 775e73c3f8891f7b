"""Tasks for the tests; what they did stands in ``done``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.jobs import services
from zhengpin.base.jobs.declarations import sweep, task
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

done: list[str] = []


@task
def note(*, text: str) -> None:
    done.append(text)


@task
def fail(*, text: str) -> None:
    raise ValueError(text)


@task
def refuse(*, text: str) -> None:
    raise DomainError(text)


@task
def queue_another_and_fail(*, text: str) -> None:
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        services.defer("jobs.note", text=text)
        raise ValueError(text)


@sweep(hour=3, minute=5)
def tidy(*, now: datetime) -> None:
    done.append(now.isoformat())
