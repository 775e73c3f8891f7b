"""Reads when an event was: a day, or an instant with its offset, taken to Beijing time."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from zhengpin.kernel.clocks.errors import StartUnreadable

BEIJING = timezone(timedelta(hours=8))
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    rf"{_DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,6}})?)?"
    r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?"
)


def read_start(text: str) -> date | datetime:
    """Return the day or the instant that ``text`` writes by ISO 8601. Raises StartUnreadable."""
    instant = _INSTANT.fullmatch(text)
    if instant is not None and instant["offset"] is None:
        message = f"“{text}”没有写时区：请写成 {text}+08:00。"
        raise StartUnreadable(message)
    try:
        if instant is not None:
            return datetime.fromisoformat(text).astimezone(BEIJING)
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except (ValueError, OverflowError):
        pass
    message = (
        f"“{text}”不是日期：请写成 2026-03-02，按小时计算的规则写成 2026-03-02T16:45:00+08:00。"
    )
    raise StartUnreadable(message)


def day_of(start: date | datetime) -> date:
    """Return the day of ``start`` in Beijing."""
    if isinstance(start, datetime):
        return start.astimezone(BEIJING).date()
    return start
