from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests import factories
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.decisions import services
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.decisions.models import Decision

pytestmark = pytest.mark.django_db(transaction=True)
NOW = factories.NOW
SAID = Particulars(NOW.date())


@pytest.fixture
def panel() -> list[Member]:
    body = factories.organization("市市场监管局")
    return [factories.member(body, "approve") for _ in range(3)]


@pytest.fixture
def decision(panel: list[Member]) -> Decision:
    clerk = factories.member(panel[0].organization, "handle")
    return services.ask(question="是否同意（示例）", panel=panel, member=clerk, said=SAID, now=NOW)


def together(acts: list[Callable[[], object]]) -> list[str]:
    """Return what each of these acts, done at once, was refused for; "done" for none."""

    def one(act: Callable[[], object]) -> str:
        try:
            act()
        except DomainError as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def test_a_panel_that_declares_and_votes_at_once_comes_to_one_outcome(
    decision: Decision, panel: list[Member]
) -> None:
    def declare(member: Member) -> Callable[[], object]:
        return lambda: services.declare(
            decision=decision, has_conflict=False, reasons="", member=member, now=NOW
        )

    def vote(member: Member) -> Callable[[], object]:
        return lambda: services.vote(
            decision=decision, vote="for", reasons="属实", member=member, now=NOW
        )

    assert together([declare(one) for one in panel]) == ["done"] * 3
    assert together([vote(one) for one in panel]) == ["done"] * 3
    decision.refresh_from_db()
    assert decision.outcome == "approved"
    taken = decision.proceeding.steps.order_by("pk").values_list("move_code", flat=True)
    assert list(taken) == ["ask", "begin", "decide"]


def test_who_sends_a_vote_twice_has_voted_once(decision: Decision, panel: list[Member]) -> None:
    for one in panel:
        services.declare(decision=decision, has_conflict=False, reasons="", member=one, now=NOW)

    def vote() -> object:
        return services.vote(
            decision=decision, vote="against", reasons="不足", member=panel[0], now=NOW
        )

    assert together([vote] * 3) == ["VotedAlready", "VotedAlready", "done"]
