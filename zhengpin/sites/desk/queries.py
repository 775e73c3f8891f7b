"""What a member sees first: all of it through the doors of the mechanisms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from zhengpin.config.identity import PROVIDER
from zhengpin.mechanisms.plans import queries as plans
from zhengpin.mechanisms.plans.models import Clause, Plan, Problem

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhengpin.base.access.models import Member, Person
    from zhengpin.mechanisms.plans.models import PlanQuerySet
    from zhengpin.sites.desk.models import SignIn


def plans_to_review(member: Member) -> PlanQuerySet:
    """Return the plans that wait for the member's own organization, the latest first."""
    waiting = plans.plans_held_by(member).filter(stage=Plan.Stage.REVIEW)
    return waiting.select_related("organization", "region").order_by("-imported_at", "-pk")


def with_open_problems(waiting: PlanQuerySet) -> PlanQuerySet:
    """Add to each plan how many problems are ``open``: to be settled before it is confirmed."""
    return waiting.annotate(open=_count(Problem.objects.unsettled().deciding()))


def plans_confirmed(member: Member) -> PlanQuerySet:
    """Return the confirmed plans of the member's own region, the one confirmed last first."""
    confirmed = plans.plans_for(member).filter(
        stage=Plan.Stage.CONFIRMED, region=member.organization.region
    )
    return confirmed.annotate(size=_count(Clause.objects.all())).order_by("-confirmed_at", "-pk")


def sign_ins_of(person: Person) -> QuerySet[SignIn]:
    """Return when and how a person came in, the last time first."""
    return person.sign_ins.order_by("-signed_in_at", "-pk")


def identities_of(person: Person) -> QuerySet[SocialAccount]:
    """Return the subjects of the identity provider that open a person's account."""
    return cast(
        "QuerySet[SocialAccount]",
        SocialAccount.objects.filter(
            user=person, provider=PROVIDER, uid__startswith=settings.IDENTITY.uid_of("")
        ),
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    """Count the rows of each plan that is listed, and not of those that are not."""
    of_plan = rows.filter(plan=OuterRef("pk")).order_by().values("plan")
    return Coalesce(Subquery(of_plan.annotate(n=Count("pk")).values("n")), 0)
