"""Which decisions a member may see, who can decide, who still owes what, how a panel voted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When

from zhengpin.base.access.duties import OVERSEE
from zhengpin.base.access.models import Member
from zhengpin.kernel.lawdata import Kind
from zhengpin.mechanisms.decisions.models import Decision, Panelist
from zhengpin.mechanisms.proceedings import law
from zhengpin.mechanisms.proceedings import queries as proceedings
from zhengpin.mechanisms.proceedings.duties import APPROVE, HANDLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Any

    from django.db.models import QuerySet

    from zhengpin.base.access.models import MemberQuerySet
    from zhengpin.kernel.lawdata import Rule
    from zhengpin.mechanisms.proceedings.models import Proceeding, ProceedingQuerySet

_SEAT = ("member__person", "member__post__organization")


def decisions_for(member: Member) -> QuerySet[Decision]:
    """Return the decisions a member may see: those whose matter it sees.

    The organizations of those who decide stand in the matter as its panel; of the matter the
    question is about they see no more than before.
    """
    rows = Decision.objects.filter(proceedings.seen_by(member, "proceeding__"))
    return rows.select_related("proceeding__holder__region", "about", "applicant__person")


def waiting_for(member: Member) -> QuerySet[Decision]:
    """Return the decisions that wait for this member.

    As one of the panel they declare and vote; as the applicant they replace whoever declared a
    conflict, and serve what was decided.
    """
    return decisions_for(member).filter(pk__in=_owed_by(member))


def waiting_count(member: Member, most: int) -> int:
    """Return how many wait for this member, at most ``most``."""
    return _owed_by(member)[:most].count()


def _owed_by(member: Member) -> QuerySet[Any, Any]:
    asked, voting = (Q(decision__proceeding__stage=one) for one in ("asked", "voting"))
    unsaid = Panelist.objects.filter(member=member, is_replaced=False, vote="")
    to_say = unsaid.filter((asked & Q(has_conflict=None)) | voting)
    to_fill = Panelist.objects.filter(
        asked, has_conflict=True, is_replaced=False, decision__applicant=member
    )
    to_serve = Decision.objects.filter(applicant=member, proceeding__stage="decided")
    return to_say.values("decision").union(to_fill.values("decision"), to_serve.values("pk"))


def matters_for(member: Member) -> ProceedingQuerySet:
    """Return the matters in which a member may put a question: open, of its own organization."""
    seen = proceedings.proceedings_for(member)
    if not member.holds(HANDLE):
        return seen.none()
    return seen.open().filter(holder=member.organization)


def may_ask_about(member: Member, proceeding: Proceeding) -> bool:
    """Tell whether a matter is one of these; no query."""
    is_own = proceeding.holder_id == member.organization.pk
    return is_own and proceeding.closed_on is None and member.holds(HANDLE)


def candidates_for(member: Member, *, on: date) -> MemberQuerySet:
    """Return those whom a member may ask to decide, of its own organization first.

    They hold the duty to approve on that day, in the member's region or in one that contains it;
    nobody decides on their own application.
    """
    own = When(post__organization=member.organization, then=Value(0))
    return (
        Member.objects.in_force(on)
        .filter(
            post__duties__contains=[APPROVE.code],
            post__organization__region__prefix__in=member.organization.region.prefixes,
        )
        .exclude(person=member.person_id)
        .annotate(distance=Case(own, default=Value(1), output_field=IntegerField()))
        .select_related("person", "post__organization__region")
        .order_by("distance", "post__organization_id", "post_id", "pk")
    )


def named(candidates: MemberQuerySet, words: str) -> MemberQuerySet:
    """Return those whose name, post or organization holds every one of the words."""
    for word in words.split():
        candidates = candidates.filter(
            Q(person__name__icontains=word)
            | Q(post__title__icontains=word)
            | Q(post__organization__name__icontains=word)
            | Q(post__organization__short_name__icontains=word)
        )
    return candidates


def handled(candidates: MemberQuerySet, about: Proceeding | None) -> MemberQuerySet:
    """Return those who took a step in a matter, and so may not decide on it."""
    if about is None:
        return candidates.none()
    return candidates.filter(person__in=about.steps.values("member__person"))


def remedies(*, on: date) -> list[Rule]:
    """Return the rights within a limit of time that the law knows on a day, in the data's order.

    Which of them contests an outcome the data does not say; whoever asks chooses.
    """
    rules = law.current().table.rules.values()
    return [one for one in rules if one.kind is Kind.RIGHT_WINDOW and one.covers(on)]


def everybody_of(decision: Decision) -> QuerySet[Panelist]:
    """Return all who were asked to decide, in the order they were named."""
    return decision.panelists.select_related(*_SEAT).order_by("pk")


def panel_of(decision: Decision) -> QuerySet[Panelist]:
    """Return those who decide now, in the order they were named; not those replaced."""
    return everybody_of(decision).filter(is_replaced=False)


def dissent_of(decision: Decision) -> QuerySet[Panelist]:
    """Return the votes that did not carry, with their reasons."""
    won = Panelist.Vote.FOR if decision.outcome == Decision.Outcome.APPROVED else "against"
    return panel_of(decision).exclude(vote="").exclude(vote=won)


def may_read_votes(member: Member, decision: Decision) -> bool:
    """Tell whether a member reads how the others voted, and the outcome.

    Those who take part do once the outcome is fixed: a vote is everybody's own judgement, so
    until then nobody leans on another's, the applicant included. Overseers read votes at once,
    but not while they are to vote themselves. Who was replaced takes part no more.
    """
    owed = Q(member__person=member.person_id, is_replaced=False, vote="")
    if not decision.outcome and decision.panelists.filter(owed).exists():
        return False
    if member.holds(OVERSEE):
        return True
    return bool(decision.outcome and proceedings.roles_of(member, decision.proceeding))


def outcomes_for(member: Member, decisions: Iterable[Decision]) -> dict[int, str]:
    """Return the outcomes of these decisions that a member reads, by their keys. One query."""
    fixed = [one for one in decisions if one.outcome]
    if not fixed:
        return {}
    roles = proceedings.roles_in(member, [one.proceeding for one in fixed])
    sees_all = member.holds(OVERSEE)
    return {
        one.pk: one.get_outcome_display() for one in fixed if sees_all or roles[one.proceeding_id]
    }
