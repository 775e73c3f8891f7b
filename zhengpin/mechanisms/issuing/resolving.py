"""Whom the addressees of a plan mean: each printed line with the organizations found for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_noop

from zhengpin.base.organizations.models import Competence, Organization, Region, in_force
from zhengpin.kernel.organizations import table
from zhengpin.mechanisms.issuing.groups import INSTEAD, Group, Way, read
from zhengpin.mechanisms.plans.directory import Directory
from zhengpin.mechanisms.plans.models import ClauseUnit

if TYPE_CHECKING:
    from datetime import date

    from zhengpin.mechanisms.plans.models import Plan

GOVERNMENT = "government"
_PLACES_SHOWN = 3  # of the clauses that name a unit
_UNKNOWN = gettext_noop("名录中没有这个名称：请选择单位。")
_SEVERAL = gettext_noop("名录中有不止一个单位叫这个名称：请选择。")
_NOT_PRINTED = gettext_noop("文中没有主送，先列出这些单位：请核对增减。")
_NAMED, _BELOW = "（文中没有主送）计划条款点名的单位", "（文中没有主送）下级地区"


@dataclass(frozen=True, slots=True)
class Found:
    """One organization and the sentence that says why a line may mean it."""

    organization: Organization
    why: str


@dataclass(slots=True)
class Line:
    """主送的一行: what it was resolved to.

    ``found`` are proposed, ``offered`` may be chosen too; ``regions`` each owe an organization of
    their own. One that is not printed asks for nobody.
    """

    printed: str
    hint: str = ""
    found: list[Found] = field(default_factory=list)
    offered: list[Found] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    is_printed: bool = True

    def uncovered(self, organizations: list[Organization]) -> list[Region]:
        """Return the regions of the line of which none of these organizations is."""
        covered = {one.region_id for one in organizations}
        return [one for one in self.regions if one.pk not in covered]


def lines_of(plan: Plan, sender: Organization, *, on: date) -> list[Line]:
    """Return the addressees of a plan, resolved on a day; the sender itself is none of them."""
    resolver = _Resolver(plan, sender, on)
    if plan.addressees:
        return [resolver.line(printed, read(printed)) for printed in plan.addressees]
    codes = ("leading_group_office", "leading_group", GOVERNMENT)
    named = Line(_NAMED, _NOT_PRINTED, resolver.named(), is_printed=False)
    below = Line(_BELOW, _NOT_PRINTED, is_printed=False)
    for region in resolver.below:
        resolver.choose(below, region, codes)
    return [named, below]


class _Resolver:
    def __init__(self, plan: Plan, sender: Organization, on: date) -> None:
        self._plan, self._sender, self._on = plan, sender, on
        self.below = directly_below(sender.region)
        self._directory = Directory(plan.region, on)

    def line(self, printed: str, group: Group) -> Line:
        line = Line(printed, group.hint)
        if group.way is Way.NAMED:
            line.found = self.named()
        elif group.way is Way.BELOW:
            self._fill_from_below(line, group)
        elif group.way is Way.ONE:
            self._fill_by_name(line)
        return line

    def named(self) -> list[Found]:
        """Return the organizations of the sender's own region that clauses name, each with why.

        Whoever issues the plan is none of them.
        """
        issuer = (
            self._directory.find(self._plan.issuer).organization if self._plan.issuer else None
        )
        units = ClauseUnit.objects.filter(
            clause__plan=self._plan, organization__region=self._sender.region
        ).exclude(organization__in=[one.pk for one in (self._sender, issuer) if one])
        places: dict[int, list[str]] = defaultdict(list)
        rows = units.order_by("clause__order").values_list("organization", "clause__address")
        for key, address in rows:
            if address not in places[key]:
                places[key].append(address)
        known = Organization.objects.in_force(self._on).filter(pk__in=places)
        by_key = {one.pk: one for one in known.select_related("region")}
        return [Found(by_key[key], _of_clauses(places[key])) for key in places if key in by_key]

    def _fill_by_name(self, line: Line) -> None:
        match = self._directory.find(line.printed)
        meant = [one for one in match.candidates if one.pk != self._sender.pk]
        known = [Found(one, f"名录中的{one.name}") for one in meant]
        if len(known) == 1:
            line.found = known
        else:
            line.offered, line.hint = known, _SEVERAL if known else _UNKNOWN

    def _fill_from_below(self, line: Line, group: Group) -> None:
        for region in self.below:
            codes = sorted(code for sign, code in group.wanted if region.name.endswith(sign))
            if codes:
                line.regions.append(region)
                self.choose(
                    line, region, [one for code in codes for one in INSTEAD.get(code, (code,))]
                )

    def choose(self, line: Line, region: Region, codes: list[str] | tuple[str, ...]) -> None:
        """Add to a line the one body of a region with the first of these functions it has.

        Where several have it they are offered; where none has, the region's government is.
        """
        bodies = self._bodies(region)
        for code in codes:
            if len(bodies[code]) == 1:
                line.found.append(Found(bodies[code][0], _of_region(region, code)))
                return
            if bodies[code]:
                line.offered += [Found(one, _of_region(region, code)) for one in bodies[code]]
                return
        line.offered += [Found(one, _of_region(region, GOVERNMENT)) for one in bodies[GOVERNMENT]]

    def _bodies(self, region: Region) -> dict[str, list[Organization]]:
        """Return the organizations of a region in force, by function."""
        held = Competence.objects.filter(
            in_force(self._on),
            organization__in=Organization.objects.in_force(self._on).filter(region=region),
        ).exclude(organization=self._sender)
        bodies: dict[str, list[Organization]] = defaultdict(list)
        for one in held.select_related("organization__region").order_by("organization"):
            bodies[one.function_code].append(one.organization)
        return bodies


def directly_below(region: Region) -> list[Region]:
    """Return the regions inside one that lie in no other region inside it."""
    inside = Region.objects.filter(~Q(pk=region.pk), code__startswith=region.prefix)
    found: list[Region] = []
    for one in inside.order_by("code"):
        if not any(other.contains(one) for other in found):
            found.append(one)
    return found


def _of_clauses(addresses: list[str]) -> str:
    more = "等" if len(addresses) > _PLACES_SHOWN else ""
    return f"计划第{'、'.join(addresses[:_PLACES_SHOWN])}{more}款的责任单位"


def _of_region(region: Region, code: str) -> str:
    return f"{region.name}的{table().functions[code].title}"
