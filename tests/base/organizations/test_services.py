"""Regions, organizations, names and successions."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from zhengpin.base.ledger.models import Entry
from zhengpin.base.organizations import errors, queries, services
from zhengpin.base.organizations.models import Organization, Region

NOW = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 12)

pytestmark = pytest.mark.django_db


@pytest.fixture(name="city")
def _city() -> Region:
    return services.define_region(code="990100", name="示例市", full_name="示范省示例市", now=NOW)


@pytest.fixture(name="district")
def _district() -> Region:
    return services.define_region(
        code="990102", name="青禾区", full_name="示范省示例市青禾区", now=NOW
    )


def bureau(region: Region, name: str = "示例市市场监督管理局", **more: object) -> Organization:
    facts: dict[str, object] = {
        "short_name": "市市场监管局",
        "functions": ["market_regulation"],
        **more,
    }
    return services.set_up_organization(name=name, region=region, now=NOW, **facts)  # type: ignore[arg-type]


class TestDefineRegion:
    def test_a_city_contains_its_districts_and_not_another_city(
        self, city: Region, district: Region
    ) -> None:
        other = services.define_region(code="990200", name="他市", full_name="他市", now=NOW)
        assert city.contains(district)
        assert not district.contains(city)
        assert not city.contains(other)

    def test_a_province_contains_all_of_its_cities(self, city: Region) -> None:
        province = services.define_region(
            code="990000", name="示范省", full_name="示范省", now=NOW
        )
        assert province.prefix == "99"
        assert province.contains(city)

    @pytest.mark.parametrize("code", ["99", "9901a0", ""])
    def test_a_malformed_code_is_refused(self, code: str) -> None:
        with pytest.raises(errors.RegionUnknown):
            services.define_region(code=code, name="x", full_name="x", now=NOW)


class TestSetUpOrganization:
    def test_it_leaves_one_entry_in_the_ledger(self, city: Region) -> None:
        before = Entry.objects.count()
        organization = bureau(city)
        assert Entry.objects.count() == before + 1
        assert Entry.objects.latest("pk").subject == str(organization.uuid)

    def test_an_unknown_function_is_refused_and_nothing_is_saved(self, city: Region) -> None:
        with pytest.raises(errors.UnknownFunction):
            bureau(city, functions=["no_such_function"])
        assert not Organization.objects.exists()

    def test_two_bodies_of_one_region_cannot_bear_one_name_at_once(self, city: Region) -> None:
        bureau(city)
        with pytest.raises(errors.AliasTaken):
            bureau(city, name="示例市另一局", short_name="市市场监管局")
        assert Organization.objects.count() == 1


class TestSucceed:
    def test_the_predecessor_keeps_its_name_in_its_own_days(self, city: Region) -> None:
        old = bureau(
            city,
            name="示例市工商行政管理局",
            short_name="市工商局",
            functions=["industry_commerce"],
        )
        new = bureau(city)
        services.succeed(
            predecessor=old, successor=new, on=date(2019, 1, 15), source="示例文件", now=NOW
        )
        in_2017 = queries.organization_named("市工商局", region=city, on=date(2017, 5, 1))
        in_2026 = queries.organization_named("市工商局", region=city, on=DAY)
        assert in_2017.organization == old
        assert in_2026.organization is None


class TestOrganizationNamed:
    def test_a_name_of_the_region_decides(self, city: Region) -> None:
        organization = bureau(city)
        assert (
            queries.organization_named("市市场监管局", region=city, on=DAY).organization
            == organization
        )

    def test_traditional_characters_find_the_same_body(self, city: Region) -> None:
        organization = bureau(city)
        assert (
            queries.organization_named("市市場監管局", region=city, on=DAY).organization
            == organization
        )

    def test_the_function_decides_where_no_name_was_given(self, city: Region) -> None:
        organization = bureau(city)
        named = queries.organization_named("市市场监督管理局", region=city, on=DAY)
        assert named.organization == organization

    def test_a_district_plan_means_the_body_of_its_district(
        self, city: Region, district: Region
    ) -> None:
        bureau(city)
        local = bureau(district, name="青禾区市场监督管理局", short_name="区市场监管局")
        assert (
            queries.organization_named("区市场监管局", region=district, on=DAY).organization
            == local
        )

    def test_two_bodies_with_one_function_are_left_to_a_person(self, city: Region) -> None:
        bureau(city)
        bureau(city, name="示例市市场监管综合执法局", short_name="市执法局")
        named = queries.organization_named("市市场监督管理局", region=city, on=DAY)
        assert named.organization is None
        assert len(named.candidates) == 2

    def test_a_class_of_bodies_is_nobody_in_particular(self, city: Region) -> None:
        named = queries.organization_named("各有关部门", region=city, on=DAY)
        assert named.collective
        assert named.candidates == ()

    def test_a_look_alike_is_not_taken(self, city: Region) -> None:
        bureau(city)
        assert queries.organization_named("市市场临督局", region=city, on=DAY).candidates == ()

    @pytest.mark.parametrize(
        ("printed", "function"),
        [
            ("省公安厅", "police"),
            ("公安部", "police"),
            ("国家知识产权局", "intellectual_property"),
            ("青禾区商务局", "commerce"),
            ("满洲里海关", "customs"),
            ("区商务局", "commerce"),
        ],
    )
    def test_a_body_of_another_level_or_place_is_not_taken_for_the_own(
        self, city: Region, district: Region, printed: str, function: str
    ) -> None:
        bureau(city, name="示例市某局", short_name="市某局", functions=[function])
        assert district.name in {"青禾区"}
        assert queries.organization_named(printed, region=city, on=DAY).candidates == ()

    def test_the_province_is_meant_where_a_city_names_it(self, city: Region) -> None:
        province = services.define_region(
            code="990000", name="示范省", full_name="示范省", now=NOW
        )
        above = bureau(province, name="示范省公安厅", short_name="公安厅", functions=["police"])
        bureau(city, name="示例市公安局", short_name="市公安局", functions=["police"])
        named = queries.organization_named("省公安厅", region=city, on=DAY)
        assert named.organization == above
