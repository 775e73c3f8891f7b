"""The places on the pages of a plan and of a clause where mechanisms above put what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.mechanisms.plans.models import Clause, Plan

    OfPlan: TypeAlias = Callable[[MemberRequest, Plan], str]
    OfClause: TypeAlias = Callable[[MemberRequest, Clause], str]

_OF_PLAN: list[OfPlan] = []
_OF_CLAUSE: list[OfClause] = []


def on_plan(block: OfPlan) -> None:
    """Put a block on the page of every confirmed plan; "" where it has nothing to say."""
    _OF_PLAN.append(block)


def on_clause(block: OfClause) -> None:
    """Put a block on the page of every clause of a confirmed plan."""
    _OF_CLAUSE.append(block)


def blocks_of_plan(request: MemberRequest, plan: Plan) -> list[str]:
    if not plan.is_confirmed:
        return []
    return [one for one in (block(request, plan) for block in _OF_PLAN) if one]


def blocks_of_clause(request: MemberRequest, clause: Clause) -> list[str]:
    if not clause.plan.is_confirmed:
        return []
    return [one for one in (block(request, clause) for block in _OF_CLAUSE) if one]
