"""One printed name: prefix, function, class of bodies, slips; look-alikes stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.kernel.organizations import (
    correct,
    is_collective,
    is_unit_like,
    resolve,
    split_prefix,
    stands_alone,
)


@pytest.mark.parametrize(
    ("name", "prefix", "base"),
    [
        ("市市场监管委", "市", "市场监管委"),
        ("市场监管局", "", "市场监管局"),
        ("市监局", "", "市监局"),
        ("区市监局", "区", "市监局"),
        ("市市政园林局", "市", "市政园林局"),
        ("市委宣传部", "市委", "宣传部"),
        ("自治区党委宣传部", "自治区党委", "宣传部"),
        ("自治区人民检察院", "自治区", "人民检察院"),
        ("内蒙古邮政管理局", "内蒙古", "邮政管理局"),
        ("天津市宝坻区市场监管局", "天津市宝坻区", "市场监管局"),
        ("区新闻出版(版权)局", "区", "新闻出版(版权)局"),
        ("区新闻出版（版权）局", "区", "新闻出版(版权)局"),
        ("呼和浩特海关", "", "呼和浩特海关"),
        ("公安宝坻分局", "", "公安宝坻分局"),
        ("宝坻检验检疫局", "", "宝坻检验检疫局"),
        ("州工商局", "州", "工商局"),
        ("市商务局(市口岸办)", "市", "商务局(市口岸办)"),
        ("市打击侵权假冒工作领导小组办公室", "市", "打击侵权假冒工作领导小组办公室"),
    ],
)
def test_prefix_and_base(name: str, prefix: str, base: str) -> None:
    assert split_prefix(name) == (prefix, base)


@pytest.mark.parametrize(
    ("name", "year", "function"),
    [
        ("市市场监管局", 2021, "market_regulation"),
        ("自治区工商局", 2017, "industry_commerce"),
        ("工商宝坻分局", 2010, "industry_commerce"),
        ("公安宝坻分局", 2010, "police"),
        ("人行厦门中心支行", 2020, "central_bank"),
        ("人民银行上海总部", 2021, "central_bank"),
        ("天津海关", 2020, "customs"),
        ("市双打办", 2024, "leading_group_office"),
        ("市委网信办", 2020, "cyberspace"),
        ("内蒙古国税局", 2017, "national_tax"),
        ("自治区地税局", 2017, "local_tax"),
    ],
)
def test_a_name_resolves_to_its_function_in_its_year(name: str, year: int, function: str) -> None:
    resolution = resolve(name, year)
    assert resolution.known
    assert resolution.in_period is True
    assert function in resolution.functions


def test_a_body_that_was_merged_is_out_of_period_later() -> None:
    assert resolve("市工商局", 2017).in_period is True
    assert resolve("市工商局", 2024).in_period is False
    assert resolve("市工商局").in_period is None


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("市市委网信办", "市委网信办"),
        ("市市商务局", "市商务局"),
        ("市打击侵权假冒工作领导小办公室", "市打击侵权假冒工作领导小组办公室"),
    ],
)
def test_a_known_slip_or_a_doubled_prefix_is_mended(wrong: str, right: str) -> None:
    assert correct(wrong) == right
    assert resolve(wrong).corrected == right


@pytest.mark.parametrize(
    "name", ["市市场监管局", "市市政园林局", "市市场监管委", "市公安局", "区区划办"]
)
def test_a_name_that_only_looks_doubled_is_left_alone(name: str) -> None:
    assert correct(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "各部门", "各有关部门", "有关部门", "相关成员单位", "领导小组有关成员单位",
        "领导小组各成员单位", "各区人民政府", "各县(市、区)人民政府", "各成员单位", "各镇街",
        "各地区打击侵权假冒工作领导小组",
        "自治区打击侵权假冒工作领导小组有关成员单位", "各级商务主管部门", "各行政执法机关",
    ],
)  # fmt: skip
def test_classes_of_bodies_are_collective(name: str) -> None:
    assert is_collective(name)
    assert stands_alone(name)


@pytest.mark.parametrize(
    "name",
    ["市公安局", "市市场监管局", "市商务局", "领导小组", "天津海关", "市委宣传部", "商务部门"],
)
def test_single_bodies_are_not_collective(name: str) -> None:
    assert not is_collective(name)


@pytest.mark.parametrize(
    "phrase",
    [
        "版权重点监管", "网络环境", "违法行为", "社会舆论", "有害信息", "加强监管", "督促企业",
        "组织各级政府机关", "指导各地区", "打击力度", "支持法院", "为",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_organizations(phrase: str) -> None:
    assert not is_unit_like(phrase)


@pytest.mark.parametrize(
    "name",
    [
        "市公安局",
        "县供销社",
        "工业和信息化部",
        "市税务局稽查局",
        "省高院",
        "市融媒体中心",
        "某某集团公司",
    ],
)
def test_organizations_are_recognised(name: str) -> None:
    assert is_unit_like(name)


def test_look_alikes_are_never_merged() -> None:
    assert set(resolve("市中级法院").functions).isdisjoint(resolve("市高级法院").functions) or (
        resolve("市中级法院").base != resolve("市高级法院").base
    )
    assert not resolve("市知识产杈保护处").known
    assert not resolve("市公共安全局").known


@given(st.text(max_size=40))
def test_any_text_is_read_without_error(name: str) -> None:
    resolution = resolve(name, 2020)
    prefix, base = split_prefix(name)
    assert prefix + base == name.replace("（", "(").replace("）", ")")
    assert resolution.known or not resolution.functions


@given(st.text(alphabet="市省区县委局场政监管公安商务领导小组办公室各有关部门（）()", max_size=16))
def test_any_heap_of_name_characters_is_read_without_error(name: str) -> None:
    resolve(name, 2020)
    is_unit_like(name)
    stands_alone(name)
