"""The due days of a member's organization as iCalendar: number, limit and link, nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from zhengpin.mechanisms.proceedings import worklist

if TYPE_CHECKING:
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import DueDay

MOST = 1000
_KEPT = timedelta(days=60)  # how long an overdue day stays in the calendar


def of(member: Member, *, now: datetime) -> bytes:
    """Return the calendar: all-day events, the same UID as long as the clock runs."""
    calendar = Calendar()
    calendar.add("prodid", "-//Zhengpin//Worklist//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"正品待办 {member.organization.short_name}")
    for due in worklist.dated(member, since=now - _KEPT, most=MOST):
        calendar.add_component(_event(due, now))
    return bytes(calendar.to_ical())


def _event(due: DueDay, now: datetime) -> Event:
    matter = due.proceeding
    clock = matter.procedure.clock(due.clock_code)
    event = Event()
    event.add("uid", f"{matter.uuid}.{due.clock_code}@zhengpin")
    event.add("dtstamp", now)
    event.add("summary", f"{clock.title} {matter.number}")
    if due.due_on is not None:
        event.add("dtstart", due.due_on)
        event.add("dtend", due.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if due.is_provisional else "CONFIRMED")
    event.add(
        "url", settings.ADDRESS.rstrip("/") + reverse("proceedings:detail", args=[matter.uuid])
    )
    return event
