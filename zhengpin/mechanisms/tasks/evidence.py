"""What is given as evidence with a step of a task: files, and matters the member may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpin.base.files import services as files
from zhengpin.base.files.rules import declare
from zhengpin.mechanisms.proceedings import queries as proceedings
from zhengpin.mechanisms.tasks import errors
from zhengpin.mechanisms.tasks.models import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding, Step
    from zhengpin.mechanisms.tasks.models import Task

RULE = declare("task_evidence", "任务佐证")


@dataclass(frozen=True, slots=True)
class Given:
    """佐证材料: files as (name, content), and matters; ``why_none`` where there is neither."""

    files: Sequence[tuple[str, bytes]] = ()
    matters: Sequence[Proceeding] = ()
    why_none: str = ""

    @property
    def says_anything(self) -> bool:
        return bool(self.files or self.matters or self.why_none.strip())


def check(given: Given, member: Member) -> None:
    """Raise MatterUnseen unless the member may see every matter."""
    wanted = {one.pk for one in given.matters}
    if proceedings.proceedings_for(member).filter(pk__in=wanted).count() < len(wanted):
        raise errors.MatterUnseen


def keep(task: Task, step: Step, given: Given, member: Member, now: datetime) -> None:
    """Hang what is given on a step; part of the caller's transaction."""
    kept = [
        files.keep(member=member, name=name, content=content, rule=RULE, now=now)
        for name, content in given.files
    ]
    Evidence.objects.bulk_create(
        [
            *(Evidence(task=task, step=step, file=one) for one in kept),
            *(Evidence(task=task, step=step, proceeding=one) for one in given.matters),
        ]
    )
