"""A year of invented work: the same each time, the same both ways, entered once and whole."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from tests import factories
from zhengpin.base.access.models import Person
from zhengpin.base.ledger import keys, verifying
from zhengpin.base.ledger.models import Entry
from zhengpin.base.organizations.models import Region
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.handoffs.kinds import KINDS
from zhengpin.mechanisms.handoffs.models import Handoff
from zhengpin.mechanisms.proceedings import due_days
from zhengpin.mechanisms.proceedings.models import DueDay, Proceeding, Series
from zhengpin.samples import city
from zhengpin.samples.year import by_services, cast, errors, running, turns, words
from zhengpin.samples.year.in_bulk import Pen
from zhengpin.samples.year.story import Route, Story
from zhengpin.sites.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhengpin.samples.year.cast import Side
    from zhengpin.samples.year.story import Matter

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
LAST = date(2026, 11, 25)
CASES = 160


@pytest.fixture
def region() -> Region:
    city.load(now=NOW)
    return Region.objects.get(code=city.CITY)


@pytest.fixture
def matters(region: Region) -> list[Matter[Side]]:
    story = Story(cast.found(region, last=LAST, now=NOW), last=LAST, seed=3, cases=CASES)
    return [story.matter(number) for number in range(CASES)]


def _story(seed: int) -> Story[str]:
    kind = KINDS["assistance"]
    routes = [Route(kind, [("甲", []), ("乙", [])])]
    return Story(routes, last=LAST, seed=seed, cases=50)


class TestStory:
    def test_a_seed_and_a_number_give_the_same_matter_each_time(self) -> None:
        assert _story(1).matter(7) == _story(1).matter(7)

    def test_another_seed_gives_another_year(self) -> None:
        first, other = ([_story(seed).matter(one).acts for one in range(50)] for seed in (1, 2))
        assert first != other

    def test_days_follow_each_other_and_none_is_after_the_last(self) -> None:
        for number in range(50):
            days = [one.on for one in _story(5).matter(number).acts]
            assert days == sorted(days)
            assert days[-1] <= LAST

    @pytest.mark.parametrize("code", sorted(KINDS))
    def test_every_kind_has_letters_of_its_own_shape(self, code: str) -> None:
        for variant in range(words.VARIANTS):
            said = words.wording(code, variant)
            assert len(said.title) <= 200
            assert KINDS[code].content.model_validate(said.content)
            reply = KINDS[code].reply
            assert reply is None or reply.model_validate(said.reply)


@pytest.mark.django_db
class TestBothWays:
    def test_leave_the_same_rows(self, matters: list[Matter[Side]]) -> None:
        assert {act.move for one in matters for act in one.acts} >= _moves()
        through = _left_by(lambda: by_services.enter(matters, now=NOW))
        in_bulk = _left_by(lambda: Pen(now=NOW).enter(matters))
        for one, other in zip(through, in_bulk, strict=True):
            assert one == other

    def test_leave_a_cache_that_holds_what_the_steps_say(
        self, matters: list[Matter[Side]]
    ) -> None:
        Pen(now=NOW).enter(matters)
        for one in Proceeding.objects.all():
            held = due_days.held(range(one.pk, one.pk + 1)).values()
            assert sorted(held) == sorted(due_days.derived(one))
        assert DueDay.objects.filter(due_at__lte=NOW).exists()


def _moves() -> set[str]:
    return {"submit", "approve", "turn_down"} | {one.move for _, way in turns.WAYS for one in way}


def _left_by(enter: Callable[[], None]) -> list[Any]:
    """Return everything entered in a form without ids, and take it back."""
    with transaction.atomic():
        before = Proceeding.objects.count()
        enter()
        left: list[Any] = [_told(one) for one in Proceeding.objects.order_by("pk")[before:]]
        left.append(sorted(Series.objects.values_list("organization", "year", "last")))
        transaction.set_rollback(True)
    return left


def _told(proceeding: Proceeding) -> dict[str, Any]:
    steps = list(proceeding.steps.order_by("pk"))
    place = {one.pk: number for number, one in enumerate(steps)} | {None: None}
    handoff = Handoff.objects.get(proceeding=proceeding)
    steps_taken = f"{proceeding.procedure_code}."  # the services tell people besides
    entries = Entry.objects.filter(subject=str(proceeding.uuid), action__startswith=steps_taken)
    return {
        "proceeding": _row(proceeding, "id", "uuid"),
        "search": Proceeding.objects.values_list("search", flat=True).get(pk=proceeding.pk),
        "steps": [_row(one, "id", "proceeding_id") for one in steps],
        "standings": sorted(
            (one.organization_id, one.role, str(place[one.ended_by_id]))
            for one in proceeding.standings.all()
        ),
        "handoff": _row(handoff, "id", "uuid", "proceeding_id"),
        "deliveries": [
            (
                one.receiver_id, one.why, place[one.sent_by_id], place[one.accepted_by_id],
                place[one.refused_by_id],
            )
            for one in handoff.deliveries.order_by("pk")
        ],
        "due_days": [
            _row(one, "id", "proceeding_id") for one in proceeding.due_days.order_by("clock_code")
        ],
        "entries": [
            (one.action, one.member, {**one.facts, "step": place[one.facts["step"]]})
            for one in entries.order_by("pk")
        ],
    }  # fmt: skip


def _row(one: Any, *left_out: str) -> dict[str, Any]:
    fields = (field.attname for field in one._meta.concrete_fields)
    return {name: getattr(one, name) for name in fields if name not in left_out}


class Killed(Exception):
    """Stands for the end of a process."""


def _killed_after(batches: int) -> Callable[[int], None]:
    heard: list[int] = []

    def tell(made: int) -> None:
        heard.append(made)
        if len(heard) > batches:
            raise Killed

    return tell


def _silent(_made: int) -> None:
    return


def _run(
    tell: Callable[[int], None] = _silent, *, cases: int = 12, seed: int = 1, **more: Any
) -> int:
    wish = running.Wish(city.CITY, cases, seed, batch=5, **more)
    return running.run(wish, now=NOW, tell=tell)


def _entered() -> list[tuple[str, str, int]]:
    rows = Proceeding.objects.order_by("number", "origin")
    return [(one.number, one.stage, one.steps.count()) for one in rows]


@pytest.mark.django_db
@pytest.mark.usefixtures("region")
class TestRunning:
    def test_a_year_is_not_entered_twice(self) -> None:
        assert _run() == 12
        with pytest.raises(errors.YearMadeAlready):
            _run()
        assert Proceeding.objects.count() == 12
        assert _run(seed=2) == 12

    def test_what_was_killed_goes_on_and_comes_out_whole(self) -> None:
        with transaction.atomic():
            _run()
            whole = _entered()
            transaction.set_rollback(True)
        with pytest.raises(Killed):
            _run(_killed_after(1))
        assert Proceeding.objects.count() == 5
        assert _run() == 7
        assert _entered() == whole

    def test_another_year_of_the_seed_is_refused_while_one_is_not_whole(self) -> None:
        with pytest.raises(Killed):
            _run(_killed_after(1))
        with pytest.raises(errors.AnotherYearBegun):
            _run(cases=20)
        with pytest.raises(errors.AnotherYearBegun):
            _run(last=date(2026, 11, 24))

    @pytest.mark.parametrize(
        ("wish", "refusal"),
        [
            (running.Wish(city.CITY, 0, 1), errors.TooFewCases),
            (running.Wish("123456", 5, 1), DomainError),
            (running.Wish("990000", 5, 1, date(2026, 11, 26)), errors.LastDayAhead),
        ],
        ids=["no cases", "a region that is not there", "a last day that is ahead"],
    )
    def test_refuses(self, wish: running.Wish, refusal: type[DomainError]) -> None:
        with pytest.raises(refusal):
            running.run(wish, now=NOW, tell=_silent)
        assert not Proceeding.objects.exists()

    def test_never_enters_a_database_with_real_accounts(self) -> None:
        Person.objects.filter(login="wu.market").update(is_demonstration=False)
        with pytest.raises(errors.NotADemonstration):
            _run()

    def test_a_region_without_organizations_is_refused(self) -> None:
        factories.region("990200")
        with pytest.raises(errors.NobodyToSend):
            running.run(running.Wish("990200", 5, 1), now=NOW, tell=_silent)

    def test_the_command_says_how_far_it_is_and_refuses_in_one_sentence(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked = ("simulate", "--region", city.CITY, "--cases", "3", "--seed", "9")
        until = ("--until", "2026-03-31")
        assert main([*asked, *until]) == 0
        out, err = capsys.readouterr()
        assert out == "已编入 3 件。\n"
        assert "3 / 3 件" in err
        assert main([*asked, *until]) == 1
        assert capsys.readouterr().err == f"zhengpin：{errors.YearMadeAlready()}\n"
        assert main([*asked, "--until", "明天"]) == 2


@pytest.mark.django_db
def test_a_database_without_demonstration_accounts_is_refused() -> None:
    factories.member(factories.organization(), "handle")
    with pytest.raises(errors.NotADemonstration):
        _run()


@pytest.mark.django_db(transaction=True)
class TestInBulk:
    def test_a_killed_bulk_run_goes_on_and_the_ledger_holds(self) -> None:
        city.load(now=NOW)
        with pytest.raises(Killed):
            _run(_killed_after(2), by_services_up_to=0)
        assert Proceeding.objects.count() == 10
        assert _run(by_services_up_to=0) == 2
        found = verifying.verify(keys.verifier())
        assert (found.holds, found.sealed) == (True, Entry.objects.count())
