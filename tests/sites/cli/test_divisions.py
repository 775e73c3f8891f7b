"""Regions as the national standard had them on a day."""

from __future__ import annotations

from datetime import date

import pytest

from zhengpin.sites.cli.divisions import divisions_of, with_those_above

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("code", "full_name"),
    [
        ("340000", "安徽省"),
        ("340100", "安徽省合肥市"),
        ("340102", "安徽省合肥市瑶海区"),
        ("110101", "北京市东城区"),
        ("500229", "重庆市城口县"),
        ("429004", "湖北省仙桃市"),
        ("659001", "新疆维吾尔自治区石河子市"),
    ],
)
def test_a_full_name_leaves_out_the_lines_that_only_group(code: str, full_name: str) -> None:
    assert with_those_above(code, TODAY)[-1].full_name == full_name


@pytest.mark.parametrize("code", ["110103", "340101", "110100", "999999", "990100", "", "34"])
def test_what_was_dissolved_or_is_no_place_is_unknown(code: str) -> None:
    assert with_those_above(code, TODAY) == []


def test_a_dissolved_district_stands_in_its_own_years() -> None:
    assert with_those_above("110103", date(2005, 1, 1))[-1].name == "崇文区"


def test_a_province_comes_with_everything_in_it() -> None:
    found = divisions_of("340000", TODAY)
    assert found[0].code == "340000"
    assert 100 < len(found) < 140
    assert all(one.code.startswith("34") for one in found)
