"""Reminding of last days: shortly before, and once they have passed.

Who owes is told of both. That a day has passed, who waits for it is told too, the head of the unit
that owes it, and who supervises: the nearest office that coordinates the region or, where the
procedure is not coordinated, the nearest that oversees it. Each once for each last day; one that
was extended or corrected is another.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from zhengpin.base.access.duties import OVERSEE
from zhengpin.base.access.models import Member
from zhengpin.base.organizations.models import prefixes_of
from zhengpin.kernel.clocks.starts import BEIJING
from zhengpin.mechanisms.proceedings import notices, register
from zhengpin.mechanisms.proceedings.duties import APPROVE, COORDINATE, HANDLE
from zhengpin.mechanisms.proceedings.models import DueDay, Reminder
from zhengpin.mechanisms.proceedings.worklist import SOON

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from zhengpin.base.access.duties import Duty
    from zhengpin.base.notices.kinds import NoticeKind

BATCH = 200
AT_ONCE = 4000
"""Days reminded of in one go; the next goes on, so that other jobs come in between."""

_Occasion = Reminder.Occasion


def remind(*, now: datetime, most: int = AT_ONCE) -> int:
    """Tell people of last days that are near or have passed; return of how many.

    Of a day that is near nobody is told on the day its clock began: whoever began it knows.
    """
    done = 0
    for occasion in (_Occasion.OVERDUE, _Occasion.SOON):
        while done < most and (told := _remind_some(occasion, now)):
            done += told
    return done


@transaction.atomic
def _remind_some(occasion: Reminder.Occasion, now: datetime) -> int:
    days = _untold(occasion, now)
    Reminder.objects.bulk_create(
        [
            Reminder(
                proceeding_id=one.proceeding_id,
                clock_code=one.clock_code,
                due_at=one.due_at,
                occasion=occasion,
                reminded_at=now,
            )
            for one in days
            if one.due_at is not None
        ],
        ignore_conflicts=True,
    )
    people = _People(days, now)
    for one in days:
        if occasion is _Occasion.SOON:
            _tell(notices.SOON, people.handling(one.owed_by_id), one, now)
        else:
            _tell_of_lateness(one, people, now)
    return len(days)


def _untold(occasion: Reminder.Occasion, now: datetime) -> list[DueDay]:
    reminded = Reminder.objects.filter(
        proceeding=OuterRef("proceeding"),
        clock_code=OuterRef("clock_code"),
        due_at=OuterRef("due_at"),
        occasion=occasion,
    )
    days = DueDay.objects.filter(~Exists(reminded), is_paused=False)
    if occasion is _Occasion.OVERDUE:
        days = days.filter(due_at__lte=now)
    else:
        today = now.astimezone(BEIJING).date()
        days = days.filter(due_at__gt=now, due_at__lte=now + SOON, started_on__lt=today)
    days = days.order_by("is_paused", "due_at", "pk").select_related("proceeding")
    return list(days.defer("proceeding__search")[:BATCH])


def _tell_of_lateness(due: DueDay, people: _People, now: datetime) -> None:
    concerned = people.handling(due.owed_by_id)
    if due.owed_to_id is not None:
        concerned = [*concerned, *people.handling(due.owed_to_id)]
    _tell(notices.OVERDUE, concerned, due, now)
    told = {one.person_id for one in concerned}
    above = [*people.heading(due.owed_by_id), *people.supervising(due)]
    _tell(notices.ESCALATED, [one for one in above if one.person_id not in told], due, now)


def _tell(kind: NoticeKind, to: Iterable[Member], due: DueDay, now: datetime) -> None:
    clock = due.proceeding.procedure.clock(due.clock_code)
    notices.tell(
        kind,
        to,
        due.proceeding,
        key=f"{due.clock_code}/{due.due_at:%Y-%m-%dT%H:%M:%S%z}",
        words=f"{clock.title}（{due.due_on}）：",
        now=now,
    )


class _People:
    """Who handles, heads and supervises in the organizations and regions of some due days."""

    def __init__(self, days: Sequence[DueDay], now: datetime) -> None:
        bodies = {one.owed_by_id for one in days} | {one.owed_to_id for one in days}
        regions = {code for one in days for code in prefixes_of(one.region_code)}
        in_force = Member.objects.in_force(timezone.localdate(now)).select_related(
            "post__organization__region"
        )
        self._of_body: dict[tuple[int, str], list[Member]] = defaultdict(list)
        for member in in_force.filter(post__organization__in=bodies - {None}):
            for code in member.post.duties:
                self._of_body[member.organization.pk, code].append(member)
        self._of_region: dict[tuple[str, str], list[Member]] = defaultdict(list)
        above = in_force.holding(COORDINATE, OVERSEE)
        for member in above.filter(post__organization__region__prefix__in=regions):
            for code in member.post.duties:
                self._of_region[member.region_prefix, code].append(member)
        self._coordinated = frozenset(register.coordinated_codes())

    def handling(self, organization: int) -> list[Member]:
        return self._of_body[organization, HANDLE.code]

    def heading(self, organization: int) -> list[Member]:
        return self._of_body[organization, APPROVE.code]

    def supervising(self, due: DueDay) -> list[Member]:
        """Return who supervises a due day: in the smallest region where anybody does."""
        duty: Duty = COORDINATE if due.procedure_code in self._coordinated else OVERSEE
        found = (self._of_region[code, duty.code] for code in prefixes_of(due.region_code))
        return next((one for one in found if one), [])
