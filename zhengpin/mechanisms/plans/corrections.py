"""更正: notes what the compiler said first, and writes what a person put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from zhengpin.mechanisms.plans import errors
from zhengpin.mechanisms.plans.models import Clause, ClauseUnit, Correction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Organization, OrganizationQuerySet


def note(
    clause: Clause,
    said: Mapping[str, Any],
    changed: Mapping[str, Any],
    reason: str,
    member: Member,
    now: datetime,
) -> None:
    """Keep one row per changed field; its ``before`` is always what the compiler read."""
    first = {**said}
    for row in reversed(history_of(clause)):
        first[row.field] = row.before
    Correction.objects.bulk_create(
        Correction(
            clause=clause, field=name, before=first[name], after=value, reason=reason,
            member=member, corrected_at=now,
        )
        for name, value in changed.items()
    )  # fmt: skip


def history_of(clause: Clause) -> list[Correction]:
    """Return the corrections of a clause and of its item's title, the first one first."""
    of_item = Q(field="title", clause__item=clause.item_id)
    return list(Correction.objects.filter(Q(clause=clause) | of_item).order_by("pk"))


def standing(history: Iterable[Correction]) -> dict[str, Correction]:
    """Return the correction that holds for each field; one that restores the reading is none."""
    last = {row.field: row for row in history}
    return {name: row for name, row in last.items() if row.before != row.after}


def apply(clause: Clause, changed: Mapping[str, Any], reach: OrganizationQuerySet) -> list[int]:
    """Write the changed fields; return the clauses that read differently now.

    Raises OrganizationOutOfReach where a unit is given an organization outside ``reach``.
    """
    touched = [clause.pk]
    if "title" in changed:
        clause.item.title = changed["title"]
        clause.item.save(update_fields=["title"])
        touched = list(clause.item.clauses.values_list("pk", flat=True))
    if "units" in changed:
        _replace_units(clause, changed["units"], reach)
    own = [name for name in changed if name not in {"title", "units"}]
    for name in own:
        setattr(clause, name, changed[name])
    clause.save(update_fields=own)
    rows = Clause.objects.filter(pk__in=touched)
    rows.update(version=F("version") + 1)
    _mark(clause.item_id)
    return touched


def _mark(item: int) -> None:
    """Mark which clauses of an item are corrected; its title is part of each."""
    history = list(Correction.objects.filter(clause__item=item).order_by("pk"))
    title = "title" in standing(row for row in history if row.field == "title")
    by_clause: dict[int, list[Correction]] = {}
    for row in history:
        if row.field != "title":
            by_clause.setdefault(row.clause_id, []).append(row)
    corrected = [pk for pk, rows in by_clause.items() if standing(rows)]
    clauses = Clause.objects.filter(item=item)
    clauses.update(is_corrected=title)
    clauses.filter(pk__in=corrected).update(is_corrected=True)


def _replace_units(
    clause: Clause, units: list[dict[str, Any]], reach: OrganizationQuerySet
) -> None:
    """Write the whole list of units; those of a name in the text keep their place in it."""
    found = _organizations(units, reach)
    places = {unit.name: (unit.start, unit.end) for unit in clause.units.all()}
    clause.units.all().delete()
    rows = []
    for order, unit in enumerate(units):
        start, end = places.get(unit["name"], (None, None))
        organization = found[unit["organization"]] if unit["organization"] else None
        row = {**unit, "organization": organization}
        rows.append(ClauseUnit(clause=clause, order=order, start=start, end=end, **row))
    ClauseUnit.objects.bulk_create(rows)


def _organizations(
    units: list[dict[str, Any]], reach: OrganizationQuerySet
) -> dict[str, Organization]:
    wanted = {unit["organization"] for unit in units if unit["organization"]}
    found = {str(one.uuid): one for one in reach.filter(uuid__in=wanted)}
    if wanted - set(found):
        raise errors.OrganizationOutOfReach
    return found
