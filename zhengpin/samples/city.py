"""演示城市: an invented province and city with its organizations, posts and people.

Everything is made through the services, as an administrator would, and only what is missing is
made: loading it twice changes nothing. Region codes begin with 99, which GB/T 2260 does not use.
The sample plan (``plan.txt``) names organizations of this city only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

from django.db import transaction

from zhengpin.base.access import duties
from zhengpin.base.access import services as access
from zhengpin.base.access.models import Member, Person, Post
from zhengpin.base.lawbase.duties import MAINTAIN_LAW
from zhengpin.base.organizations import services as organizations
from zhengpin.base.organizations.models import Organization, Region
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.organizations import resolve
from zhengpin.mechanisms.plans import services as plans
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.mechanisms.proceedings.duties import APPROVE, COORDINATE, HANDLE

if TYPE_CHECKING:
    from datetime import datetime

PASSWORD = "demo-zhengpin-2026"  # noqa: S105 — public, for accounts that no real database can hold
SINCE = date(2026, 1, 1)
CITY = "990100"

_REGIONS = (
    ("990000", "示范省", "示范省"),
    (CITY, "示例市", "示范省示例市"),
    ("990102", "青禾区", "示范省示例市青禾区"),
    ("990103", "临江区", "示范省示例市临江区"),
    ("990104", "云台区", "示范省示例市云台区"),
    ("990122", "石桥县", "示范省示例市石桥县"),
    ("990171", "高新区", "示范省示例市高新区"),
)
_DISTRICTS = (("990102", "青禾"), ("990103", "临江"), ("990104", "云台"))
_OFFICE = "市双打办"
_OFFICE_DUTIES = (IMPORT_PLANS.code, duties.READ_LEDGER.code, HANDLE.code, COORDINATE.code)


class RealAccountsExist(DomainError):
    """这个数据库里已有真实账户，不能载入演示城市：请为演示另设 ZHENGPIN_HOME 或 DATABASE_URL。"""


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration account, as it is shown to whoever starts the demonstration."""

    login: str
    name: str
    password: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Body:
    """An organization; its functions follow from its short name in the table of names."""

    region: str
    name: str
    short_name: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seat:
    """A post in the organization with this short name."""

    organization: str
    title: str
    duties: tuple[str, ...] = ()


_CITY_BODIES = (
    _Body(
        CITY,
        "示例市打击侵犯知识产权和制售假冒伪劣商品工作领导小组",
        "市打击侵权假冒工作领导小组",
        ("市双打工作领导小组",),
    ),
    _Body(
        CITY,
        "示例市打击侵犯知识产权和制售假冒伪劣商品工作领导小组办公室",
        _OFFICE,
        ("市打击侵权假冒工作领导小组办公室",),
    ),
    _Body(CITY, "示例市人民政府", "市人民政府", ("市政府",)),
    _Body(CITY, "中共示例市委宣传部", "市委宣传部", ("市版权局",)),
    _Body(CITY, "中共示例市委政法委员会", "市委政法委"),
    _Body(CITY, "中共示例市委网络安全和信息化委员会办公室", "市委网信办"),
    _Body(CITY, "示例市中级人民法院", "市中级法院", ("市中级人民法院",)),
    _Body(CITY, "示例市人民检察院", "市检察院", ("市人民检察院",)),
    _Body(CITY, "示例市发展和改革委员会", "市发展改革委"),
    _Body(CITY, "示例市教育局", "市教育局"),
    _Body(CITY, "示例市工业和信息化局", "市工业和信息化局"),
    _Body(CITY, "示例市公安局", "市公安局"),
    _Body(CITY, "示例市司法局", "市司法局"),
    _Body(CITY, "示例市财政局", "市财政局"),
    _Body(CITY, "示例市生态环境局", "市生态环境局"),
    _Body(CITY, "示例市城市管理局", "市城管局"),
    _Body(CITY, "示例市农业农村局", "市农业农村局"),
    _Body(CITY, "示例市林业局", "市林业局"),
    _Body(CITY, "示例市商务局", "市商务局"),
    _Body(CITY, "示例市文化和旅游局", "市文化和旅游局"),
    _Body(CITY, "示例市卫生健康委员会", "市卫生健康委"),
    _Body(CITY, "示例市市场监督管理局", "市市场监管局"),
    _Body(CITY, "示例市人民政府国有资产监督管理委员会", "市国资委"),
    _Body(CITY, "示例市知识产权局", "市知识产权局"),
    _Body(CITY, "示例市机关事务管理局", "市机关事务局"),
    _Body(CITY, "国家税务总局示例市税务局", "市税务局"),
    _Body(CITY, "中华人民共和国示例海关", "示例海关"),
    _Body(CITY, "中国人民银行示例市分行", "人民银行示例市分行"),
    _Body(CITY, "示例市邮政管理局", "市邮政管理局"),
    _Body(CITY, "示例市通信管理办公室", "市通信管理办"),
    _Body(CITY, "示例市烟草专卖局", "市烟草专卖局"),
    _Body(CITY, "中国国际贸易促进委员会示例市委员会", "市贸促会"),
)
_OTHER_BODIES = (
    _Body("990122", "石桥县人民政府", "石桥县政府"),
    _Body("990122", "石桥县市场监督管理局", "石桥县市场监管局"),
    _Body("990122", "石桥县公安局", "石桥县公安局"),
    _Body("990122", "石桥县农业农村局", "石桥县农业农村局"),
    _Body("990122", "石桥县人民检察院", "石桥县检察院"),
    _Body("990171", "示例高新技术产业开发区管理委员会", "高新区管理委员会", ("高新区管委会",)),
    _Body("990171", "高新区市场监督管理局", "高新区市场监管局"),
)

_ENFORCER = (HANDLE.code, APPROVE.code)
_PEOPLE: tuple[tuple[str, str, tuple[_Seat, ...]], ...] = (
    (
        "lin.office",
        "林一（示例）",
        (_Seat(_OFFICE, "综合协调", (*_OFFICE_DUTIES, MAINTAIN_LAW.code)),),
    ),
    (
        "zhou.office",
        "周二（示例）",
        (
            _Seat(_OFFICE, "督导考核", (*_OFFICE_DUTIES, APPROVE.code)),
            _Seat("市市场监管局", "执法稽查", _ENFORCER),
        ),
    ),
    ("chen.admin", "陈三（示例）", (_Seat(_OFFICE, "系统管理", (duties.ADMINISTER.code,)),)),
    ("sun.oversight", "孙四（示例）", (_Seat("市检察院", "监督", (duties.OVERSEE.code,)),)),
    ("wu.market", "吴五（示例）", (_Seat("市市场监管局", "网络交易监管", (HANDLE.code,)),)),
    ("zheng.police", "郑六（示例）", (_Seat("市公安局", "食药环侦", (HANDLE.code,)),)),
    ("jiang.police", "蒋甲（示例）", (_Seat("市公安局", "分管领导", _ENFORCER),)),
    ("shen.tax", "沈乙（示例）", (_Seat("市税务局", "稽查", _ENFORCER),)),
    ("wang.ip", "王七（示例）", (_Seat("市知识产权局", "保护协调", (HANDLE.code,)),)),
    ("han.ip", "韩丙（示例）", (_Seat("市知识产权局", "分管领导", _ENFORCER),)),
    ("feng.customs", "冯八（示例）", (_Seat("示例海关", "综合业务", (HANDLE.code,)),)),
    (
        "chu.qinghe",
        "褚九（示例）",
        (_Seat("青禾区市场监管局", "执法稽查", _ENFORCER),),
    ),
    (
        "wei.shiqiao",
        "卫十（示例）",
        (_Seat("石桥县市场监管局", "执法稽查", _ENFORCER),),
    ),
)


@transaction.atomic
def load(*, now: datetime) -> tuple[Account, ...]:
    """Make what is missing of the city and return its accounts. Raises RealAccountsExist."""
    if Person.objects.filter(is_demonstration=False).exists():
        raise RealAccountsExist
    regions = {code: _region(code, name, full, now) for code, name, full in _REGIONS}
    bodies = {
        one.short_name: _organization(one, regions[one.region], now)
        for one in (*_CITY_BODIES, *_district_bodies(), *_OTHER_BODIES)
    }
    for login, name, seats in _PEOPLE:
        person = _person(login, name, now)
        for seat in seats:
            _appointment(person, seat, bodies[seat.organization], now)
    _import_sample(bodies[_OFFICE], now)
    return accounts()


def accounts() -> tuple[Account, ...]:
    return tuple(
        Account(login, name, PASSWORD, tuple(f"{one.organization} {one.title}" for one in seats))
        for login, name, seats in _PEOPLE
    )


def _district_bodies() -> tuple[_Body, ...]:
    return tuple(
        body
        for code, place in _DISTRICTS
        for body in (
            _Body(code, f"{place}区人民政府", f"{place}区政府"),
            _Body(code, f"{place}区市场监督管理局", f"{place}区市场监管局"),
            _Body(code, f"示例市公安局{place}分局", f"公安{place}分局"),
            _Body(code, f"{place}区农业农村局", f"{place}区农业农村局"),
            _Body(code, f"{place}区人民检察院", f"{place}区检察院"),
        )
    )


def _region(code: str, name: str, full_name: str, now: datetime) -> Region:
    known = Region.objects.filter(code=code).first()
    if known is not None:
        return known
    return organizations.define_region(code=code, name=name, full_name=full_name, now=now)


def _organization(body: _Body, region: Region, now: datetime) -> Organization:
    known = Organization.objects.filter(name=body.name, region=region).first()
    if known is not None:
        return known
    return organizations.set_up_organization(
        name=body.name,
        short_name=body.short_name,
        region=region,
        functions=resolve(body.short_name, SINCE.year).functions,
        names=body.names,
        now=now,
    )


def _person(login: str, name: str, now: datetime) -> Person:
    known = Person.objects.filter(login=login).first()
    if known is not None:
        return known
    return access.open_account(
        login=login, name=name, password=PASSWORD, now=now, is_demonstration=True
    )


def _appointment(person: Person, seat: _Seat, organization: Organization, now: datetime) -> None:
    post = Post.objects.filter(organization=organization, title=seat.title).first()
    if post is None:
        post = access.set_up_post(
            organization=organization, title=seat.title, duties=seat.duties, now=now
        )
    if not Member.objects.filter(person=person, post=post).exists():
        access.appoint(person=person, post=post, on=SINCE, now=now)


def _import_sample(office: Organization, now: datetime) -> None:
    """Import the sample plan, and leave it in review as the office would find it."""
    if Plan.objects.filter(region=office.region).exists():
        return
    plans.import_plan(
        data=resources.files("zhengpin.samples").joinpath("plan.txt").read_bytes(),
        name="plan.txt",
        organization=office,
        region=office.region,
        member=Member.objects.get(person__login=_PEOPLE[0][0], post__organization=office),
        now=now,
    )
