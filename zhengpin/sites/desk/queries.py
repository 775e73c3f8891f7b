"""What a member sees first: all of it through the doors of the mechanisms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from zhengpin.mechanisms.plans import queries as plans
from zhengpin.mechanisms.plans.kinds import INFORMATIVE
from zhengpin.mechanisms.plans.models import ClauseUnit, Plan

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhengpin.base.access.models import Member, Person
    from zhengpin.mechanisms.plans.models import PlanQuerySet
    from zhengpin.sites.desk.models import SignIn


def plans_to_review(member: Member) -> PlanQuerySet:
    """Return the plans that wait for the member's own organization, the latest first."""
    waiting = plans.plans_for(member).filter(stage=Plan.Stage.REVIEW)
    return waiting.filter(organization=member.organization).order_by("-imported_at", "-pk")


def with_open_problems(waiting: PlanQuerySet) -> PlanQuerySet:
    """Add to each plan how many problems are ``open``: to be settled before it is confirmed."""
    to_settle = Q(problems__settled_at=None) & ~Q(problems__code__in=INFORMATIVE)
    return waiting.annotate(open=Count("problems", filter=to_settle))


def plans_confirmed(member: Member) -> PlanQuerySet:
    """Return the confirmed plans of the member's own region, the one confirmed last first."""
    confirmed = plans.plans_for(member).filter(
        stage=Plan.Stage.CONFIRMED, region=member.organization.region
    )
    return confirmed.annotate(size=Count("clauses")).order_by("-confirmed_at", "-pk")


def clauses_of(member: Member) -> QuerySet[ClauseUnit]:
    """Return where confirmed plans name the member's organization, in the order of the plans."""
    seen = plans.plans_for(member).filter(stage=Plan.Stage.CONFIRMED)
    units = ClauseUnit.objects.filter(
        organization=member.organization, clause__plan__in=seen.order_by().values("pk")
    )
    hidden = ("source_text", "pieces", "instruments", "timeline", "search")
    return (
        units.select_related("clause__plan")
        .defer("clause__search", *(f"clause__plan__{name}" for name in hidden))
        .order_by("-clause__plan__year", "-clause__plan_id", "clause__order", "order")
    )


def sign_ins_of(person: Person) -> QuerySet[SignIn]:
    """Return when and how a person came in, the last time first."""
    return person.sign_ins.order_by("-signed_in_at", "-pk")
