"""Regions, organizations, posts, members and plans for tests, made through the services.

Each function makes what it is asked for; regions and organizations that exist are returned.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING

from zhengpin.base.access import services as access
from zhengpin.base.organizations import services as organizations
from zhengpin.base.organizations.models import Organization, Region
from zhengpin.kernel.organizations import resolve
from zhengpin.mechanisms.plans import services as plans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Plan

NOW = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)
SINCE = date(2026, 1, 1)
PASSWORD = "a long enough phrase of words"  # noqa: S105 — of invented people

PROVINCE, CITY, DISTRICT, OTHER_CITY = "990000", "990100", "990102", "990200"
_NAMES = {PROVINCE: "示范省", CITY: "示例市", DISTRICT: "青禾区", OTHER_CITY: "他山市"}

PLAN = """2026年示例市打击侵犯知识产权和制售假冒伪劣商品工作要点

一、加强重点治理
（一）加强市场治理。开展重点市场检查，6月底前完成整治。（市市场监管局牵头，市公安局配合）
严厉打击网络销售假冒商品行为。（市市场监管局、市公安局按职责分工负责）
（二）加强版权保护。开展“剑网2026”专项行动。（市委宣传部负责）
"""
"""A plan of the city in three clauses; it names three units, and no date, number or issuer."""

_serial = count(1)


def region(code: str = CITY, name: str | None = None) -> Region:
    known = Region.objects.filter(code=code).first()
    called = name or _NAMES.get(code, f"地区{code}")
    return known or organizations.define_region(code=code, name=called, full_name=called, now=NOW)


def organization(
    short_name: str = "市双打办",
    code: str = CITY,
    *,
    name: str | None = None,
    names: Iterable[str] = (),
    functions: Iterable[str] | None = None,
) -> Organization:
    """Return the organization of a region; its functions follow from its short name."""
    place = region(code)
    full = name or f"{place.name}{short_name}"
    known = Organization.objects.filter(name=full, region=place).first()
    if known is not None:
        return known
    read = resolve(short_name, SINCE.year).functions if functions is None else functions
    return organizations.set_up_organization(
        name=full, short_name=short_name, region=place, functions=read, names=names, now=NOW
    )


def member(of: Organization, *duties: str) -> Member:
    """Return a new person in a new post of an organization with these duties."""
    serial = next(_serial)
    person = access.open_account(
        login=f"person-{serial}", name=f"某{serial}（示例）", password=PASSWORD, now=NOW
    )
    post = access.set_up_post(organization=of, title=f"岗位{serial}", duties=duties, now=NOW)
    return access.appoint(person=person, post=post, on=SINCE, now=NOW)


def importer(code: str = CITY, short_name: str = "市双打办") -> Member:
    """Return a member of a region's office who may import plans."""
    return member(organization(short_name, code), "import_plans")


def city_units() -> dict[str, Organization]:
    """Return the three organizations that ``PLAN`` names, by the names it prints."""
    return {name: organization(name) for name in ("市市场监管局", "市公安局", "市委宣传部")}


def plan(
    by: Member, text: str = PLAN, *, name: str = "plan.txt", of: Region | None = None
) -> Plan:
    """Return the plan imported by a member into a region, by default their own."""
    return plans.import_plan(
        data=text.encode(), name=name, organization=by.organization,
        region=of or by.organization.region, member=by, now=NOW,
    )  # fmt: skip


def confirmed_plan(by: Member, text: str = PLAN, *, of: Region | None = None) -> Plan:
    """Return an imported plan with all problems settled, confirmed."""
    made = plan(by, text, of=of)
    for problem in made.problems.unsettled().deciding():
        plans.settle_problem(problem=problem, settlement="已核对原文", member=by, now=NOW)
    return plans.confirm_plan(plan=made, member=by, now=NOW)
