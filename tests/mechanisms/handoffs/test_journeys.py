"""Each kind of hand-off, drafted, sent, signed for and, where it asks for one, answered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.mechanisms.handoffs.letters import LETTERS, PARTIES
from zhengpin.base.ledger.models import Entry
from zhengpin.mechanisms.handoffs import queries, services
from zhengpin.mechanisms.handoffs.addressing import Addressee
from zhengpin.mechanisms.handoffs.kinds import KINDS
from zhengpin.mechanisms.handoffs.letter import Letter
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Organization
    from zhengpin.mechanisms.handoffs.models import Handoff

pytestmark = pytest.mark.django_db


def organization(name: str) -> Organization:
    if name.startswith("他山市"):
        return factories.organization(name, factories.OTHER_CITY, name=name)
    if name == "邮政公司":
        return factories.organization(name, functions=["postal_enterprise"])
    return factories.organization(name)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "code", [pytest.param(one, marks=pytest.mark.exercises(one)) for one in sorted(LETTERS)]
)
def test_a_hand_off_goes_from_draft_to_its_conclusion(code: str) -> None:
    content, reply = LETTERS[code]
    kind = KINDS[code]
    ours, theirs = map(organization, PARTIES.get(code, ("市公安局", "市知识产权局")))
    clerk = factories.member(ours, "handle")
    chief = factories.member(ours, "handle", "approve")
    officer = factories.member(theirs, "handle")
    day = date(2026, 3, 2)
    handoff = services.draft(
        kind_code=code,
        letter=Letter("示例事项", "示例协议第一条", content),
        to=Addressee(theirs, "测试"),
        member=clerk,
        said=Particulars(day),
        now=at(day),
    )
    assert handoff not in queries.handoffs_for(officer)
    if kind.needs_approval:
        engine.make_move(
            proceeding=handoff.proceeding,
            move_code="submit",
            member=clerk,
            said=Particulars(day),
            now=at(day),
        )
    services.send(handoff=handoff, member=chief, said=Particulars(day), now=at(day))

    assert handoff in queries.handoffs_for(officer)
    assert set(queries.content_for(officer, handoff)) == set(kind.outline)
    services.accept(handoff=handoff, member=officer, said=Particulars(day), now=at(day))
    assert queries.content_for(officer, handoff) == handoff.content

    if kind.reply is not None:
        _answer(handoff, reply, officer, clerk, day)
    handoff.proceeding.refresh_from_db()
    assert handoff.proceeding.holder == ours
    assert handoff.proceeding.closed_on == day
    assert not handoff.proceeding.due_days.exists()
    entries = Entry.objects.filter(
        subject=str(handoff.proceeding.uuid), action__startswith=f"{code}."
    )
    assert entries.count() == handoff.proceeding.steps.count()


def _answer(
    handoff: Handoff, reply: dict[str, object], officer: Member, clerk: Member, day: date
) -> None:
    """Let the receiver, who holds it now, answer, and the sender conclude it."""
    handoff.proceeding.refresh_from_db()
    assert handoff.proceeding.holder == officer.organization
    services.answer(
        handoff=handoff, reply=reply, member=officer, said=Particulars(day), now=at(day)
    )
    for move_code, note in (("feed_back", "已采用"), ("conclude", "")):
        engine.make_move(
            proceeding=handoff.proceeding, move_code=move_code, member=clerk,
            said=Particulars(day, note=note), now=at(day),
        )  # fmt: skip
