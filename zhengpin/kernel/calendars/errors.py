"""What the calendar refuses."""

from zhengpin.kernel.errors import DomainError


class CalendarUnknown(DomainError):
    """该年的工作日无从得知。"""
