from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests import factories
from zhengpin.base.access.errors import DutyMissing
from zhengpin.base.ledger.models import Entry
from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.proceedings import due_days, errors, queries, services
from zhengpin.mechanisms.proceedings.models import DueDay, Proceeding, Step
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
NOW = factories.NOW


def move(proceeding: Proceeding, code: str, member: Member, on: date, **rest: object) -> Step:
    now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    said = Particulars(on, **rest)  # type: ignore[arg-type]
    return services.make_move(
        proceeding=proceeding, move_code=code, member=member, said=said, now=now
    )


def cached(proceeding: Proceeding) -> dict[str, date | None]:
    return {one.clock_code: one.due_on for one in proceeding.due_days.all()}


class TestOpenProceeding:
    def test_its_organization_holds_it_and_its_number_follows_its_series(
        self, proceeding: Proceeding, asker: Member, asked: Member
    ) -> None:
        assert proceeding.holder == asker.organization
        assert proceeding.number == "市市场监管局协查〔2026〕1号"
        again = services.open_proceeding(
            procedure_code="test_assistance", title="另一件（示例）", member=asker,
            said=Particulars(date(2026, 3, 3)), now=NOW,
            parties={"asker": asker.organization, "asked": asked.organization},
        )  # fmt: skip
        assert again.number == "市市场监管局协查〔2026〕2号"

    def test_leaves_one_entry(self, proceeding: Proceeding) -> None:
        entry = Entry.objects.get(subject=str(proceeding.uuid))
        assert entry.action == "test_assistance.ask"
        assert entry.facts["basis"] == "《市场监督管理行政处罚程序规定》"

    def test_refuses_a_day_before_the_procedure_came_into_force(
        self, asker: Member, asked: Member
    ) -> None:
        with pytest.raises(errors.ProcedureUnknown):
            services.open_proceeding(
                procedure_code="test_assistance", title="旧事（示例）", member=asker,
                said=Particulars(date(2021, 7, 14)), now=NOW,
                parties={"asker": asker.organization, "asked": asked.organization},
            )  # fmt: skip

    def test_refuses_where_an_organization_is_missing(self, asker: Member) -> None:
        with pytest.raises(errors.PartyMissing):
            services.open_proceeding(
                procedure_code="test_assistance", title="没有对象（示例）", member=asker,
                said=Particulars(date(2026, 3, 2)), now=NOW,
                parties={"asker": asker.organization},
            )  # fmt: skip
        assert not Proceeding.objects.exists()


class TestMakeMove:
    def test_hands_the_matter_over_and_starts_the_clock(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        move(proceeding, "accept", asked, date(2026, 3, 3))
        proceeding.refresh_from_db()
        assert proceeding.holder == asked.organization
        assert cached(proceeding) == {"assist": date(2026, 3, 24), "reply": None}

    def test_refuses_a_move_of_another_stage(self, proceeding: Proceeding, asker: Member) -> None:
        with pytest.raises(errors.MoveNotAllowed):
            move(proceeding, "close", asker, date(2026, 3, 3))

    def test_refuses_an_organization_whose_move_it_is_not(
        self, proceeding: Proceeding, asker: Member
    ) -> None:
        with pytest.raises(errors.NotYourMove):
            move(proceeding, "accept", asker, date(2026, 3, 3))

    def test_refuses_a_post_without_the_duty(self, proceeding: Proceeding, asked: Member) -> None:
        move(proceeding, "accept", asked, date(2026, 3, 3))
        clerk = factories.member(factories.organization("市公安局"))
        with pytest.raises(DutyMissing):
            move(proceeding, "extend", clerk, date(2026, 3, 4))

    @pytest.mark.parametrize(
        ("said", "refusal"),
        [
            (Particulars(date(2026, 3, 1)), errors.StepOutOfOrder),
            (Particulars(date(2026, 3, 17)), errors.StepInFuture),
            (
                Particulars(date(2026, 3, 3), at=datetime(2026, 3, 4, 1, tzinfo=UTC)),
                errors.InstantElsewhere,
            ),
            (
                Particulars(date(2026, 3, 3), limits={"assist": Limit(date(2026, 3, 9), "函")}),
                errors.LimitNotHere,
            ),
        ],
    )
    def test_refuses_and_saves_nothing(
        self,
        proceeding: Proceeding,
        asked: Member,
        said: Particulars,
        refusal: type[DomainError],
    ) -> None:
        with pytest.raises(refusal):
            services.make_move(
                proceeding=proceeding, move_code="accept", member=asked, said=said, now=NOW
            )
        assert proceeding.steps.count() == 1
        assert Entry.objects.filter(subject=str(proceeding.uuid)).count() == 1

    def test_wants_reasons_where_the_declaration_asks_for_them(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        move(proceeding, "accept", asked, date(2026, 3, 3))
        with pytest.raises(errors.NoteMissing):
            move(proceeding, "want", asked, date(2026, 3, 4), note="  ")

    def test_wants_the_instant_where_hours_are_counted(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        move(proceeding, "accept", asked, date(2026, 3, 3))
        with pytest.raises(errors.InstantNeeded):
            move(proceeding, "want", asked, date(2026, 3, 4), note="缺鉴定意见")
        at = datetime(2026, 3, 4, 2, tzinfo=UTC)
        move(proceeding, "want", asked, date(2026, 3, 4), note="缺鉴定意见", at=at)
        paused = proceeding.due_days.get(clock_code="assist")
        assert paused.is_paused
        assert paused.due_at is None
        assert proceeding.due_days.get(clock_code="notice").due_at == at + timedelta(hours=24)

    def test_wants_the_day_of_an_extension_that_the_law_leaves_to_the_decision(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        move(proceeding, "accept", asked, date(2026, 3, 3))
        with pytest.raises(errors.LimitMissing):
            move(proceeding, "extend", asked, date(2026, 3, 9))

    def test_closes_with_the_last_stage_and_owes_nothing_then(
        self, proceeding: Proceeding, asker: Member, asked: Member
    ) -> None:
        move(proceeding, "accept", asked, date(2026, 3, 3))
        move(proceeding, "answer", asked, date(2026, 3, 10))
        move(proceeding, "close", asker, date(2026, 3, 12))
        proceeding.refresh_from_db()
        assert proceeding.closed_on == date(2026, 3, 12)
        assert not DueDay.objects.exists()

    def test_tells_the_second_of_two_who_had_the_same_page_open(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        seen = proceeding.steps.get().pk
        move(proceeding, "accept", asked, date(2026, 3, 3))
        with pytest.raises(errors.MovedMeanwhile):
            services.make_move(
                proceeding=proceeding, move_code="answer", member=asked,
                said=Particulars(date(2026, 3, 3)), now=NOW, after=seen,
            )  # fmt: skip


class TestCorrectStep:
    def test_moves_the_due_day_and_keeps_what_was_written(
        self, proceeding: Proceeding, asked: Member
    ) -> None:
        wrong = move(proceeding, "accept", asked, date(2026, 3, 5))
        services.correct_step(
            step=wrong, member=asked, said=Particulars(date(2026, 3, 3), note="误写"), now=NOW
        )
        assert cached(proceeding)["assist"] == date(2026, 3, 24)
        wrong.refresh_from_db()
        assert wrong.taken_on == date(2026, 3, 5)
        proceeding.refresh_from_db()
        assert proceeding.last_on == date(2026, 3, 3)

    @pytest.mark.parametrize(
        ("on", "note", "refusal"),
        [
            (date(2026, 3, 1), "误写", errors.StepOutOfOrder),
            (date(2026, 3, 11), "误写", errors.StepOutOfOrder),
            (date(2026, 3, 5), "误写", errors.NothingToCorrect),
            (date(2026, 3, 4), " ", errors.NoteMissing),
            (date(2026, 3, 20), "误写", errors.StepInFuture),
        ],
    )
    def test_refuses(
        self,
        proceeding: Proceeding,
        asked: Member,
        on: date,
        note: str,
        refusal: type[DomainError],
    ) -> None:
        step = move(proceeding, "accept", asked, date(2026, 3, 5))
        move(proceeding, "answer", asked, date(2026, 3, 10))
        with pytest.raises(refusal):
            services.correct_step(
                step=step, member=asked, said=Particulars(on, note=note), now=NOW
            )
        assert Step.objects.filter(corrects__isnull=False).count() == 0

    def test_refuses_another_organization(
        self, proceeding: Proceeding, asker: Member, asked: Member
    ) -> None:
        step = move(proceeding, "accept", asked, date(2026, 3, 5))
        with pytest.raises(errors.NotYourMove):
            services.correct_step(
                step=step, member=asker, said=Particulars(date(2026, 3, 3), note="误写"), now=NOW
            )


class TestWhoSees:
    def test_both_sides_see_it_and_nobody_else(
        self, proceeding: Proceeding, asker: Member, asked: Member
    ) -> None:
        other = factories.member(factories.organization("市知识产权局"), "handle")
        assert proceeding in queries.proceedings_for(asker)
        assert proceeding in queries.proceedings_for(asked)
        assert proceeding not in queries.proceedings_for(other)

    def test_an_overseer_sees_its_jurisdiction_and_may_move_nothing(
        self, proceeding: Proceeding
    ) -> None:
        overseer = factories.member(factories.organization("市检察院"), "oversee")
        elsewhere = factories.member(
            factories.organization("市检察院", factories.OTHER_CITY), "oversee"
        )
        assert proceeding in queries.proceedings_for(overseer)
        assert proceeding not in queries.proceedings_for(elsewhere)
        assert queries.moves_for(overseer, proceeding) == ()

    def test_moves_are_offered_to_those_who_may_take_them(
        self, proceeding: Proceeding, asker: Member, asked: Member
    ) -> None:
        assert [one.code for one in queries.moves_for(asked, proceeding)] == ["accept"]
        assert queries.moves_for(asker, proceeding) == ()


def test_the_cache_equals_the_derivation_after_each_step(
    proceeding: Proceeding, asked: Member
) -> None:
    decision = {"assist": Limit(date(2026, 4, 10), "示市公延〔2026〕1号")}
    for code, on, limits in (
        ("accept", date(2026, 3, 3), {}),
        ("extend", date(2026, 3, 9), decision),
    ):
        move(proceeding, code, asked, on, limits=limits)
        proceeding.refresh_from_db()
        derived = {one.clock_code: one.due_at for one in due_days.derived(proceeding)}
        assert derived == {one.clock_code: one.due_at for one in proceeding.due_days.all()}
