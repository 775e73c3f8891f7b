"""Regions, organizations, names, functions, successions: one function, one ledger entry each.

``member`` is the administrator who acts; None is the installer at the command line. Every change
locks the organization's region first, so that two changes of one jurisdiction take turns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from zhengpin.base.ledger import services as ledger
from zhengpin.base.organizations import errors
from zhengpin.base.organizations.models import (
    Competence,
    Organization,
    OrganizationName,
    Region,
    Succession,
)
from zhengpin.kernel.organizations import table
from zhengpin.kernel.text.folding import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from zhengpin.base.organizations.actors import Administrator


def prefix_of(code: str) -> str:
    """Return the part of a GB/T 2260 code that the codes of its inner divisions begin with."""
    return code.removesuffix("00").removesuffix("00") if code.endswith("00") else code


@transaction.atomic
def define_region(
    *, code: str, name: str, full_name: str, now: datetime, member: Administrator | None = None
) -> Region:
    """Enter a division, or rename the one with that code. Raises RegionUnknown."""
    if len(code) != 6 or not code.isdigit():
        raise errors.RegionUnknown
    known = Region.objects.filter(code=code).first()
    if member is not None:
        member.require_administration(known or Region(code=code))
    region, _ = Region.objects.update_or_create(
        code=code, defaults={"name": name, "full_name": full_name, "prefix": prefix_of(code)}
    )
    ledger.record(
        action="organizations.define_region",
        subject=code,
        member=member.uuid if member else None,
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
    member: Administrator | None = None,
) -> Organization:
    """Set up an organization with its functions and the names documents call it by.

    Raises UnknownFunction, NameEmpty, or AliasTaken where another body of the region bears one of
    the names in the same period.
    """
    codes = sorted(set(functions))
    if any(code not in table().functions for code in codes):
        raise errors.UnknownFunction
    if member is not None:
        member.require_administration(region)
    region = Region.objects.select_for_update().get(pk=region.pk)
    said = list(dict.fromkeys(one.strip() for one in (name, short_name, *names)))
    if not all(said):
        raise errors.NameEmpty
    for one in said:
        _require_free(one, region, valid_from)
    organization = Organization.objects.create(
        name=name.strip(), short_name=short_name.strip(), region=region, valid_from=valid_from
    )
    for folded, one in {simplify(one): one for one in reversed(said)}.items():
        OrganizationName.objects.create(
            organization=organization, name=one, folded=folded, valid_from=valid_from
        )
    for code in codes:
        Competence.objects.create(
            organization=organization, function_code=code, valid_from=valid_from
        )
    facts = {"name": name, "region": region.code, "functions": codes}
    _record("set_up", organization, member, facts, now)
    return organization


def _require_free(name: str, region: Region, valid_from: date | None) -> None:
    """Raise AliasTaken where another body of the region bears the name after ``valid_from``."""
    rivals = OrganizationName.objects.filter(
        _after(valid_from), folded=simplify(name), organization__region=region
    )
    rival = rivals.select_related("organization").order_by("valid_from").first()
    if rival is not None:
        since = f"自{rival.valid_from.isoformat()}起" if rival.valid_from else ""
        until = f"到{rival.valid_to.isoformat()}前" if rival.valid_to else ""
        raise errors.AliasTaken(
            f"“{name}”{since + until or '一直'}是{rival.organization.name}的称谓，"
            "同一时期不能再给别的单位：请核对，或者改写启用日期。"
        )


def _after(day: date | None) -> Q:
    """Return the condition that a dated row is, or will be, in force on or after a day."""
    return Q() if day is None else Q(valid_to__isnull=True) | Q(valid_to__gt=day)


def _record(
    action: str,
    organization: Organization,
    member: Administrator | None,
    facts: Mapping[str, object],
    now: datetime,
) -> None:
    ledger.record(
        action=f"organizations.{action}",
        subject=str(organization.uuid),
        member=member.uuid if member else None,
        facts=facts,
        now=now,
    )


def _locked(organization: Organization, member: Administrator | None) -> Organization:
    """Return the organization, locked with its region, if the member may change it.

    Raises DutyMissing, OutsideOwnOrganization, or OrganizationEnded: the past stays.
    """
    if member is not None:
        member.require_administration(organization.region)
    Region.objects.select_for_update().get(pk=organization.region_id)
    found = Organization.objects.select_for_update().get(pk=organization.pk)
    if found.valid_to is not None:
        raise errors.OrganizationEnded
    return found


def _require_set_up(organization: Organization, on: date) -> None:
    if organization.valid_from is not None and on < organization.valid_from:
        raise errors.NotYetSetUp


@transaction.atomic
def give_name(
    *,
    organization: Organization,
    name: str,
    on: date,
    now: datetime,
    member: Administrator | None = None,
) -> OrganizationName:
    """Let documents call an organization by a name from a day on.

    Raises AliasTaken where another body of the region bears it then or later, NameHeld where this
    one does, NotYetSetUp, NameEmpty, OrganizationEnded.
    """
    organization, name = _locked(organization, member), name.strip()
    if not name:
        raise errors.NameEmpty
    _require_set_up(organization, on)
    if organization.names.filter(_after(on), folded=simplify(name)).exists():
        raise errors.NameHeld
    _require_free(name, organization.region, on)
    given = OrganizationName.objects.create(
        organization=organization, name=name, folded=simplify(name), valid_from=on
    )
    _record("give_name", organization, member, {"name": name, "on": on.isoformat()}, now)
    return given


@transaction.atomic
def end_name(
    *, name: OrganizationName, on: date, now: datetime, member: Administrator | None = None
) -> OrganizationName:
    """Let a name be used no more from a day on. Raises AlreadyEnded or EndNotAfterStart."""
    organization = _locked(name.organization, member)
    name = OrganizationName.objects.select_for_update().get(pk=name.pk)
    _end(name, on)
    _record("end_name", organization, member, {"name": name.name, "on": on.isoformat()}, now)
    return name


def _end(row: OrganizationName | Competence, on: date) -> None:
    if row.valid_to is not None:
        raise errors.AlreadyEnded
    if row.valid_from is not None and on <= row.valid_from:
        raise errors.EndNotAfterStart
    row.valid_to = on
    row.save(update_fields=["valid_to"])


@transaction.atomic
def give_function(
    *,
    organization: Organization,
    function: str,
    on: date,
    now: datetime,
    member: Administrator | None = None,
) -> Competence:
    """Give an organization a function from a day on.

    Raises UnknownFunction, FunctionHeld, NotYetSetUp, OrganizationEnded.
    """
    if function not in table().functions:
        raise errors.UnknownFunction
    organization = _locked(organization, member)
    _require_set_up(organization, on)
    if organization.competences.filter(_after(on), function_code=function).exists():
        raise errors.FunctionHeld
    given = Competence.objects.create(
        organization=organization, function_code=function, valid_from=on
    )
    facts = {"function": function, "on": on.isoformat()}
    _record("give_function", organization, member, facts, now)
    return given


@transaction.atomic
def take_function(
    *, competence: Competence, on: date, now: datetime, member: Administrator | None = None
) -> Competence:
    """Take a function from an organization from a day on.

    Raises AlreadyEnded or EndNotAfterStart.
    """
    organization = _locked(competence.organization, member)
    competence = Competence.objects.select_for_update().get(pk=competence.pk)
    _end(competence, on)
    facts = {"function": competence.function_code, "on": on.isoformat()}
    _record("take_function", organization, member, facts, now)
    return competence


@transaction.atomic
def succeed(
    *,
    predecessor: Organization,
    successor: Organization,
    on: date,
    source: str,
    now: datetime,
    member: Administrator | None = None,
) -> Succession:
    """Let ``successor`` carry on from a day what ``predecessor`` did, which then ends.

    One that was already succeeded on that day may be carried on by a further body too. Raises
    SourceMissing, SuccessorIsSame, OwnOrganization, EndNotAfterStart or OrganizationEnded.
    """
    source = source.strip()
    if not source:
        raise errors.SourceMissing
    if successor.pk == predecessor.pk:
        raise errors.SuccessorIsSame
    if member is not None:
        member.require_administration(successor.region)
    if predecessor.valid_to != on:
        predecessor = _locked(predecessor, member)
        _end_organization(predecessor, on, member)
    elif member is not None:
        member.require_administration(predecessor.region)
    if successor.valid_to is not None and successor.valid_to <= on:
        raise errors.OrganizationEnded
    succession, is_new = Succession.objects.get_or_create(
        predecessor=predecessor, successor=successor, defaults={"on": on, "source": source}
    )
    if not is_new:
        raise errors.AlreadyEnded
    facts = {"successor": str(successor.uuid), "on": on.isoformat(), "source": source}
    _record("succeed", predecessor, member, facts, now)
    return succession


@transaction.atomic
def dissolve(
    *,
    organization: Organization,
    on: date,
    source: str,
    now: datetime,
    member: Administrator | None = None,
) -> Organization:
    """End an organization on a day, its first day out; nobody carries on what it did.

    Raises SourceMissing, OwnOrganization, EndNotAfterStart or OrganizationEnded.
    """
    source = source.strip()
    if not source:
        raise errors.SourceMissing
    organization = _locked(organization, member)
    _end_organization(organization, on, member)
    _record("dissolve", organization, member, {"on": on.isoformat(), "source": source}, now)
    return organization


def _end_organization(organization: Organization, on: date, member: Administrator | None) -> None:
    """End an organization with its names and functions; those that would begin later never do.

    Whoever does it works elsewhere, in an organization whose jurisdiction covers this one: so an
    administrator is left.
    """
    if member is not None and member.organization.pk == organization.pk:
        raise errors.OwnOrganization
    if organization.valid_from is not None and on <= organization.valid_from:
        raise errors.EndNotAfterStart
    for rows in (organization.names, organization.competences):
        rows.filter(valid_from__gte=on).delete()
        rows.filter(_after(on)).update(valid_to=on)
    organization.valid_to = on
    organization.save(update_fields=["valid_to"])
