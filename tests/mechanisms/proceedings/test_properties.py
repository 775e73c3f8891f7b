"""Whatever is done to a matter, in whatever order, its invariants hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.base.lawbase import notices
from tests.kernel.procedures.assistance import ASSISTANCE
from zhengpin.base.lawbase import services as lawbase
from zhengpin.base.ledger.models import Entry
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.proceedings import due_days, queries, recomputing, services
from zhengpin.mechanisms.proceedings.models import Proceeding
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.base.lawbase.models import Override

START = date(2026, 12, 7)
NOW = datetime(2028, 3, 1, 4, tzinfo=UTC)
DECISION = "示市公延〔2026〕1号"

moves = st.tuples(
    st.sampled_from(
        [one.code for one in ASSISTANCE.moves if not one.opens] + ["correct"] * 3 + ["notice"] * 2
    ),
    st.integers(-2, 12),
    st.booleans(),
)


class Story:
    """One matter and what was done to it; counts the acts that were not refused.

    The invented notice of 2027 is added and withdrawn in turn: it makes working days of December
    2026 and days off of January 2027.
    """

    def __init__(
        self, proceeding: Proceeding, sides: tuple[Member, Member], keeper: Member
    ) -> None:
        self.proceeding, self.sides, self.keeper, self.done = proceeding, sides, keeper, 1
        self.notice: Override | None = None

    def act(self, code: str, days: int, *, is_asked: bool) -> None:
        if code == "notice":
            self._change_the_calendar()
            return
        self.proceeding.refresh_from_db()
        try:
            with transaction.atomic():
                self._correct(days) if code == "correct" else self._move(code, days, is_asked)
        except DomainError:
            return
        self.done += 1

    def _change_the_calendar(self) -> None:
        if self.notice is None:
            self.notice = notices.add_notice(self.keeper)
        else:
            lawbase.withdraw_override(
                override=self.notice, reason="误录（示例）", member=self.keeper, now=NOW
            )
            self.notice = None
        recomputing.follow_law(now=NOW)

    def _said(self, on: date, code: str) -> Particulars:
        at = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
        needs = queries.needs_instant(ASSISTANCE, code)
        limits = {"assist": Limit(on + timedelta(days=30), DECISION)} if code == "extend" else {}
        return Particulars(on, at=at if needs else None, note="理由", limits=limits)

    def _move(self, code: str, days: int, is_asked: bool) -> None:  # noqa: FBT001 — as drawn
        on = self.proceeding.last_on + timedelta(days=days)
        services.make_move(
            proceeding=self.proceeding, move_code=code, member=self.sides[is_asked],
            said=self._said(on, code), now=NOW,
        )  # fmt: skip

    def _correct(self, days: int) -> None:
        steps = list(self.proceeding.steps.filter(corrects=None).order_by("pk"))
        step = steps[days % len(steps)]
        by = self.sides[step.organization_id == self.sides[1].organization.pk]
        said = self._said(step.taken_on + timedelta(days=days - 5), step.move_code)
        services.correct_step(step=step, member=by, said=said, now=NOW)

    def check(self) -> None:
        matter = Proceeding.objects.get(pk=self.proceeding.pk)
        held = due_days.held(range(matter.pk, matter.pk + 1))
        assert sorted(held.values()) == sorted(due_days.derived(matter))
        assert matter.holder_id in {one.organization.pk for one in self.sides}
        facts = queries.facts_of(matter)
        assert (matter.opened_on, matter.last_on) == (facts[0].on, facts[-1].on)
        assert [one.on for one in facts] == sorted(one.on for one in facts)
        assert (matter.closed_on is None) is not matter.stage_declared.final
        self._check_against_the_ledger(matter)

    def _check_against_the_ledger(self, matter: Proceeding) -> None:
        """Replay the entries about a matter: they say by themselves where it stands."""
        entries = Entry.objects.filter(subject=str(matter.uuid)).exclude(action="notices.send")
        acts = [one.facts for one in entries.order_by("pk")]
        assert len(acts) == self.done
        steps = [one for one in acts if "corrects" not in one]
        days = {one["step"]: one["on"] for one in steps}
        days |= {one["corrects"]: one["on"] for one in acts if "corrects" in one}
        replayed = [date.fromisoformat(days[one["step"]]) for one in steps]
        assert (steps[-1]["stage"], steps[-1]["holder"]) == (
            matter.stage,
            str(matter.holder.uuid),
        )
        assert (replayed[0], replayed[-1]) == (matter.opened_on, matter.last_on)
        is_final = ASSISTANCE.stage(steps[-1]["stage"]).final
        assert matter.closed_on == (replayed[-1] if is_final else None)


@pytest.fixture
def keeper() -> Member:
    return notices.keeper()


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(moves, max_size=14))
def test_any_sequence_of_acts_keeps_cache_holder_and_ledger(
    acts: list[tuple[str, int, bool]], asker: Member, asked: Member, keeper: Member
) -> None:
    with transaction.atomic():
        proceeding = services.open_proceeding(
            procedure_code=ASSISTANCE.code, title="一件（示例）", member=asker,
            said=Particulars(START), now=NOW,
            parties={"asker": asker.organization, "asked": asked.organization},
        )  # fmt: skip
        recomputing.follow_law(now=NOW)
        story = Story(proceeding, (asker, asked), keeper)
        for code, days, is_asked in [("accept", 0, True), *acts]:
            story.act(code, days, is_asked=is_asked)
            story.check()
        assert list(recomputing.recompute_all(because="放假通知（示例）", now=NOW)) == []
        story.check()
        transaction.set_rollback(True)
