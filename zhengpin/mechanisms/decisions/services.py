"""Asking for a decision, declaring, replacing, voting: one ledger entry for each act.

The declaration that was still missing begins the voting and the last vote fixes the outcome: such
an act is one entry with the step it leads to. Serving and withdrawing carry nothing of a decision:
they are the engine's own steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhengpin.base.ledger import services as ledger
from zhengpin.kernel.clocks.starts import day_of
from zhengpin.mechanisms.decisions import errors, queries
from zhengpin.mechanisms.decisions.models import Decision, Panelist
from zhengpin.mechanisms.decisions.notices import ASKED, DECIDED, RECUSED, VOTING
from zhengpin.mechanisms.decisions.procedure import DECISION, PANEL
from zhengpin.mechanisms.proceedings import law
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.duties import APPROVE
from zhengpin.mechanisms.proceedings.models import Proceeding
from zhengpin.mechanisms.proceedings.notices import tell
from zhengpin.mechanisms.proceedings.particulars import Particulars
from zhengpin.mechanisms.proceedings.parties import end, stand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from zhengpin.base.access.models import Member


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
    Raises QuestionMissing, NotYourMatter, PanelEmpty, PanelEven, PanelistTwice, OwnApplication,
    PanelistWithoutDuty, PanelistOutOfReach, PanelistConflicted or RuleNotInForce.
    """
    if not question.strip():
        raise errors.QuestionMissing
    if about is not None and not queries.matters_for(member).filter(pk=about.pk).exists():
        raise errors.NotYourMatter
    _check_panel(panel, member, about, now)
    appeal = law.version_on(appeal_rule, said.on).citation if appeal_rule else ""
    proceeding = engine.open_proceeding(
        procedure_code=DECISION.code,
        title=" ".join(question.split())[:200],
        member=member,
        said=said,
        now=now,
        parties={PANEL: panel[0].organization},
    )
    decision = Decision.objects.create(
        proceeding=proceeding,
        about=about,
        applicant=member,
        question=question.strip(),
        appeal=appeal,
    )
    Panelist.objects.bulk_create(Panelist(decision=decision, member=one) for one in panel)
    _stand(decision)
    tell(ASKED, panel, proceeding, key="asked", by=member, now=now)
    return decision


@transaction.atomic
def declare(
    *, decision: Decision, has_conflict: bool, reasons: str, member: Member, now: datetime
) -> Panelist:
    """Say whether something stands against taking part; the last of the panel begins the voting.

    Raises NotOnPanel, DeclaredAlready, DeclaringOver or ConflictUnexplained.
    """
    decision = _locked(decision)
    panelist = _panelist(decision, member)
    if panelist.has_conflict is not None:
        raise errors.DeclaredAlready
    if decision.proceeding.stage != "asked":
        raise errors.DeclaringOver
    if has_conflict and not reasons.strip():
        raise errors.ConflictUnexplained
    panelist.has_conflict = has_conflict
    panelist.conflict = reasons.strip() if has_conflict else ""
    panelist.save(update_fields=["has_conflict", "conflict"])
    facts = {"panelist": panelist.pk, "conflict": has_conflict}
    if has_conflict:
        tell(
            RECUSED, [decision.applicant], decision.proceeding, key=panelist.pk, by=member, now=now
        )
    if queries.panel_of(decision).exclude(has_conflict=False).exists():
        _record("declare", decision, member, facts, now)
    else:
        _step(decision, "begin", member, facts, now)
        tell(VOTING, _members(decision), decision.proceeding, key="voting", by=member, now=now)
    return panelist


@transaction.atomic
def replace(
    *, decision: Decision, panelist: Panelist, by: Member, member: Member, now: datetime
) -> Panelist:
    """Put another person in the place of one who declared a conflict; only the applicant does.

    Raises NotTheApplicant, DeclaringOver, NothingToReplace, or what a panel is refused for.
    """
    decision = _locked(decision)
    if decision.applicant_id != member.pk:
        raise errors.NotTheApplicant
    if decision.proceeding.stage != "asked":
        raise errors.DeclaringOver
    panelist = decision.panelists.get(pk=panelist.pk)
    if not panelist.has_conflict or panelist.is_replaced:
        raise errors.NothingToReplace
    if decision.panelists.filter(member__person=by.person_id).exists():
        raise errors.PanelistTwice
    _check_panelist(by, member, decision.about, now)
    panelist.is_replaced = True
    panelist.save(update_fields=["is_replaced"])
    fresh = Panelist.objects.create(decision=decision, member=by)
    end(decision.proceeding, PANEL, decision.proceeding.steps.latest("pk"))
    _stand(decision)
    _record("replace", decision, member, {"panelist": panelist.pk, "by": str(by.uuid)}, now)
    tell(ASKED, [by], decision.proceeding, key="asked", by=member, now=now)
    return fresh


@transaction.atomic
def vote(
    *, decision: Decision, vote: str, reasons: str, member: Member, now: datetime
) -> Panelist:
    """Vote once, with reasons; with the last vote the majority carries, and all are told.

    Raises NotOnPanel, VotedAlready, NotVotingYet or VoteUnexplained.
    """
    decision = _locked(decision)
    panelist = _panelist(decision, member)
    if panelist.vote:
        raise errors.VotedAlready
    if decision.proceeding.stage != "voting":
        raise errors.NotVotingYet
    if not reasons.strip():
        raise errors.VoteUnexplained
    panelist.vote = Panelist.Vote(vote)
    panelist.reasons, panelist.voted_at = reasons.strip(), now
    panelist.save(update_fields=["vote", "reasons", "voted_at"])
    facts = {"panelist": panelist.pk, "vote": str(panelist.vote)}
    votes = list(queries.panel_of(decision).values_list("vote", flat=True))
    if "" in votes:
        _record("vote", decision, member, facts, now)
    else:
        _decide(decision, votes, member, facts, now)
    return panelist


def _decide(
    decision: Decision,
    votes: list[str],
    member: Member,
    facts: Mapping[str, object],
    now: datetime,
) -> None:
    """Fix the outcome of a whole panel's votes."""
    for_it = votes.count(Panelist.Vote.FOR)
    carried = for_it * 2 > len(votes)
    decision.outcome = Decision.Outcome.APPROVED if carried else Decision.Outcome.REFUSED
    decision.save(update_fields=["outcome"])
    counted = {"outcome": str(decision.outcome), "for": for_it, "against": len(votes) - for_it}
    _step(decision, "decide", member, {**facts, **counted}, now)
    told = [decision.applicant, *_members(decision)]
    tell(DECIDED, told, decision.proceeding, key="decided", by=member, now=now)


def _check_panel(
    panel: Sequence[Member], member: Member, about: Proceeding | None, now: datetime
) -> None:
    if not panel:
        raise errors.PanelEmpty
    if len(panel) % 2 == 0:
        raise errors.PanelEven
    if len({one.person_id for one in panel}) < len(panel):
        raise errors.PanelistTwice
    for one in panel:
        _check_panelist(one, member, about, now)


def _check_panelist(
    one: Member, applicant: Member, about: Proceeding | None, now: datetime
) -> None:
    if one.person_id == applicant.person_id:
        raise errors.OwnApplication
    if not one.holds(APPROVE):
        raise errors.PanelistWithoutDuty
    if not queries.candidates_for(applicant, on=day_of(now)).filter(pk=one.pk).exists():
        raise errors.PanelistOutOfReach
    if about is not None and about.steps.filter(member__person=one.person_id).exists():
        raise errors.PanelistConflicted


def _locked(decision: Decision) -> Decision:
    """Lock a decision, and its matter against the engine's own steps."""
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    locked.proceeding = Proceeding.objects.select_for_update().get(pk=locked.proceeding_id)
    return locked


def _panelist(decision: Decision, member: Member) -> Panelist:
    found = decision.panelists.filter(member=member, is_replaced=False).first()
    if found is None:
        raise errors.NotOnPanel
    return found


def _members(decision: Decision) -> list[Member]:
    return [one.member for one in queries.panel_of(decision)]


def _stand(decision: Decision) -> None:
    """Let the organizations of those who decide stand in the matter."""
    bodies = {one.organization.pk: one.organization for one in _members(decision)}
    stand(decision.proceeding, PANEL, bodies.values())


def _step(
    decision: Decision,
    move_code: str,
    member: Member,
    facts: Mapping[str, object],
    now: datetime,
) -> None:
    """Take the step that an act of the panel leads to; its entry says the act as well."""
    engine.carry_move(
        proceeding=decision.proceeding,
        move_code=move_code,
        member=member,
        said=Particulars(day_of(now), facts=facts),
        now=now,
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
