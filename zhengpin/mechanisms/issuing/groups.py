"""What a printed addressee asks for: a body of each region below, the units named, or a person.

The rules stand in tables, the first that fits holds. Nothing is resolved by likeness.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop

from zhengpin.kernel.organizations import is_collective, resolve
from zhengpin.kernel.text.folding import simplify


class Way(StrEnum):
    """How the organizations of a printed name are found."""

    ONE = "one"  # by its name
    BELOW = "below"  # one in each region directly below
    NAMED = "named"  # those the clauses of the plan name
    PERSON = "person"  # by a person


@dataclass(frozen=True, slots=True)
class Group:
    """主送的读法: how a line is resolved.

    ``wanted`` are pairs of a sign and a function: in each region below whose name ends with the
    sign, the body that has the function. ``hint`` says what a person has to know.
    """

    way: Way
    wanted: frozenset[tuple[str, str]] = frozenset()
    hint: str = ""


_BEFORE = (
    (
        r".*(?:企业|事业单位|公司|集团|平台|协会|商会|学会|院校|高校|银行|金融机构)\Z",
        Group(
            Way.PERSON,
            hint=gettext_noop("企业、事业单位和社会组织没有名册，不能自动定下：请逐个选择。"),
        ),
    ),
    (
        r".*(?:有关|相关|其他|其它|部分)[^,]*\Z",
        Group(Way.PERSON, hint=gettext_noop("“有关”“相关”指哪些单位，文中没有写明：请选择。")),
    ),
    (
        r".*(?:乡镇?|镇|街道|办事处)(?:人民政府)?\Z",
        Group(
            Way.PERSON,
            hint=gettext_noop("乡镇、街道不在行政区划名录中，不能自动定下：请选择。"),
        ),
    ),
    (
        r"(?:.*(?:领导小组|工作组|联席会议)|[市省区县州盟旗])?(?:各|全体|所有)?成员单位\Z",
        Group(
            Way.NAMED,
            hint=gettext_noop("还没有成员单位名册，先列出计划条款点名的本级单位：请核对增减。"),
        ),
    ),
)
_AFTER = (
    (
        r".*各.*(?:部门|单位|机关|委办局|[委办厅局](?:、[委办厅局])+)\Z",
        Group(Way.PERSON, hint=gettext_noop("没有政府组成部门的名册，不能自动定下：请选择。")),
    ),
)
_UNCLEAR = Group(Way.PERSON, hint=gettext_noop("这是统称，不能自动定下：请选择。"))
_FROM_REGIONS = gettext_noop("直接下级地区各一个单位。")

_SIGN = r"自治[区州县旗]|直辖市|地区|新区|特区|林区|[省市区县州盟旗]"
_PLACES = re.compile(rf"各(?:{_SIGN}|[()、,〔〕])+")
_SIGNS = re.compile(_SIGN)

INSTEAD = {
    "leading_group": ("leading_group", "leading_group_office"),
    "leading_group_office": ("leading_group_office", "leading_group"),
}
"""Which functions stand for one that a region has not, in their order."""


def read(printed: str) -> Group:
    """Return how a printed addressee is resolved."""
    text = simplify(printed)
    wanted = _wanted(text)
    below = Group(Way.BELOW, wanted, _FROM_REGIONS) if wanted else None
    found = _first(_BEFORE, text) or below or _first(_AFTER, text)
    if found is None and (is_collective(text) or "各" in text):
        found = _UNCLEAR
    return found or Group(Way.ONE)


def _first(rules: tuple[tuple[str, Group], ...], text: str) -> Group | None:
    return next((group for pattern, group in rules if re.match(pattern, text)), None)


def _wanted(text: str) -> frozenset[tuple[str, str]]:
    """Return what 各区(县)人民政府 or 各盟行政公署、市人民政府 asks of the regions below."""
    if not text.startswith("各"):
        return frozenset()
    whole = _one(text)
    if whole:
        return whole
    parts = [one if one.startswith("各") else f"各{one}" for one in text.split("、")]
    found = [_one(one) for one in parts]
    return frozenset().union(*found) if len(parts) > 1 and all(found) else frozenset()


def _one(text: str) -> frozenset[tuple[str, str]]:
    places = _PLACES.match(text)
    if places is None:
        return frozenset()
    for end in range(places.end(), 1, -1):  # 各市市场监管局: the second 市 is none of the places
        signs = {one[-1] for one in _SIGNS.findall(text[:end])}
        functions = resolve(text[end:]).functions if text[end:] else ()
        if signs and functions:
            return frozenset((sign, code) for sign in signs for code in functions)
    return frozenset()
