"""200 plans with 20,000 clauses, in the demonstration city, its districts and two other cities.

Each is the sample plan with other years, goods, days and lines, imported through the service;
what is in doubt is then settled and all but a few are confirmed in bulk. Imported by
``pages.py`` once Django is set up.
"""

from __future__ import annotations

import random
import re
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.utils import timezone

from zhengpin.base.access import services as access
from zhengpin.base.access.models import Member
from zhengpin.base.organizations import services as organizations
from zhengpin.base.organizations.models import Organization, Region
from zhengpin.mechanisms.plans import services as plans
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.plans.models import Clause, Plan, Problem
from zhengpin.samples import city

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


def _words(listed: str) -> list[str]:
    return listed.split("、")


PLANS, CLAUSES_EACH, IN_REVIEW = 200, 100, 10
YEARS = range(2019, 2027)
SAMPLE = resources.files("zhengpin.samples").joinpath("plan.txt").read_text("utf-8")
_IN_SAMPLE = 86  # clauses
_GOODS = _words(
    "食品、化妆品、儿童用品、服装鞋帽、家用电器、汽车配件、电子产品、电线电缆、建筑材料、"
    "卫生洁具、农药、化肥、种子、兽药、车用汽油、医疗器械、眼镜、箱包、玩具、酒类、茶叶、头盔"
)
_PLACES = _words(
    "批发市场、专业市场、集贸市场、直播间、电商平台、仓储园区、快递网点、展会、农村集市、商业街"
)
_ACTS = _words("排查整治、监督抽查、联合检查、暗访督查、溯源追查、集中约谈、飞行检查、专项清理")
_WHEN = _words("3月底前、4月底前、6月底前、9月底前、11月底前、每季度、每半年、年底前")
_UNITS = _words(
    "市市场监管局、市公安局、市商务局、市农业农村局、市文化和旅游局、市知识产权局、市邮政管理局"
)
_OTHER_CITIES = (
    ("990200", "他山", ("东岭", "西浦", "南屏")),
    ("990300", "远水", ("前湾", "后坞", "中洲")),
)


class Holder(NamedTuple):
    """An office that imports plans, for a region, in the words of its place."""

    member: Member
    region: Region
    names: tuple[tuple[str, str], ...] = ()


def fill() -> None:
    """Fill the empty database; takes about a minute on two cores."""
    now = timezone.now()
    city.load(now=now)
    Plan.objects.all().delete()
    for number, holder in zip(range(PLANS), _holders(now), strict=False):
        plans.import_plan(
            data=_text(number, holder).encode(), name=f"方案{number}.txt", now=now,
            organization=holder.member.organization, region=holder.region, member=holder.member,
        )  # fmt: skip
    _confirm(now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    assert Plan.objects.count() == PLANS
    assert Clause.objects.count() == PLANS * CLAUSES_EACH


def _holders(now: datetime) -> Iterator[Holder]:
    """Yield, again and again, six plans of the city, one of a district and three of others."""
    office = Member.objects.get(person__login="lin.office")
    home = Holder(office, office.organization.region)
    districts = [Holder(office, one) for one in Region.objects.filter(code__startswith="99010")]
    others = [_city(code, name, inner, now) for code, name, inner in _OTHER_CITIES]
    number = 0
    while True:
        yield from [home] * 6
        yield districts[number % len(districts)]
        yield from (others[(number + step) % 2] for step in range(3))
        number += 1


def _city(code: str, name: str, inner: tuple[str, ...], now: datetime) -> Holder:
    """Set up a city like the demonstration city under another name, with an office."""
    names = (("示例", name), *zip(("青禾", "临江", "云台"), inner, strict=True))
    for known in Region.objects.filter(code__startswith=city.CITY[:4]).order_by("code"):
        organizations.define_region(
            code=code[:4] + known.code[4:], name=_renamed(known.name, names),
            full_name=_renamed(known.full_name, names), now=now,
        )  # fmt: skip
    for body in Organization.objects.filter(region__code__startswith=city.CITY[:4]):
        place = Region.objects.get(code=code[:4] + body.region.code[4:])
        organizations.set_up_organization(
            name=_renamed(body.name, names), short_name=_renamed(body.short_name, names),
            region=place, functions=[one.function_code for one in body.competences.all()],
            names=[], now=now,
        )  # fmt: skip
    region = Region.objects.get(code=code)
    office = Organization.objects.get(region=region, short_name="市双打办")
    person = access.open_account(
        login=f"office-{code}", name=f"{name}（示例）", password=city.PASSWORD, now=now,
        is_demonstration=True,
    )  # fmt: skip
    post = access.set_up_post(
        organization=office, title="综合协调", duties=[IMPORT_PLANS.code], now=now
    )
    return Holder(access.appoint(person=person, post=post, on=city.SINCE, now=now), region, names)


def _renamed(text: str, names: tuple[tuple[str, str], ...]) -> str:
    for old, new in names:
        text = text.replace(old, new)
    return text


def _text(number: int, holder: Holder) -> str:
    """Return the sample with other words, the same for a number every time."""
    chance = random.Random(number)  # noqa: S311 — words, no secrets
    year = YEARS[number % len(YEARS)]
    text = SAMPLE.replace("2026", str(year)).replace("〕1号", f"〕{number + 1}号")
    subject = f"{chance.choice(_GOODS)}{chance.choice(_PLACES)}治理"
    text = text.replace("工作方案", f"{subject}工作方案")
    text = text.replace("（市林业局负责）", "（市园林绿化局负责）")  # means nobody: a doubt
    text = re.sub("|".join(_GOODS), lambda _: chance.choice(_GOODS), text)
    text = re.sub("|".join(_WHEN), lambda _: chance.choice(_WHEN), text)
    head, mark, tail = text.partition("\n八、")
    lines = (_line(chance) for _ in range(CLAUSES_EACH - _IN_SAMPLE))
    return _renamed(head + "\n".join(lines) + "\n" + mark + tail, holder.names)


def _line(chance: random.Random) -> str:
    goods, other = chance.sample(_GOODS, 2)
    lead, member, third = chance.sample(_UNITS, 3)
    return (
        f"聚焦{chance.choice(_PLACES)}，{chance.choice(_WHEN)}组织开展{goods}、{other}"
        f"{chance.choice(_ACTS)}，建立问题清单和整改台账，依法查处侵权假冒行为并公布典型案例。"
        f"（{lead}牵头，{member}、{third}按职责分工负责）"
    )


def _confirm(now: datetime) -> None:
    """Settle what is in doubt and confirm, except in the last plans."""
    waiting = Plan.objects.order_by("-pk").values_list("pk", flat=True)[:IN_REVIEW]
    Problem.objects.exclude(plan__in=list(waiting)).update(
        settlement="已核对原文", settled_at=now, settled_by=Member.objects.order_by("pk")[0]
    )
    Plan.objects.exclude(pk__in=list(waiting)).update(
        stage=Plan.Stage.CONFIRMED, confirmed_at=now, confirmed_by=Member.objects.order_by("pk")[0]
    )
