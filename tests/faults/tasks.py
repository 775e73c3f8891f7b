from __future__ import annotations

import time

from django.utils import timezone

from zhengpin.base.jobs.declarations import task

BEFORE, AFTER = 1.0, 1.0  # seconds in which to be killed


@task
def define_region(*, code: str) -> None:
    """Define a region, with time to be killed before it is done and after."""
    from zhengpin.base.organizations import services  # noqa: PLC0415 (the models come later)
    from zhengpin.base.organizations.models import Region  # noqa: PLC0415

    time.sleep(BEFORE)
    if not Region.objects.filter(code=code).exists():
        services.define_region(code=code, name=code, full_name=code, now=timezone.now())
    time.sleep(AFTER)


@task
def hang() -> None:
    time.sleep(600)
