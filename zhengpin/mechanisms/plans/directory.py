"""Whom the units of one document mean: each printed name is looked up once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.organizations import queries as organizations
from zhengpin.base.organizations.models import Organization

if TYPE_CHECKING:
    from datetime import date

    from zhengpin.base.organizations.models import OrganizationQuerySet, Region
    from zhengpin.base.organizations.queries import Match


class Directory:
    """The organizations of a region on the day of a document, by the names it prints."""

    def __init__(self, region: Region, on: date) -> None:
        self._region = region
        self._on = on
        self._found: dict[str, Match] = {}

    def find(self, full: str) -> Match:
        if full not in self._found:
            self._found[full] = organizations.organization_named(
                full, region=self._region, on=self._on
            )
        return self._found[full]


def within_reach(region: Region) -> OrganizationQuerySet:
    """Return the organizations a plan of ``region`` may name: of it, inside it and above it."""
    above = Organization.objects.filter(region__code__in=organizations.regions_above(region))
    return Organization.objects.in_region(region) | above
