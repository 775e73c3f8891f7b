"""A plan as it is read through: chapters and items, and each clause as one row.

The rows are put together here, as the lines of the source are: a plan has a hundred of them with
hundreds of units. What comes from the document is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from zhengpin.mechanisms.plans.web.chips import due_as_pill, units_as_chips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from zhengpin.mechanisms.plans.models import Clause, Item, Section
    from zhengpin.mechanisms.plans.queries import Review, UnitRead


@dataclass(slots=True)
class Entry:
    """An item with the rows of its clauses."""

    item: Item
    rows: SafeString


@dataclass(slots=True)
class Chapter:
    section: Section | None
    entries: list[Entry] = field(default_factory=list)


def chapters_of(review: Review) -> list[Chapter]:
    """Return the chapters in the order of the text, without those that hold no item."""
    plan = reverse("plans:detail", args=[review.plan.uuid])
    rows: dict[int, list[str]] = {}
    for clause in review.clauses:
        row = _row(clause, review.units.get(clause.pk, ()), plan)
        rows.setdefault(clause.item_id, []).append(row)
    chapters: list[Chapter] = []
    for item in review.items:
        if not chapters or chapters[-1].section != item.section:
            chapters.append(Chapter(item.section))
        of_item = mark_safe("".join(rows.get(item.pk, ())))  # noqa: S308 — escaped
        chapters[-1].entries.append(Entry(item, of_item))
    return chapters


def _row(clause: Clause, units: Sequence[UnitRead], plan: str) -> str:
    """Return a clause with its number, its work, its units and what the plan says of its time."""
    address, place = escape(clause.address), f"{plan}/clauses/{quote(clause.address)}"
    said: list[str] = [units_as_chips(units, is_open=clause.open_ended)]
    if clause.due:
        said.append(due_as_pill(clause.due))
    if clause.is_corrected:
        said.append(f'<a class="soft" href="{place}">{_("已更正")}</a>')
    return (
        f'<div class="clause-row" id="c-{address}"><a class="no" href="{place}">{address}</a>'
        f'<div><div class="text">{escape(clause.text)}</div>'
        f'<p class="who">{" ".join(said)}</p></div></div>\n'
    )
