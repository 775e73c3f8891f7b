from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.jobs.declarations import sweep
from zhengpin.base.notices import services

if TYPE_CHECKING:
    from datetime import datetime


@sweep()
def deliver(*, now: datetime) -> None:
    services.deliver(now=now)
