"""Regions, organizations, successions: one function, one transaction, one ledger entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhengpin.base.ledger import services as ledger
from zhengpin.base.organizations import errors
from zhengpin.base.organizations.models import (
    Competence,
    Organization,
    OrganizationName,
    Region,
    Succession,
    in_force,
)
from zhengpin.kernel.organizations import table
from zhengpin.kernel.text.folding import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID


def prefix_of(code: str) -> str:
    """Return the part of a GB/T 2260 code that the codes of its inner divisions begin with."""
    return code.removesuffix("00").removesuffix("00") if code.endswith("00") else code


@transaction.atomic
def define_region(
    *, code: str, name: str, full_name: str, now: datetime, member: UUID | None = None
) -> Region:
    """Enter a division, or rename the one with that code. Raises RegionUnknown."""
    if len(code) != 6 or not code.isdigit():
        raise errors.RegionUnknown
    region, _ = Region.objects.update_or_create(
        code=code, defaults={"name": name, "full_name": full_name, "prefix": prefix_of(code)}
    )
    ledger.record(
        action="organizations.define_region",
        subject=code,
        member=member,
        facts={"name": name, "full_name": full_name},
        now=now,
    )
    return region


@transaction.atomic
def set_up_organization(  # noqa: PLR0913 — an organization is all of these
    *,
    name: str,
    short_name: str,
    region: Region,
    functions: Iterable[str],
    names: Iterable[str] = (),
    valid_from: date | None = None,
    now: datetime,
    member: UUID | None = None,
) -> Organization:
    """Set up an organization with its functions and the names documents call it by.

    Raises UnknownFunction, or AliasTaken where another body of the region bears one of the names.
    """
    codes = sorted(set(functions))
    if any(code not in table().functions for code in codes):
        raise errors.UnknownFunction
    Region.objects.select_for_update().get(pk=region.pk)
    organization = Organization.objects.create(
        name=name, short_name=short_name, region=region, valid_from=valid_from
    )
    for said in dict.fromkeys([name, short_name, *names]):
        _give_name(organization, said, valid_from)
    for code in codes:
        Competence.objects.create(
            organization=organization, function_code=code, valid_from=valid_from
        )
    ledger.record(
        action="organizations.set_up",
        subject=str(organization.uuid),
        member=member,
        facts={"name": name, "region": region.code, "functions": codes},
        now=now,
    )
    return organization


def _give_name(organization: Organization, name: str, valid_from: date | None) -> None:
    folded = simplify(name)
    rivals = OrganizationName.objects.filter(
        folded=folded, organization__region=organization.region
    ).exclude(organization=organization)
    if valid_from is not None:
        rivals = rivals.filter(in_force(valid_from))
    else:
        rivals = rivals.filter(valid_to__isnull=True)
    if rivals.exists():
        raise errors.AliasTaken
    OrganizationName.objects.create(
        organization=organization, name=name, folded=folded, valid_from=valid_from
    )


@transaction.atomic
def succeed(
    *,
    predecessor: Organization,
    successor: Organization,
    on: date,
    source: str,
    now: datetime,
    member: UUID | None = None,
) -> Succession:
    """Let ``successor`` carry on from a day what ``predecessor`` did, which then ends."""
    Organization.objects.select_for_update().get(pk=predecessor.pk)
    succession = Succession.objects.create(
        predecessor=predecessor, successor=successor, on=on, source=source
    )
    for rows in (predecessor.names, predecessor.competences):
        rows.filter(valid_to__isnull=True).update(valid_to=on)
    predecessor.valid_to = on
    predecessor.save(update_fields=["valid_to"])
    ledger.record(
        action="organizations.succeed",
        subject=str(predecessor.uuid),
        member=member,
        facts={"successor": str(successor.uuid), "on": on.isoformat(), "source": source},
        now=now,
    )
    return succession
