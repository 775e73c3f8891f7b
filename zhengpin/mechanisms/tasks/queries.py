"""Which tasks a member may see, how a plan stands, and what a clause still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from zhengpin.mechanisms.plans.models import ClauseUnit
from zhengpin.mechanisms.proceedings.models import DueDay
from zhengpin.mechanisms.proceedings.queries import seen_by
from zhengpin.mechanisms.tasks.models import Evidence, Task

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Clause, Plan
    from zhengpin.mechanisms.tasks.models import TaskQuerySet


def tasks_for(member: Member) -> TaskQuerySet:
    """Return the tasks a member may see: those whose matter it sees."""
    rows = Task.objects.filter(seen_by(member, "proceeding__"))
    beside = (
        "proceeding__holder__region", "plan", "clause", "organization", "owner__person",
    )  # fmt: skip
    long = ("plan__source_text", "plan__pieces", "plan__search", "clause__search")
    return rows.select_related(*beside).defer("proceeding__search", *long)


def holds_file(member: Member) -> Exists:
    """Return the condition over files that one is evidence of a task the member may see."""
    shown = Evidence.objects.filter(seen_by(member, "task__proceeding__"), file=OuterRef("pk"))
    return Exists(shown)


def unassigned(plan: Plan) -> QuerySet[ClauseUnit]:
    """Return the units of a plan that are organizations and have no task yet."""
    known = Task.objects.whole().filter(
        clause=OuterRef("clause"), organization=OuterRef("organization")
    )
    named = ClauseUnit.objects.filter(clause__plan=plan, organization__isnull=False)
    return named.filter(~Exists(known)).order_by("clause__order", "order")


def ownerless(plan: Plan) -> QuerySet[Clause]:
    """Return the clauses of a plan that name no organization, so that nobody owes them."""
    named = ClauseUnit.objects.filter(clause=OuterRef("pk"), organization__isnull=False)
    return plan.clauses.filter(~Exists(named)).defer("search").order_by("order")


@dataclass(frozen=True, slots=True)
class Standing:
    """进度: how many tasks of a plan there are, and how they stand."""

    total: int
    waiting: int
    reported: int
    verified: int
    ended: int
    silent: int

    @property
    def working(self) -> int:
        return self.total - self.waiting - self.reported - self.verified - self.ended


def standing(tasks: TaskQuerySet, *, since: date) -> Standing:
    """Return how tasks stand, parts left out; ``silent`` are worked on without progress since."""
    stages = ("waiting", "reported", "verified", "ended")
    counts = {one: Count("pk", filter=Q(proceeding__stage=one)) for one in stages}
    quiet = Count("pk", filter=_quiet(since) & Q(proceeding__stage="working"))
    plain = tasks.whole().select_related(None).order_by()
    return Standing(**plain.aggregate(total=Count("pk"), silent=quiet, **counts))


def silent(tasks: TaskQuerySet, *, since: date) -> TaskQuerySet:
    """Return the tasks that are worked on and of which nothing was heard since a day."""
    return tasks.filter(_quiet(since), proceeding__stage="working")


def _quiet(since: date) -> Q:
    return Q(progressed_on__isnull=True) | Q(progressed_on__lt=since)


def without_day(tasks: TaskQuerySet) -> TaskQuerySet:
    """Return the tasks for which no last day is set."""
    unset = DueDay.objects.filter(
        proceeding=OuterRef("proceeding"), due_at__isnull=True, is_paused=False
    )
    return tasks.filter(Exists(unset))


def quarter_of(day: date) -> date:
    """Return the first day of the quarter a day lies in."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def of_clause(clause: Clause) -> list[Task]:
    """Return the tasks that stand for a clause, in the order of its units."""
    rows = clause.tasks.whole().select_related("organization", "proceeding")
    return list(rows.defer("proceeding__search").order_by("pk"))
