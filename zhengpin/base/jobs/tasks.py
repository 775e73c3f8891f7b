from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.jobs import services
from zhengpin.base.jobs.declarations import sweep

if TYPE_CHECKING:
    from datetime import datetime


@sweep(hour=3, minute=10)
def forget_finished(*, now: datetime) -> None:
    services.forget_finished(now=now)
