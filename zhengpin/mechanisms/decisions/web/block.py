"""What a decision puts on the page of its matter, and on that of the matter it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from zhengpin.mechanisms.decisions import queries
from zhengpin.mechanisms.decisions.models import Decision, Panelist
from zhengpin.mechanisms.decisions.procedure import DECISION
from zhengpin.mechanisms.decisions.web.forms import DeclareForm, VoteForm
from zhengpin.mechanisms.proceedings import queries as proceedings
from zhengpin.mechanisms.proceedings.web.slots import Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import Form

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.proceedings.models import Proceeding

_MOST = 20  # decisions listed on the page of the matter they are about


@dataclass(frozen=True, slots=True)
class Seat:
    """One of those asked to decide, as the page shows it; ``may_replace``: by who reads it."""

    panelist: Panelist
    said: str
    state: str
    reads_vote: bool
    is_dissent: bool
    may_replace: bool


def _block(
    member: Member, proceeding: Proceeding, _moves: Sequence[Move], refused: Form | None
) -> dict[str, object]:
    decision = proceeding.decision
    everybody = list(queries.everybody_of(decision))
    panel = [one for one in everybody if not one.is_replaced]
    mine = next((one for one in panel if one.member_id == member.pk), None)
    reads = queries.may_read_votes(member, decision)
    return {
        "decision": decision,
        "about": decision.about,
        "sees_about": _sees(member, decision.about),
        "is_panel": len(panel) > 1,
        "seats": [_seat(one, decision, proceeding, member, reads=reads) for one in everybody],
        "outcome": _(decision.get_outcome_display()) if reads else "",
        "is_approved": decision.outcome == Decision.Outcome.APPROVED,
        "count_for": sum(one.vote == Panelist.Vote.FOR for one in panel),
        "count_against": sum(one.vote == Panelist.Vote.AGAINST for one in panel),
        "is_served": proceeding.stage == "served",
        "is_voting": proceeding.stage == "voting",
        **_forms(proceeding, mine, refused),
    }


def _sees(member: Member, about: Proceeding | None) -> bool:
    return about is not None and proceedings.proceedings_for(member).filter(pk=about.pk).exists()


def _forms(
    proceeding: Proceeding, mine: Panelist | None, refused: Form | None
) -> dict[str, Form | None]:
    """Return the form that waits for this member, as it was sent where it was refused."""
    declares = mine is not None and proceeding.stage == "asked" and mine.has_conflict is None
    votes = mine is not None and proceeding.stage == "voting" and not mine.vote
    declaring = refused if isinstance(refused, DeclareForm) else DeclareForm()
    voting = refused if isinstance(refused, VoteForm) else VoteForm()
    return {"declaring": declaring if declares else None, "voting": voting if votes else None}


def _seat(
    one: Panelist, decision: Decision, proceeding: Proceeding, member: Member, *, reads: bool
) -> Seat:
    is_open = bool(one.has_conflict and not one.is_replaced and proceeding.stage == "asked")
    reads_vote = bool(one.vote and (reads or one.member_id == member.pk))
    won = Panelist.Vote.FOR if decision.outcome == Decision.Outcome.APPROVED else "against"
    said, state = _state(one, proceeding, reads_vote=reads_vote)
    return Seat(
        panelist=one,
        said=said,
        state=state,
        reads_vote=reads_vote,
        is_dissent=bool(reads_vote and decision.outcome and one.vote != won),
        may_replace=is_open and decision.applicant_id == member.pk,
    )


def _state(one: Panelist, proceeding: Proceeding, *, reads_vote: bool) -> tuple[str, str]:
    """Return how a seat stands, in words and as the component ``due`` colours it."""
    is_over, voting = proceeding.closed_on is not None, proceeding.stage == "voting"
    ways = (
        (one.is_replaced, _("已回避，已更换"), "none"),
        (one.has_conflict and is_over, _("声明回避"), "none"),
        (one.has_conflict, _("声明回避，待更换"), "soon"),
        (reads_vote and one.vote == Panelist.Vote.FOR, _("赞成"), "ok"),
        (reads_vote, _("反对"), "late"),
        (one.vote, _("已表决"), "said"),
        (is_over, _("未表决"), "none"),
        (one.has_conflict is None, _("待声明"), "soon"),
        (voting, _("待表决"), "soon"),
        (True, _("无须回避"), "ok"),
    )
    return next((said, state) for holds, said, state in ways if holds)


def _beside(
    member: Member, proceeding: Proceeding, _moves: Sequence[Move], _refused: Form | None
) -> dict[str, object]:
    """Return the decisions about a matter that a member sees, and whether they may ask for one."""
    found = list(queries.decisions_for(member).filter(about=proceeding).order_by("-pk")[:_MOST])
    outcomes = queries.outcomes_for(member, found)
    is_own = proceeding.procedure_code == DECISION.code
    asks = not is_own and queries.may_ask_about(member, proceeding)
    return {
        "decisions": [(one, _(outcomes.get(one.pk) or _stage(one))) for one in found],
        "may_ask": asks,
    }


def _stage(decision: Decision) -> str:
    return decision.proceeding.stage_declared.title


BLOCK = Slot("decisions/_block.html", _block)
BESIDE = Slot("decisions/_beside.html", _beside)
