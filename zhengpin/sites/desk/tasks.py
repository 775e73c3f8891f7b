from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings

from zhengpin.base.jobs.declarations import sweep

if TYPE_CHECKING:
    from datetime import datetime


@sweep(hour=3, minute=20)
def forget_sessions(*, now: datetime) -> None:
    """Delete the sessions that have run out; the framework reads the clock itself."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
