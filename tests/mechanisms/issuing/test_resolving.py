"""Printed addressees: what is found for them by itself, and what only a person can decide."""

from __future__ import annotations

import pytest

from tests import factories
from zhengpin.base.organizations.models import Organization
from zhengpin.mechanisms.issuing.groups import Group, Way, read
from zhengpin.mechanisms.issuing.resolving import Line, directly_below, lines_of

TODAY = factories.NOW.date()
GOVERNMENT, GROUP, OFFICE = "government", "leading_group", "leading_group_office"


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("各区（县）人民政府", {("区", GOVERNMENT), ("县", GOVERNMENT)}),
        ("各区縣人民政府", {("区", GOVERNMENT), ("县", GOVERNMENT)}),
        ("各盟行政公署、市人民政府", {("盟", GOVERNMENT), ("市", GOVERNMENT)}),
        ("各市、县人民政府", {("市", GOVERNMENT), ("县", GOVERNMENT)}),
        ("各區打擊侵權假冒工作領導小組", {("区", GROUP)}),
        (
            "各区县打击侵犯知识产权和制售假冒伪劣商品工作领导小组",
            {("区", GROUP), ("县", GROUP)},
        ),
        ("各区双打办", {("区", OFFICE)}),
        ("各市市场监管局", {("市", "market_regulation")}),
    ],
)
def test_a_class_of_bodies_below_is_one_in_each_region_it_names(
    printed: str, wanted: set[tuple[str, str]]
) -> None:
    assert read(printed) == Group(Way.BELOW, frozenset(wanted), read(printed).hint)


@pytest.mark.parametrize(
    "printed",
    [
        "各成员单位",
        "市打擊侵權假冒工作領導小組各成員單位",
        "市打击侵犯知识产权和制售假冒伪劣商品工作领导小组成员单位",
    ],
)
def test_member_units_are_proposed_from_the_plan(printed: str) -> None:
    assert read(printed).way is Way.NAMED


@pytest.mark.parametrize(
    "printed",
    [
        "各大企业、事业单位",
        "各有关部门",
        "有关单位",
        "各有关成员单位",
        "自治区各委、办、厅、局",
        "区政府各部门",
        "各乡镇人民政府、街道办事处",
        "各区县",
        "各开发区管委会",
    ],
)
def test_what_no_list_settles_is_left_to_a_person_with_a_hint(printed: str) -> None:
    assert read(printed).way is Way.PERSON
    assert read(printed).hint


def test_one_body_is_looked_up_by_its_name() -> None:
    assert read("市公安局").way is Way.ONE


pytestmark = pytest.mark.django_db


def lines(*printed: str) -> list[Line]:
    office = factories.importer()
    factories.city_units()
    plan = factories.confirmed_plan(office)
    plan.addressees = list(printed)
    return lines_of(plan, office.organization, on=TODAY)


def names(line: Line) -> list[str]:
    return [one.organization.short_name for one in line.found]


def district(code: str, name: str, *bodies: str) -> None:
    factories.region(code, name)
    for one in bodies:
        factories.organization(one, code)


class TestRegionsBelow:
    def test_each_owes_one_body_and_the_page_says_why(self) -> None:
        district("990102", "青禾区", "青禾区政府", "青禾区市场监管局")
        district("990122", "石桥县", "石桥县政府")
        (line,) = lines("各区县人民政府")
        assert names(line) == ["青禾区政府", "石桥县政府"]
        assert line.found[0].why == "青禾区的人民政府"
        assert line.uncovered([one.organization for one in line.found]) == []

    def test_a_county_is_none_of_the_districts(self) -> None:
        district("990102", "青禾区", "青禾区政府")
        district("990122", "石桥县", "石桥县政府")
        (line,) = lines("各区人民政府")
        assert names(line) == ["青禾区政府"]

    def test_the_office_stands_for_a_leading_group_and_a_government_is_only_offered(self) -> None:
        district("990102", "青禾区", "区双打办", "青禾区政府")
        district("990103", "临江区", "临江区政府")
        (line,) = lines("各区打击侵权假冒工作领导小组")
        assert names(line) == ["区双打办"]
        assert [one.organization.short_name for one in line.offered] == ["临江区政府"]
        left = line.uncovered([one.organization for one in line.found])
        assert [one.name for one in left] == ["临江区"]

    def test_a_region_inside_another_is_not_directly_below(self) -> None:
        for code in (factories.PROVINCE, factories.CITY, factories.DISTRICT, factories.OTHER_CITY):
            factories.region(code)
        below = directly_below(factories.region(factories.PROVINCE))
        assert [one.code for one in below] == [factories.CITY, factories.OTHER_CITY]


def test_member_units_are_those_the_clauses_name_with_their_clauses() -> None:
    (line,) = lines("各成员单位")
    assert set(names(line)) == {"市市场监管局", "市公安局", "市委宣传部"}
    whys = {one.organization.short_name: one.why for one in line.found}
    assert whys["市委宣传部"].startswith("计划第")


def test_a_named_body_is_found_and_an_unknown_one_is_not() -> None:
    known, unknown = lines("市公安局", "市火星局")
    assert names(known) == ["市公安局"]
    assert (unknown.found, unknown.offered) == ([], [])
    assert "名录中没有" in unknown.hint


def test_the_sender_is_no_addressee_of_its_own() -> None:
    (line,) = lines("市双打办")
    assert line.found == []


def test_a_plan_without_addressees_proposes_units_and_regions() -> None:
    district("990102", "青禾区", "青禾区政府")
    named, below = lines()
    assert len(named.found) == 3
    assert names(below) == ["青禾区政府"]
    assert not named.is_printed
    assert Organization.objects.get(short_name="青禾区政府") == below.found[0].organization
