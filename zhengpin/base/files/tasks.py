from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.files import services
from zhengpin.base.jobs.declarations import sweep

if TYPE_CHECKING:
    from datetime import datetime


@sweep(minute=25)
def sweep_bytes(*, now: datetime) -> None:
    services.sweep(now=now)
