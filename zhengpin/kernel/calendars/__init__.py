"""Working days of mainland China: announced years from sourced data, others provisionally.

Owns the notices (the library of announced years, and ``notices.yaml`` for what it lacks), the
statutory holidays of the other years (``statutory.yaml``) and arithmetic in working days. Reads no
clock and no network. Invariant: a year without a State Council notice is never called announced.
"""

from zhengpin.kernel.calendars.errors import CalendarUnknown
from zhengpin.kernel.calendars.notices import Notices
from zhengpin.kernel.calendars.statutory import Statutory
from zhengpin.kernel.calendars.working import (
    Calendar,
    add_working_days,
    is_announced,
    is_working,
    mainland,
    next_working_day,
)

__all__ = [
    "Calendar",
    "CalendarUnknown",
    "Notices",
    "Statutory",
    "add_working_days",
    "is_announced",
    "is_working",
    "mainland",
    "next_working_day",
]
