from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.jobs.declarations import sweep
from zhengpin.mechanisms.plans import citing

if TYPE_CHECKING:
    from datetime import datetime


@sweep()
def list_missing_citations(*, now: datetime) -> None:
    citing.list_missing(now=now)
