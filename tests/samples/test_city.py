"""The demonstration city: every unit of the sample plan is somebody, and it is only made once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import resources

import pytest

from zhengpin.base.access import duties, queries
from zhengpin.base.access.models import Person, Post
from zhengpin.base.access.services import open_account
from zhengpin.base.ledger.models import Entry
from zhengpin.base.organizations.models import Organization, Region
from zhengpin.base.organizations.queries import organization_named
from zhengpin.kernel.documents import read_document
from zhengpin.kernel.plantext import compile_document
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.samples import city

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
DAY = date(2026, 3, 12)


@pytest.fixture
def accounts() -> tuple[city.Account, ...]:
    return city.load(now=NOW)


def _units() -> set[str]:
    data = resources.files("zhengpin.samples").joinpath("plan.txt").read_bytes()
    plan = compile_document(read_document(data, "plan.txt"))
    return {
        unit.full
        for item in plan.items
        for clause in item.clauses
        for unit in clause.units
        if not unit.collective
    }


@pytest.mark.usefixtures("accounts")
class TestCity:
    def test_every_unit_of_the_sample_plan_is_one_organization(self) -> None:
        region = Region.objects.get(code=city.CITY)
        open_names = {
            name
            for name in _units()
            if organization_named(name, region=region, on=DAY).organization is None
        }
        assert open_names == set()

    def test_every_organization_has_a_function(self) -> None:
        without = Organization.objects.filter(competences__isnull=True)
        assert [one.name for one in without] == []

    def test_loading_it_again_changes_nothing(self) -> None:
        before = Entry.objects.count(), Organization.objects.count(), Plan.objects.count()
        city.load(now=NOW)
        after = Entry.objects.count(), Organization.objects.count(), Plan.objects.count()
        assert after == before

    def test_one_person_has_two_posts(self) -> None:
        person = Person.objects.get(login="zhou.office")
        assert queries.members_of(person, on=DAY).count() == 2

    def test_somebody_imports_somebody_oversees_and_somebody_administers(self) -> None:
        held = {code for post in Post.objects.all() for code in post.duties}
        assert held == set(duties.DUTIES), "the demonstration shows every duty"

    def test_its_plan_waits_for_review_and_its_units_are_known(self) -> None:
        plan = Plan.objects.get()
        assert plan.stage == Plan.Stage.REVIEW
        assert plan.region.code == city.CITY

    def test_everybody_is_marked_as_invented(self) -> None:
        assert not Person.objects.exclude(name__contains="示例").exists()
        assert not Person.objects.filter(is_demonstration=False).exists()


def test_every_account_signs_in_with_the_password_shown(
    accounts: tuple[city.Account, ...],
) -> None:
    assert len(accounts) == 13
    for one in accounts:
        assert Person.objects.get(login=one.login).check_password(one.password)


def test_it_never_comes_to_a_database_with_real_accounts() -> None:
    open_account(login="real", name="甲", password="a long sentence", now=NOW)  # noqa: S106
    with pytest.raises(city.RealAccountsExist):
        city.load(now=NOW)
    assert not Organization.objects.exists()
