"""Which plans, clauses and problems a member may see, and how they are found.

Every door (lists, pages, search, totals, exports, autocomplete) starts from ``plans_for``: one
SQL predicate made from the member, never a list of ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.db.models.functions import Length

from zhengpin.base import searching
from zhengpin.base.access.duties import OVERSEE
from zhengpin.base.access.models import Member
from zhengpin.base.organizations.models import OrganizationName
from zhengpin.base.paging import counted_to
from zhengpin.kernel.plantext.instruments import number_key, title_key
from zhengpin.kernel.text.folding import simplify
from zhengpin.mechanisms.plans import paging, stored
from zhengpin.mechanisms.plans.directory import within_reach
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.plans.models import (
    FLAGGED,
    LONG_COLUMNS,
    Citation,
    Clause,
    ClauseUnit,
    Instrument,
    Item,
    Plan,
    Problem,
)
from zhengpin.mechanisms.plans.paging import Order
from zhengpin.mechanisms.plans.segments import Segment, segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from zhengpin.base.access.models import MemberQuerySet
    from zhengpin.base.organizations.models import OrganizationQuerySet
    from zhengpin.base.paging import Page
    from zhengpin.mechanisms.plans.models import (
        CitationQuerySet,
        ClauseQuerySet,
        PlanQuerySet,
        ProblemQuerySet,
    )

_CANDIDATES = 20
_FOUND_COUNTED = 1_000  # of a search; to read every vector that matches takes long
_OF_CLAUSES = Order("plan__", ("order",))
_OF_UNITS = Order("clause__plan__", ("clause__order", "order"))


def plans_for(member: Member) -> PlanQuerySet:
    """Return the plans a member may see, without their long columns.

    The holding organization sees its plans at every stage. A confirmed plan is seen by everyone
    in its region and below, and above it by posts that oversee or import plans. Overseers see
    plans in review in their jurisdiction too. Nobody else sees anything.
    """
    return Plan.objects.filter(_seen_by(member)).light().select_related("organization", "region")


def plans_held_by(member: Member) -> PlanQuerySet:
    """Return of ``plans_for`` those that the member's own organization holds."""
    return Plan.objects.filter(organization=member.organization).light()


def _seen_by(member: Member, plan: str = "") -> Q:
    """Return the predicate of what a member may see; ``plan`` leads from a row to its plan."""
    prefix = member.region_prefix
    confirmed = Q(**{f"{plan}stage": Plan.Stage.CONFIRMED})
    above_member = Q(**{f"{plan}region__prefix__in": member.organization.region.prefixes})
    below_member = Q(**{f"{plan}region__code__startswith": prefix})
    seen = Q(**{f"{plan}organization": member.organization}) | (confirmed & above_member)
    if member.holds(OVERSEE):
        return seen | below_member
    if member.holds(IMPORT_PLANS):
        return seen | (confirmed & below_member)
    return seen


def clauses_for(member: Member) -> ClauseQuerySet:
    """Return the clauses of the plans a member may see."""
    return Clause.objects.filter(_seen_by(member, "plan__")).defer("search").select_related("item")


def problems_for(member: Member) -> ProblemQuerySet:
    """Return the problems of the plans a member may see."""
    return Problem.objects.filter(_seen_by(member, "plan__")).order_by("plan_id", "order")


def citations_for(member: Member) -> CitationQuerySet:
    """Return where the plans a member may see cite instruments, without the long columns."""
    found = Citation.objects.filter(_seen_by(member, "plan__"))
    hidden = (*(f"plan__{name}" for name in LONG_COLUMNS), "clause__search")
    return found.select_related("plan__organization", "clause").defer(*hidden)


def citing_places(member: Member, instrument: Instrument) -> CitationQuerySet:
    """Return where an instrument is cited; ``is_open`` is 1 where that place is flagged."""
    found = citations_for(member).filter(instrument=instrument)
    found = found.annotate(is_open=Case(When(FLAGGED, then=1), default=0))
    return found.select_related("instrument", "plan__organization", "clause", "settled_by__person")


def instruments_for(member: Member) -> QuerySet[Instrument]:
    """Return the instruments that plans a member may see cite."""
    seen = Citation.objects.filter(_seen_by(member, "plan__"), instrument=OuterRef("pk"))
    return Instrument.objects.filter(Exists(seen))


def instruments_flagged_first(member: Member) -> QuerySet[Instrument]:
    """Return ``instruments_for`` with ``is_flagged``, 1 where a place they see is, else 0."""
    seen = Citation.objects.filter(_seen_by(member, "plan__"), instrument=OuterRef("pk"))
    marked = Case(When(Exists(seen.flagged()), then=1), default=0)
    return instruments_for(member).annotate(is_flagged=marked)


def places_of(member: Member, instruments: Iterable[Instrument]) -> dict[int, tuple[int, int]]:
    """Return how many places that a member sees cite each instrument, and how many are flagged."""
    seen = Citation.objects.filter(_seen_by(member, "plan__"), instrument__in=instruments)
    counted = seen.values("instrument").annotate(
        cited=Count("pk"), flagged=Count("pk", filter=FLAGGED)
    )
    return {one["instrument"]: (one["cited"], one["flagged"]) for one in counted}


def search_instruments(rows: QuerySet[Instrument], words: str) -> QuerySet[Instrument]:
    """Return of ``rows`` those whose title, number or issuer hold all of ``words``."""
    for word in words.split():
        title, number = title_key(word), number_key(word)
        held = Q(title_key__contains=title) if title else Q(pk__in=())
        held |= Q(number_key__contains=number) | Q(issuer__contains=simplify(word))
        rows = rows.filter(held)
    return rows


def mentions_of(member: Member) -> QuerySet[ClauseUnit]:
    """Return where confirmed plans that a member may see name their organization."""
    confirmed = Q(clause__plan__stage=Plan.Stage.CONFIRMED, organization=member.organization)
    found = ClauseUnit.objects.filter(_seen_by(member, "clause__plan__") & confirmed)
    hidden = ("search", *(f"plan__{name}" for name in LONG_COLUMNS))
    return found.select_related("clause__plan").defer(*(f"clause__{name}" for name in hidden))


def holds_file(member: Member) -> Exists:
    """Return the condition over files that one is the source of a plan the member may see."""
    return Exists(Plan.objects.filter(_seen_by(member), source_file=OuterRef("pk")))


def members_named(plan: Plan) -> MemberQuerySet:
    """Return the members of the organizations a plan names, whether or not in force."""
    named = ClauseUnit.objects.filter(clause__plan=plan, organization__isnull=False)
    return Member.objects.filter(post__organization__in=named.values("organization"))


def search_plans(member: Member, words: str) -> PlanQuerySet:
    """Return plans whose title, number, issuer or units hold all of ``words``; newest first."""
    question = searching.question(words)
    if question is None:
        return plans_for(member).none()
    return plans_for(member).filter(search=question).newest_first()


def search_clauses(member: Member, words: str) -> ClauseQuerySet:
    """Return the clauses whose work, item or units hold all of ``words``, newest plan first."""
    question = searching.question(words)
    if question is None:
        return clauses_for(member).none()
    found = clauses_for(member).filter(search=question).in_order()
    # The item is not shown, and not read: a second call would add to the first.
    found = found.select_related(None).select_related("plan")
    return found.defer("search", *(f"plan__{name}" for name in LONG_COLUMNS))


def plan_page(
    member: Member, after: str | None = None, size: int = 50, *, words: str = ""
) -> Page[Plan]:
    """Return one page of the plans a member may see, those of ``words`` where given.

    ``after`` is the ``following`` of the page before. Raises PlaceMalformed.
    Three queries at most.
    """
    found = search_plans(member, words) if words.strip() else plans_for(member)
    return paging.page_of(found, after, size)


def clause_page(
    member: Member, after: str | None = None, size: int = 50, *, words: str
) -> Page[Clause]:
    """Return one page of the clauses that hold all of ``words``; as ``plan_page``."""
    count = partial(counted_to, _FOUND_COUNTED)
    return paging.page_of(search_clauses(member, words), after, size, _OF_CLAUSES, count)


def mention_page(member: Member, after: str | None = None, size: int = 50) -> Page[ClauseUnit]:
    """Return one page of what confirmed plans ask of the member's organization."""
    return paging.page_of(mentions_of(member), after, size, _OF_UNITS)


def unit_candidates(member: Member, text: str, *, on: date | None = None) -> OrganizationQuerySet:
    """Return up to 20 organizations of the member's jurisdiction and above, named like ``text``.

    With ``on``, only those that existed on that day.
    """
    reach = within_reach(member.organization.region)
    folded = simplify(text)
    if not folded:
        return reach.none()
    named = OrganizationName.objects.filter(organization=OuterRef("pk"), folded__contains=folded)
    found = reach.filter(Exists(named))
    if on is not None:
        found = found.in_force(on)
    ordered = found.select_related("region").order_by(Length("name"), "region__code", "pk")
    return ordered[:_CANDIDATES]


class UnitRead(NamedTuple):
    """A unit of a clause as pages of a whole plan read it, which has hundreds of them."""

    pk: int
    clause_id: int
    name: str
    role: str
    is_collective: bool
    organization_id: int | None
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Review:
    """Everything a page shows of one plan.

    ``problems`` come first by what is left to do: open ones that decide, open ones that inform,
    settled ones. ``items`` have their chapter fetched; ``units`` are by the key of their clause.
    """

    plan: Plan
    problems: tuple[Problem, ...]
    items: tuple[Item, ...]
    clauses: tuple[Clause, ...]
    units: Mapping[int, Sequence[UnitRead]]

    @property
    def undecided(self) -> int:
        """How many problems must be settled before the plan is confirmed."""
        return sum(1 for one in self.problems if one.kind.decides and not one.is_settled)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The source text cut into what it was read as."""
        to_mark = [one for one in self.problems if not one.is_settled]
        pieces = stored.pieces_of(self.plan)
        return tuple(segments(pieces, self.clauses, self.units, to_mark))


def review_of(member: Member, uuid: UUID) -> Review:
    """Return everything a review page shows of a plan. Five queries.

    Raises Plan.DoesNotExist where the member may not see such a plan.
    """
    plan = whole_plan(member, uuid)
    return Review(
        plan=plan,
        problems=problems_of(plan),
        items=tuple(plan.items.select_related("section").order_by("order")),
        clauses=tuple(plan.clauses.defer("search").order_by("order")),
        units=_units_read(plan),
    )


def whole_plan(member: Member, uuid: UUID) -> Plan:
    """Return a plan with its long columns and its people. Raises Plan.DoesNotExist."""
    seen = plans_for(member).defer(None).defer("search")
    beside = ("imported_by__person", "confirmed_by__person", "source_file")
    return seen.select_related("organization", "region", *beside).get(uuid=uuid)


def _units_read(plan: Plan) -> dict[int, list[UnitRead]]:
    rows = ClauseUnit.objects.filter(clause__plan=plan).order_by("clause", "order")
    grouped: dict[int, list[UnitRead]] = {}
    for unit in map(UnitRead._make, rows.values_list(*UnitRead._fields)):
        grouped.setdefault(unit.clause_id, []).append(unit)
    return grouped


def units_of(clauses: Iterable[Clause]) -> dict[int, list[ClauseUnit]]:
    """Return the units of clauses, with their organizations, by the key of their clause."""
    units = ClauseUnit.objects.filter(clause__in=[one.pk for one in clauses])
    grouped: dict[int, list[ClauseUnit]] = {}
    # The organizations are few, and each is named often.
    for unit in units.prefetch_related("organization").order_by("clause", "order"):
        grouped.setdefault(unit.clause_id, []).append(unit)
    return grouped


def problems_of(plan: Plan) -> tuple[Problem, ...]:
    """Return the problems of a plan by what is left to do."""
    rows = plan.problems.select_related("clause", "unit", "settled_by__person")
    rows = rows.defer("clause__search").order_by("order")
    left = sorted(rows, key=lambda one: (one.is_settled, not one.kind.decides, one.order))
    return tuple(left)
