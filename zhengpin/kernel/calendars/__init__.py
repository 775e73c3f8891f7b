"""Working days of mainland China: announced years from sourced data, others provisionally.

Owns the notices (the library of announced years, and ``notices.yaml`` for what it lacks), the
statutory holidays of the other years (``statutory.yaml``) and arithmetic in working days. Reads no
clock and no network. Invariant: a year without a State Council notice is never called announced.
"""

from zhengpin.kernel.calendars.announcements import (
    Announcement,
    DayOn,
    DaysOff,
    announcement_faults,
    lay_over,
    package_notice_faults,
    read_announcement,
)
from zhengpin.kernel.calendars.errors import CalendarUnknown, NoticeFaulty
from zhengpin.kernel.calendars.notices import Notices, known_notices
from zhengpin.kernel.calendars.sources import NoticeSource, notice_sources
from zhengpin.kernel.calendars.statutory import Statutory, statutory
from zhengpin.kernel.calendars.working import (
    Calendar,
    add_working_days,
    is_announced,
    is_working,
    mainland,
    next_working_day,
)

__all__ = [
    "Announcement",
    "Calendar",
    "CalendarUnknown",
    "DayOn",
    "DaysOff",
    "NoticeFaulty",
    "NoticeSource",
    "Notices",
    "Statutory",
    "add_working_days",
    "announcement_faults",
    "is_announced",
    "is_working",
    "known_notices",
    "lay_over",
    "mainland",
    "next_working_day",
    "notice_sources",
    "package_notice_faults",
    "read_announcement",
    "statutory",
]
