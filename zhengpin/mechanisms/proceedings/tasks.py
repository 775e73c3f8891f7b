from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.jobs.declarations import sweep
from zhengpin.mechanisms.proceedings import recomputing, reminding

if TYPE_CHECKING:
    from datetime import datetime


@sweep()
def remind(*, now: datetime) -> None:
    reminding.remind(now=now)


@sweep()
def follow_law(*, now: datetime) -> None:
    recomputing.follow_law(now=now)
