"""Which organization a printed name means, in a region and on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from zhengpin.base.organizations import errors
from zhengpin.base.organizations.models import Organization, OrganizationName, Region, in_force
from zhengpin.kernel.organizations import resolve, stands_alone
from zhengpin.kernel.text.folding import simplify

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhengpin.base.organizations.actors import Administrator
    from zhengpin.base.organizations.models import OrganizationQuerySet
    from zhengpin.kernel.organizations import Resolution


@dataclass(frozen=True, slots=True)
class Match:
    """The organizations a printed name can mean; exactly one where it is settled."""

    name: str
    candidates: tuple[Organization, ...]
    collective: bool

    @property
    def organization(self) -> Organization | None:
        return self.candidates[0] if len(self.candidates) == 1 else None


def region_of(code: str) -> Region | None:
    return Region.objects.filter(code=code).first()


def regions_above(region: Region) -> list[str]:
    """Return the codes of a region and of those that contain it, the nearest first."""
    county, prefecture, province = region.code, region.code[:4] + "00", region.code[:2] + "0000"
    return list(dict.fromkeys((county, prefecture, province)))


def organization_named(name: str, *, region: Region, on: date) -> Match:
    """Return whom ``name`` means in a document of ``region`` on a day.

    A name given to an organization of the region, of one above or of one inside it decides; else
    the function it names does, among the bodies of the region that its prefix means. 省公安厅 in
    the plan of a city is a body of the province, and 满洲里海关 is none of a city of other name.
    """
    folded = simplify(name)
    reading = resolve(folded, on.year)
    if reading.collective:
        return Match(name, (), collective=True)
    named = _named(folded, region, on)
    if not named and reading.functions:
        meant = _meant(reading, folded, region)
        named = _competent(reading.functions, meant, on) if meant else []
    return Match(name, tuple(named), collective=False)


# 国家知识产权局, 公安部, 海关总署; but 宣传部 and the other party bodies are of every level.
_CENTRAL = re.compile(
    r"(?:全国|国家|中央|中国|国务院|最高|中共|中华人民共和国)"
    r"|(?!.*(?:宣传|组织|统战|工作)部).*(?:部|总局|总署)\Z"
)
_LEVELS = {
    "省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city",
    "自治州": "city", "区": "county", "县": "county", "旗": "county",
}  # fmt: skip


def level_of(region: Region) -> str:
    """Return province, city or county; the four municipalities are both province and city."""
    if region.code.endswith("0000"):
        return "city" if region.name.endswith("市") else "province"
    return "city" if region.code.endswith("00") or region.name.endswith("市") else "county"


def _meant(reading: Resolution, folded: str, region: Region) -> Region | None:
    """Return the region whose body a printed name means, as its prefix or place says."""
    prefix = re.sub(r"(?:党委|党工委|委)\Z", "", reading.prefix)
    if not prefix:
        elsewhere = stands_alone(folded) and not folded.startswith(region.name[:2])
        outside = elsewhere or folded.endswith("厅") or _CENTRAL.match(folded)
        return None if outside else region
    if prefix in _LEVELS:
        above = Region.objects.filter(code__in=regions_above(region))
        fitting = [one for one in above if level_of(one) == _LEVELS[prefix]]
        return max(fitting, key=lambda one: len(one.prefix), default=None)
    near = Q(code__in=regions_above(region)) | Q(code__startswith=region.prefix)
    same = Q(name=prefix) | Q(full_name=prefix) | Q(name__startswith=prefix)
    found = list(Region.objects.filter(near & same)[:2])
    return found[0] if len(found) == 1 else None


def _named(folded: str, region: Region, on: date) -> list[Organization]:
    names = OrganizationName.objects.filter(in_force(on), folded=folded)
    found = Organization.objects.in_force(on).filter(pk__in=names.values("organization"))
    near = list(found.filter(region__code__in=regions_above(region)).select_related("region"))
    if near:
        order = regions_above(region)
        nearest = min(order.index(one.region.code) for one in near)
        return [one for one in near if order.index(one.region.code) == nearest]
    return list(found.in_region(region).select_related("region"))


def _competent(functions: tuple[str, ...], region: Region, on: date) -> list[Organization]:
    found = Organization.objects.none()
    for code in functions:
        found = found | Organization.objects.in_force(on).with_function(code, on)
    return list(found.filter(region=region).distinct().select_related("region"))


def organizations_in(region: Region, *, on: date) -> OrganizationQuerySet:
    """Return the organizations of a region and of the regions inside it."""
    return Organization.objects.in_force(on).in_region(region).select_related("region")


def organizations_for(member: Administrator) -> OrganizationQuerySet:
    """Return the organizations of a member's jurisdiction, those that ended included."""
    reach = Organization.objects.filter(region__code__startswith=member.region_prefix)
    return reach.select_related("region")


def regions_for(member: Administrator) -> QuerySet[Region]:
    """Return the divisions of a member's jurisdiction."""
    return Region.objects.filter(code__startswith=member.region_prefix).order_by("code")


def named_like(organizations: OrganizationQuerySet, words: str) -> OrganizationQuerySet:
    """Return those that bear or bore a name that holds ``words``, in either script."""
    folded = simplify(words.strip())
    if not folded:
        return organizations
    named = OrganizationName.objects.filter(organization=OuterRef("pk"), folded__contains=folded)
    return organizations.filter(Exists(named))


def organization_called(member: Administrator, name: str, *, on: date) -> Organization:
    """Return the one organization of a jurisdiction that bears exactly this name on a day.

    Raises OrganizationUnclear where none or several do; several are named.
    """
    named = OrganizationName.objects.filter(
        in_force(on), organization=OuterRef("pk"), folded=simplify(name.strip())
    )
    found = list(organizations_for(member).in_force(on).filter(Exists(named))[:6])
    if len(found) == 1:
        return found[0]
    if not found:
        raise errors.OrganizationUnclear
    raise errors.OrganizationUnclear("、".join(one.name for one in found))
