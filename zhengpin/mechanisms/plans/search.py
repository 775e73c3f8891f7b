"""What plans and clauses are found by: their words as search vectors.

A plan is found by what it is called and whom it names; a clause by its work, its item and its
units. Units are found under every name of their organization.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.organizations.models import OrganizationName
from zhengpin.base.searching import vector
from zhengpin.mechanisms.plans.models import Clause, ClauseUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Func

    from zhengpin.mechanisms.plans.models import Plan

Names = dict[int, list[str]]
"""The names of organizations, by their ids."""


def names_of(organizations: Iterable[int]) -> Names:
    """Return every name of the organizations with these ids, of all periods."""
    named: Names = {}
    rows = OrganizationName.objects.filter(organization__in=set(organizations))
    for organization, name in rows.values_list("organization_id", "name"):
        named.setdefault(organization, []).append(name)
    return named


def unit_words(units: Iterable[ClauseUnit], names: Mapping[int, list[str]]) -> list[str]:
    """Return the names of units as written, in full, and as their organizations are called."""
    words: dict[str, None] = {}
    for unit in units:
        known = names.get(unit.organization_id, []) if unit.organization_id else []
        words.update(dict.fromkeys((unit.name, unit.full, *known)))
    return list(words)


def plan_vector(plan: Plan, words_of_units: Iterable[str]) -> Func:
    titles = (plan.title, plan.notice_title, plan.issuer, plan.doc_number, plan.source_name)
    return vector(
        *titles, plan.stated_region, plan.region.full_name, *plan.campaigns, *words_of_units
    )


def clause_vector(clause: Clause, title: str, words_of_units: Iterable[str]) -> Func:
    return vector(title, clause.text, clause.assignment, *words_of_units)


def refresh(plan: Plan, clauses: Iterable[int]) -> None:
    """Write the vectors of a plan and of those of its clauses again."""
    wanted = set(clauses)
    units = list(
        ClauseUnit.objects.filter(clause__plan=plan).only("name", "full", "organization", "clause")
    )
    names = names_of(unit.organization_id for unit in units if unit.organization_id)
    by_clause: dict[int, list[ClauseUnit]] = {}
    for unit in units:
        by_clause.setdefault(unit.clause_id, []).append(unit)
    rows = list(Clause.objects.filter(pk__in=wanted).select_related("item").defer("search"))
    for row in rows:
        words = unit_words(by_clause.get(row.pk, []), names)
        row.search = clause_vector(row, row.item.title, words)
    Clause.objects.bulk_update(rows, ["search"])
    plan.search = plan_vector(plan, unit_words(units, names))
    plan.save(update_fields=["search"])
