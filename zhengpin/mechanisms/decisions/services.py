"""Asking for a decision, declaring, voting, deciding: one ledger entry for each act.

Serving and withdrawing carry nothing of a decision: they are the engine's own steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhengpin.base.ledger import services as ledger
from zhengpin.mechanisms.decisions import errors, queries
from zhengpin.mechanisms.decisions.models import Decision, Panelist
from zhengpin.mechanisms.decisions.procedure import DECISION
from zhengpin.mechanisms.proceedings import law
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.duties import APPROVE
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding, Step


@transaction.atomic
def ask(
    *,
    question: str,
    panel: Sequence[Member],
    member: Member,
    said: Particulars,
    now: datetime,
    about: Proceeding | None = None,
    appeal_rule: str | None = None,
) -> Decision:
    """Put a question to one approver or an odd panel.

    ``appeal_rule`` is the row of the law's deadlines under which the outcome can be contested.
    Raises QuestionMissing, PanelEmpty, PanelEven, PanelistTwice, OwnApplication,
    PanelistWithoutDuty, PanelistConflicted or RuleNotInForce.
    """
    if not question.strip():
        raise errors.QuestionMissing
    _check_panel(panel, member, about)
    appeal = law.version_on(appeal_rule, said.on).citation if appeal_rule else ""
    proceeding = engine.open_proceeding(
        procedure_code=DECISION.code,
        title=question.strip()[:200],
        member=member,
        said=said,
        now=now,
    )
    decision = Decision.objects.create(
        proceeding=proceeding,
        about=about,
        applicant=member,
        question=question.strip(),
        appeal=appeal,
    )
    Panelist.objects.bulk_create(Panelist(decision=decision, member=one) for one in panel)
    return decision


@transaction.atomic
def declare(
    *, decision: Decision, has_conflict: bool, reasons: str, member: Member, now: datetime
) -> Panelist:
    """Say whether something stands against taking part; voting begins when nobody is missing.

    Raises NotOnPanel, DeclaredAlready or ConflictUnexplained.
    """
    decision = _locked(decision)
    panelist = _panelist(decision, member)
    if panelist.has_conflict is not None:
        raise errors.DeclaredAlready
    if has_conflict and not reasons.strip():
        raise errors.ConflictUnexplained
    panelist.has_conflict, panelist.conflict = has_conflict, reasons.strip()
    panelist.save(update_fields=["has_conflict", "conflict"])
    _record("declare", decision, member, {"conflict": has_conflict}, now)
    return panelist


@transaction.atomic
def replace(
    *, decision: Decision, panelist: Panelist, by: Member, member: Member, now: datetime
) -> Panelist:
    """Put another person in the place of one who declared a conflict.

    Only the applicant does so. Raises NothingToReplace, or what a panel is refused for.
    """
    decision = _locked(decision)
    if decision.applicant_id != member.pk:
        raise errors.NotOnPanel
    if not panelist.has_conflict or panelist.is_replaced:
        raise errors.NothingToReplace
    others = [one.member for one in decision.panelists.select_related("member__person")]
    if by.person_id in {one.person_id for one in others}:
        raise errors.PanelistTwice
    _check_panelist(by, member, decision.about)
    panelist.is_replaced = True
    panelist.save(update_fields=["is_replaced"])
    fresh = Panelist.objects.create(decision=decision, member=by)
    _record("replace", decision, member, {"panelist": panelist.pk, "by": str(by.uuid)}, now)
    return fresh


@transaction.atomic
def begin(*, decision: Decision, member: Member, said: Particulars, now: datetime) -> Step:
    """Begin voting once everybody declared that nothing stands against it. Raises NotVotingYet."""
    decision = _locked(decision)
    if queries.panel_of(decision).exclude(has_conflict=False).exists():
        raise errors.NotVotingYet
    return _step(decision, "begin", member, said, now)


@transaction.atomic
def vote(
    *, decision: Decision, vote: str, reasons: str, member: Member, now: datetime
) -> Panelist:
    """Vote once, with reasons. Raises NotOnPanel, NotVotingYet, VotedAlready, VoteUnexplained."""
    decision = _locked(decision)
    panelist = _panelist(decision, member)
    if decision.proceeding.stage != "voting":
        raise errors.NotVotingYet
    if panelist.vote:
        raise errors.VotedAlready
    if not reasons.strip():
        raise errors.VoteUnexplained
    panelist.vote = Panelist.Vote(vote)
    panelist.reasons, panelist.voted_at = reasons.strip(), now
    panelist.save(update_fields=["vote", "reasons", "voted_at"])
    _record("vote", decision, member, {"vote": str(panelist.vote)}, now)
    return panelist


@transaction.atomic
def decide(*, decision: Decision, member: Member, said: Particulars, now: datetime) -> Step:
    """Fix the outcome once everybody has voted: the majority carries. Raises NotVotingYet."""
    decision = _locked(decision)
    votes = list(queries.panel_of(decision).values_list("vote", flat=True))
    if decision.proceeding.stage != "voting" or "" in votes:
        raise errors.NotVotingYet
    for_it = votes.count(Panelist.Vote.FOR)
    carried = for_it * 2 > len(votes)
    decision.outcome = Decision.Outcome.APPROVED if carried else Decision.Outcome.REFUSED
    decision.save(update_fields=["outcome"])
    counted = {"outcome": str(decision.outcome), "for": for_it, "against": len(votes) - for_it}
    return _step(decision, "decide", member, said, now, counted)


def _check_panel(panel: Sequence[Member], member: Member, about: Proceeding | None) -> None:
    if not panel:
        raise errors.PanelEmpty
    if len(panel) % 2 == 0:
        raise errors.PanelEven
    if len({one.person_id for one in panel}) < len(panel):
        raise errors.PanelistTwice
    for one in panel:
        _check_panelist(one, member, about)


def _check_panelist(one: Member, applicant: Member, about: Proceeding | None) -> None:
    if one.person_id == applicant.person_id:
        raise errors.OwnApplication
    if not one.holds(APPROVE):
        raise errors.PanelistWithoutDuty
    if about is not None and about.steps.filter(member__person=one.person_id).exists():
        raise errors.PanelistConflicted


def _locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update().get(pk=decision.pk)


def _panelist(decision: Decision, member: Member) -> Panelist:
    found = decision.panelists.filter(member=member, is_replaced=False).first()
    if found is None:
        raise errors.NotOnPanel
    return found


def _step(
    decision: Decision,
    move_code: str,
    member: Member,
    said: Particulars,
    now: datetime,
    facts: Mapping[str, object] | None = None,
) -> Step:
    whole = Particulars(said.on, said.at, said.note, said.limits, facts or said.facts)
    return engine.carry_move(
        proceeding=decision.proceeding, move_code=move_code, member=member, said=whole, now=now
    )


def _record(
    act: str, decision: Decision, member: Member, facts: Mapping[str, object], now: datetime
) -> None:
    ledger.record(
        action=f"decisions.{act}",
        subject=str(decision.proceeding.uuid),
        member=member.uuid,
        facts=facts,
        now=now,
    )
