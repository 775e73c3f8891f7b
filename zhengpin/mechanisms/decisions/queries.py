"""Which decisions a member may see, who still owes what, and where a panel was not of one mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from zhengpin.mechanisms.decisions.models import Decision, Panelist
from zhengpin.mechanisms.proceedings.models import Proceeding
from zhengpin.mechanisms.proceedings.queries import seen_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhengpin.base.access.models import Member


def decisions_for(member: Member) -> QuerySet[Decision]:
    """Return the decisions a member may see: of matters it sees, and those it decides."""
    seen = Proceeding.objects.filter(seen_by(member)).values("pk")
    mine = Panelist.objects.filter(member=member).values("decision")
    rows = Decision.objects.filter(Q(proceeding__in=seen) | Q(pk__in=mine))
    return rows.select_related("proceeding__holder__region", "about", "applicant__person")


def panel_of(decision: Decision) -> QuerySet[Panelist]:
    """Return those who decide now, in the order they were named; not those replaced."""
    rows = decision.panelists.filter(is_replaced=False)
    return rows.select_related("member__person", "member__post__organization").order_by("pk")


def dissent_of(decision: Decision) -> QuerySet[Panelist]:
    """Return the votes that did not carry, with their reasons."""
    won = Panelist.Vote.FOR if decision.outcome == Decision.Outcome.APPROVED else "against"
    return panel_of(decision).exclude(vote="").exclude(vote=won)
