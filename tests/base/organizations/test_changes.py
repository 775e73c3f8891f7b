"""What changes in an organization: names, functions, successions, its end, each with its day."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from zhengpin.base.access import errors as access
from zhengpin.base.access import queries as people
from zhengpin.base.access.duties import ADMINISTER
from zhengpin.base.ledger.models import Entry
from zhengpin.base.organizations import errors, queries, services
from zhengpin.base.organizations.models import Organization, Region, Succession

NOW = factories.NOW
DAY = date(2026, 3, 16)
LATER = date(2026, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(name="city")
def _city() -> Region:
    return factories.region()


@pytest.fixture(name="market")
def _market(city: Region) -> Organization:
    return factories.organization("市市场监管局")


def meant(name: str, city: Region, on: date) -> Organization | None:
    return queries.organization_named(name, region=city, on=on).organization


class TestGiveName:
    def test_plans_of_its_days_mean_the_organization(
        self, city: Region, market: Organization
    ) -> None:
        services.give_name(organization=market, name="市场综合局（示例）", on=DAY, now=NOW)
        assert meant("市场综合局（示例）", city, DAY) == market
        assert meant("市场综合局（示例）", city, date(2026, 3, 15)) is None
        assert Entry.objects.latest("pk").action == "organizations.give_name"

    def test_a_name_of_another_body_is_refused_with_its_name_and_days(
        self, market: Organization
    ) -> None:
        police = factories.organization("市公安局")
        services.give_name(organization=police, name="市治安局（示例）", on=LATER, now=NOW)
        with pytest.raises(errors.AliasTaken) as refusal:
            services.give_name(organization=market, name="市治安局（示例）", on=DAY, now=NOW)
        assert police.name in str(refusal.value)
        assert "自2026-07-01起" in str(refusal.value)
        assert not market.names.filter(name="市治安局（示例）").exists()

    def test_in_traditional_characters_it_is_the_same_name(self, market: Organization) -> None:
        factories.organization("市公安局")
        with pytest.raises(errors.AliasTaken):
            services.give_name(organization=market, name="市公安局", on=DAY, now=NOW)
        with pytest.raises(errors.NameHeld):
            services.give_name(organization=market, name="市市場監管局", on=DAY, now=NOW)

    def test_a_name_is_free_again_after_its_last_day(
        self, city: Region, market: Organization
    ) -> None:
        police = factories.organization("市公安局")
        given = services.give_name(organization=police, name="市稽查局", on=DAY, now=NOW)
        services.end_name(name=given, on=LATER, now=NOW)
        services.give_name(organization=market, name="市稽查局", on=LATER, now=NOW)
        assert meant("市稽查局", city, DAY) == police
        assert meant("市稽查局", city, LATER) == market

    def test_another_region_may_use_the_name(self, market: Organization) -> None:
        other = factories.organization("市市场监管局", factories.OTHER_CITY)
        services.give_name(organization=market, name="稽查处", on=DAY, now=NOW)
        services.give_name(organization=other, name="稽查处", on=DAY, now=NOW)

    def test_blanks_are_no_name(self, market: Organization) -> None:
        with pytest.raises(errors.NameEmpty):
            services.give_name(organization=market, name="  ", on=DAY, now=NOW)


class TestSetUpOrganization:
    def test_a_second_body_of_one_name_is_refused_until_the_first_has_ended(
        self, city: Region, market: Organization
    ) -> None:
        def again(since: date | None) -> Organization:
            return services.set_up_organization(
                name=market.name, short_name="市场局", region=city, functions=[],
                valid_from=since, now=NOW,
            )  # fmt: skip

        for since in (None, DAY):
            with pytest.raises(errors.AliasTaken, match=market.name):
                again(since)
        services.dissolve(organization=market, on=DAY, source="示例批复", now=NOW)
        assert again(DAY).pk != market.pk


class TestEndName:
    def test_an_end_is_entered_once_and_after_the_beginning(self, market: Organization) -> None:
        given = services.give_name(organization=market, name="稽查处", on=DAY, now=NOW)
        with pytest.raises(errors.EndNotAfterStart):
            services.end_name(name=given, on=DAY, now=NOW)
        services.end_name(name=given, on=LATER, now=NOW)
        with pytest.raises(errors.AlreadyEnded):
            services.end_name(name=given, on=LATER, now=NOW)


class TestFunctions:
    def test_a_function_holds_from_its_first_day_to_the_day_before_its_last(
        self, city: Region
    ) -> None:
        body = factories.organization("市某中心（示例）", functions=[])
        given = services.give_function(
            organization=body, function="intellectual_property", on=DAY, now=NOW
        )
        assert meant("市知识产权局", city, DAY) == body
        services.take_function(competence=given, on=LATER, now=NOW)
        assert meant("市知识产权局", city, date(2026, 6, 30)) == body
        assert meant("市知识产权局", city, LATER) is None

    def test_it_is_not_given_twice_nor_without_the_table(self, market: Organization) -> None:
        with pytest.raises(errors.FunctionHeld):
            services.give_function(
                organization=market, function="market_regulation", on=DAY, now=NOW
            )
        with pytest.raises(errors.UnknownFunction):
            services.give_function(organization=market, function="flying", on=DAY, now=NOW)


class TestSucceedAndDissolve:
    def test_a_source_is_needed(self, market: Organization) -> None:
        heir = factories.organization("市公安局")
        with pytest.raises(errors.SourceMissing):
            services.succeed(predecessor=market, successor=heir, on=DAY, source=" ", now=NOW)
        with pytest.raises(errors.SourceMissing):
            services.dissolve(organization=market, on=DAY, source="", now=NOW)
        assert not Succession.objects.exists()

    def test_what_ended_stays_and_is_changed_no_more(
        self, city: Region, market: Organization
    ) -> None:
        services.dissolve(organization=market, on=DAY, source="示例批复", now=NOW)
        assert meant("市市场监管局", city, date(2026, 3, 15)) == market
        assert meant("市市场监管局", city, DAY) is None
        for act in (
            lambda: services.give_name(organization=market, name="新名", on=DAY, now=NOW),
            lambda: services.dissolve(organization=market, on=DAY, source="又一个", now=NOW),
        ):
            with pytest.raises(errors.OrganizationEnded):
                act()

    def test_two_bodies_may_carry_on_one(self, market: Organization) -> None:
        first, second = (factories.organization(name) for name in ("市公安局", "市商务局"))
        for heir in (first, second):
            market.refresh_from_db()
            services.succeed(
                predecessor=market, successor=heir, on=DAY, source="示例方案", now=NOW
            )
        assert market.successions.count() == 2

    def test_an_organization_does_not_succeed_itself(self, market: Organization) -> None:
        with pytest.raises(errors.SuccessorIsSame):
            services.succeed(predecessor=market, successor=market, on=DAY, source="x", now=NOW)


class TestAdministrators:
    """Who may change an organization: an administrator whose jurisdiction it lies in."""

    def test_a_city_administers_its_districts(self) -> None:
        chief = factories.member(factories.organization(), ADMINISTER.code)
        local = factories.organization("区市场监管局", factories.DISTRICT)
        services.give_name(organization=local, name="区局", on=DAY, now=NOW, member=chief)
        assert Entry.objects.latest("pk").member == chief.uuid

    @pytest.mark.parametrize(
        ("code", "name"),
        [(factories.OTHER_CITY, "市商务局"), (factories.CITY, "市商务局")],
    )
    def test_a_district_administers_neither_its_city_nor_another(
        self, code: str, name: str
    ) -> None:
        local = factories.member(
            factories.organization("区双打办", factories.DISTRICT), ADMINISTER.code
        )
        with pytest.raises(access.OutsideOwnOrganization):
            services.give_name(
                organization=factories.organization(name, code), name="别名", on=DAY, now=NOW,
                member=local,
            )  # fmt: skip

    def test_without_the_duty_nothing_is_changed(self, market: Organization) -> None:
        clerk = factories.importer()
        before = Entry.objects.count()
        with pytest.raises(access.DutyMissing):
            services.give_name(organization=market, name="别名", on=DAY, now=NOW, member=clerk)
        with pytest.raises(access.DutyMissing):
            services.set_up_organization(
                name="新局", short_name="新局", region=market.region, functions=[], now=NOW,
                member=clerk,
            )  # fmt: skip
        assert Entry.objects.count() == before

    def test_nobody_ends_the_organization_they_work_in(self, market: Organization) -> None:
        chief = factories.member(market, ADMINISTER.code)
        with pytest.raises(errors.OwnOrganization):
            services.dissolve(organization=market, on=DAY, source="x", now=NOW, member=chief)
        with pytest.raises(errors.OwnOrganization):
            services.succeed(
                predecessor=market, successor=factories.organization("市商务局"), on=DAY,
                source="x", now=NOW, member=chief,
            )  # fmt: skip

    def test_those_who_work_in_an_ended_organization_act_no_more(
        self, market: Organization
    ) -> None:
        clerk = factories.member(market)
        services.dissolve(organization=market, on=LATER, source="示例批复", now=NOW)
        assert people.members_of(clerk.person, on=date(2026, 6, 30)).count() == 1
        assert people.members_of(clerk.person, on=LATER).count() == 0


class TestNamedLike:
    def test_former_names_and_both_scripts_find_it(self, market: Organization) -> None:
        given = services.give_name(organization=market, name="工商质监局", on=DAY, now=NOW)
        services.end_name(name=given, on=LATER, now=NOW)
        for words in ("质监", "質監", "市场监管"):
            assert list(queries.named_like(Organization.objects.all(), words)) == [market], words
        assert not queries.named_like(Organization.objects.all(), "没有的").exists()
