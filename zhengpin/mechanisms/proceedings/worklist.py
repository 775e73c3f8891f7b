"""今日待办: what an organization owes, what others owe it, and how a region stands.

Each side is one index read in its order: dated by day, then unset, then paused; a page costs the
same on the first day and on the ten-thousandth row. What a member sees of a line is what
``proceedings_for`` lets them see of its matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Coalesce, Left

from zhengpin.base import searching
from zhengpin.base.access.duties import OVERSEE
from zhengpin.base.organizations.models import Organization
from zhengpin.base.paging import Total, estimated_count
from zhengpin.kernel.clocks.starts import BEIJING
from zhengpin.mechanisms.proceedings import errors, queries, register
from zhengpin.mechanisms.proceedings.duties import COORDINATE
from zhengpin.mechanisms.proceedings.models import DueChange, DueDay, Proceeding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.procedures import Clock, Move
    from zhengpin.mechanisms.proceedings.models import Recomputation

    Rows = QuerySet[DueDay]

MANY = 99
"""Above it a count says only that there are more."""

SOON = timedelta(days=2)
"""A last day that is over within this time is near: shown so, and reminded of."""

LARGEST_PAGE = 1000
_COMMON = 2000  # matters
_COUNTED = 1000  # a total above is an estimate
_NAMED_ALIKE = 50  # organizations that a few words of a name are taken to mean
_KEY = re.compile(r"(?P<part>[dup])(?:\.(?P<micros>-?[0-9]{1,18}))?\.(?P<id>[0-9]{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Side(StrEnum):
    """Whose due days: what we owe, what others owe us, what a region owes."""

    OURS = "ours"
    OTHERS = "others"
    REGION = "region"


class Group(StrEnum):
    """When: by the day today, in the order in which they are shown."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    UNSET = "unset"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a worklist is narrowed to.

    ``clock`` is ``procedure.clock``. ``organization`` is a uuid or words of a name: of whom we
    wait for, or of who waits for us.
    """

    procedure: str = ""
    clock: str = ""
    organization: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrows(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Line:
    """One due day as it is shown; ``moves`` are those the member may take now."""

    due: DueDay
    group: Group
    clock: Clock
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The first lines of a group; ``count`` is exact up to MANY, and MANY + 1 above."""

    group: Group
    lines: tuple[Line, ...]
    count: int

    @property
    def counted(self) -> str:
        return f"{MANY}+" if self.count > MANY else str(self.count)

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.lines)


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines; ``following`` is the key to ask the next page with, None at the end."""

    lines: tuple[Line, ...]
    following: str | None
    total: Total


def sides_of(member: Member) -> tuple[Side, ...]:
    """Return the sides a member has: a region only for posts that oversee or coordinate it."""
    if member.holds(OVERSEE) or member.holds(COORDINATE):
        return (Side.OURS, Side.OTHERS, Side.REGION)
    return (Side.OURS, Side.OTHERS)


def due_days_for(member: Member, side: Side) -> Rows:
    """Return the open due days of a side that a member may see."""
    if side is Side.OURS:
        return DueDay.objects.filter(owed_by=member.organization)
    if side is Side.OTHERS:
        others = DueDay.objects.filter(owed_to=member.organization)
        return others.exclude(owed_by=member.organization)
    if side not in sides_of(member):
        return DueDay.objects.none()
    return _of_region(member).filter(queries.seen_by(member, "proceeding__"))


def _of_region(member: Member) -> Rows:
    prefix = member.region_prefix
    rows = DueDay.objects.all()
    if prefix:
        rows = rows.alias(place=Left("region_code", len(prefix))).filter(place=prefix)
    if member.holds(OVERSEE):
        return rows
    return rows.filter(procedure_code__in=register.coordinated_codes())


def narrowed(rows: Rows, filters: Filters, side: Side) -> Rows:
    """Return the rows that pass the filters."""
    if filters.procedure:
        rows = rows.filter(procedure_code=filters.procedure)
    if filters.clock:
        procedure, _, clock = filters.clock.rpartition(".")
        rows = rows.filter(procedure_code=procedure, clock_code=clock)
    if filters.organization:
        field = "owed_to" if side is Side.OURS else "owed_by"
        rows = rows.filter(**{f"{field}__in": _named(filters.organization)})
    if filters.words:
        rows = found_by(rows, filters.words)
    if filters.since:
        rows = rows.filter(due_on__gte=filters.since)
    if filters.until:
        rows = rows.filter(due_on__lte=filters.until)
    return rows


def found_by(rows: Rows, words: str, common: int = _COMMON) -> Rows:
    """Return the rows whose matter is found by words.

    The planner takes pairs of characters to be independent, so it expects few matters where there
    are many. Words that more than ``common`` hold are looked for along the list's order instead.
    """
    question = searching.question(words)
    if question is None:
        return rows.none()
    matters = Proceeding.objects.filter(search=question).values("pk")[: common + 1]
    if matters.count() <= common:
        return rows.filter(proceeding__search=question)
    nothing = Cast(Value(""), SearchVectorField())
    return rows.alias(read=Coalesce("proceeding__search", nothing)).filter(read=question)


def _named(text: str) -> list[int]:
    try:
        meant = Q(uuid=UUID(text))
    except ValueError:
        meant = Q(name__icontains=text) | Q(short_name__icontains=text)
    return list(Organization.objects.filter(meant).values_list("pk", flat=True)[:_NAMED_ALIKE])


def within(group: Group, now: datetime) -> Q:
    """Return the condition of a group; the last instants of days are midnights in Beijing."""
    tomorrow, monday = _ends(now)
    dated = Q(is_paused=False)
    return {
        Group.OVERDUE: dated & Q(due_at__lte=now),
        Group.TODAY: dated & Q(due_at__gt=now, due_at__lte=tomorrow),
        Group.WEEK: dated & Q(due_at__gt=tomorrow, due_at__lte=monday),
        Group.LATER: dated & Q(due_at__gt=monday),
        Group.UNSET: dated & Q(due_at__isnull=True),
        Group.PAUSED: Q(is_paused=True),
    }[group]


def _ends(now: datetime) -> tuple[datetime, datetime]:
    """Return when today ends, and when this week does."""
    today = now.astimezone(BEIJING).date()
    midnight = datetime.combine(today, time(), BEIJING)
    return midnight + timedelta(days=1), midnight + timedelta(days=7 - today.weekday())


def group_of(due: DueDay, now: datetime) -> Group:
    if due.due_at is None:
        return Group.PAUSED if due.is_paused else Group.UNSET
    tomorrow, monday = _ends(now)
    if due.due_at <= now:
        return Group.OVERDUE
    if due.due_at <= tomorrow:
        return Group.TODAY
    return Group.WEEK if due.due_at <= monday else Group.LATER


_SHOWN = {Group.OVERDUE: 15, Group.TODAY: 15, Group.WEEK: 10}
_SHOWN_ELSE = 5


def overview(member: Member, side: Side, filters: Filters, *, now: datetime) -> list[Section]:
    """Return every group that holds something, with its first lines. Four queries or five."""
    rows = narrowed(due_days_for(member, side), filters, side)
    first, *others = [_first_of(rows, group, now) for group in Group]
    by_group: dict[Group, list[int]] = {group: [] for group in Group}
    for code, _, pk in sorted(first.union(*others, all=True), key=_by_day):
        by_group[Group(code)].append(pk)
    first_of = {one: pks[: _SHOWN.get(one, _SHOWN_ELSE)] for one, pks in by_group.items()}
    found = _lines(member, [pk for pks in first_of.values() for pk in pks], now)
    lines = {one.due.pk: one for one in found}
    return [
        Section(group, tuple(lines[pk] for pk in first_of[group] if pk in lines), len(pks))
        for group, pks in by_group.items()
        if pks
    ]


def _first_of(
    rows: Rows, group: Group, now: datetime
) -> QuerySet[DueDay, tuple[str, datetime | None, int]]:
    return (
        rows.filter(within(group, now))
        .order_by("is_paused", "due_at", "pk")
        .annotate(group=Value(group.value, CharField()))
        .values_list("group", "due_at", "pk")[: MANY + 1]
    )


def _by_day(found: tuple[str, datetime | None, int]) -> tuple[datetime, int]:
    return found[1] or _EPOCH, found[2]


def page(
    member: Member,
    side: Side,
    filters: Filters,
    *,
    now: datetime,
    group: Group | None = None,
    after: str = "",
    size: int = 100,
) -> Page:
    """Return the ``size`` lines after a key: of one group, or dated, unset and paused in turn.

    Raises PlaceMalformed.
    """
    size = max(1, min(size, LARGEST_PAGE))
    rows = narrowed(due_days_for(member, side), filters, side)
    if group is not None:
        rows = rows.filter(within(group, now))
    found: list[tuple[int, str]] = []
    for part in _parts(after, group):
        wanted = size + 1 - len(found)
        if wanted > 0:
            sought = rows.filter(part).order_by("is_paused", "due_at", "pk")
            found += [
                (pk, _key(pk, due_at, is_paused=is_paused))
                for pk, due_at, is_paused in sought.values_list("pk", "due_at", "is_paused")[
                    :wanted
                ]
            ]
    following = found[size - 1][1] if len(found) > size else None
    lines = _lines(member, [pk for pk, _ in found[:size]], now)
    is_all = following is None and not after
    total = Total(len(lines), is_estimate=False) if is_all else estimated_count(rows, _COUNTED)
    return Page(tuple(lines), following, total)


_DATED = Q(is_paused=False, due_at__isnull=False)
_UNSET = Q(is_paused=False, due_at__isnull=True)
_PAUSED = Q(is_paused=True)


def _parts(after: str, group: Group | None) -> list[Q]:
    """Return the stretches of the order that come after a key, each one range of the index."""
    parts = {"d": _DATED, "u": _UNSET, "p": _PAUSED}
    if group is Group.UNSET:
        parts = {"u": _UNSET}
    elif group is Group.PAUSED:
        parts = {"p": _PAUSED}
    elif group is not None:
        parts = {"d": _DATED}
    if not after:
        return list(parts.values())
    match = _KEY.fullmatch(after)
    if match is None or match["part"] not in parts:
        raise errors.PlaceMalformed
    letters = list(parts)
    rest = [parts[one] for one in letters[letters.index(match["part"]) + 1 :]]
    return [parts[match["part"]] & _after(match), *rest]


def _after(match: re.Match[str]) -> Q:
    pk = int(match["id"])
    if match["part"] != "d":
        return Q(pk__gt=pk)
    if match["micros"] is None:
        raise errors.PlaceMalformed
    try:
        at = _EPOCH + int(match["micros"]) * _MICROSECOND
    except OverflowError as beyond:
        raise errors.PlaceMalformed from beyond
    # The first condition is the range of the index, the second the place within one instant.
    return Q(due_at__gte=at) & (Q(due_at__gt=at) | Q(pk__gt=pk))


def _key(pk: int, due_at: datetime | None, *, is_paused: bool) -> str:
    if due_at is None:
        return f"{'p' if is_paused else 'u'}.{pk}"
    return f"d.{(due_at - _EPOCH) // _MICROSECOND}.{pk}"


def _lines(member: Member, pks: Sequence[int], now: datetime) -> list[Line]:
    """Return the lines of these due days in this order. Three queries."""
    rows = DueDay.objects.filter(pk__in=pks).defer("proceeding__search")
    found = {one.pk: one for one in rows.select_related("proceeding")}
    due_days = [found[pk] for pk in pks if pk in found]
    _name_parties(due_days)
    roles = queries.roles_in(member, [one.proceeding for one in due_days]) if due_days else {}
    return [_line(member, one, roles[one.proceeding_id], now) for one in due_days]


def _name_parties(due_days: Iterable[DueDay]) -> None:
    """Give due days their organizations: a page names few of them, again and again. One query."""
    due_days = list(due_days)
    wanted = {one.owed_by_id for one in due_days} | {one.proceeding.holder_id for one in due_days}
    wanted |= {one.owed_to_id for one in due_days if one.owed_to_id is not None}
    named = Organization.objects.select_related("region").in_bulk(wanted) if wanted else {}
    for one in due_days:
        one.owed_by, one.proceeding.holder = named[one.owed_by_id], named[one.proceeding.holder_id]
        one.owed_to = named[one.owed_to_id] if one.owed_to_id is not None else None


def _line(member: Member, due: DueDay, roles: frozenset[str], now: datetime) -> Line:
    proceeding = due.proceeding
    clock = proceeding.procedure.clock(due.clock_code)
    return Line(due, group_of(due, now), clock, queries.moves_in(member, proceeding, roles))


def pressing(member: Member, *, now: datetime) -> int:
    """Return how many due days of ours are over or end today, at most MANY + 1; index only."""
    tomorrow, _ = _ends(now)
    rows = due_days_for(member, Side.OURS).filter(is_paused=False, due_at__lte=tomorrow)
    return rows.values("pk")[: MANY + 1].count()


def dated(member: Member, *, since: datetime, most: int) -> Iterator[DueDay]:
    """Yield what our organization owes by a day, from ``since`` on: what a calendar shows."""
    rows = due_days_for(member, Side.OURS).filter(is_paused=False, due_at__gt=since)
    rows = rows.order_by("is_paused", "due_at", "pk").select_related("proceeding")
    yield from rows.defer("proceeding__search")[:most]


def kinds() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Return the procedures by code: the title, and ``procedure.clock`` with title of each clock.

    The newest version of a procedure names it; clocks of all versions are there.
    """
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for entry in register.entries():
        procedure = entry.procedure
        clocks = found.get(procedure.code, ("", {}))[1]
        clocks |= {f"{procedure.code}.{one.code}": one.title for one in procedure.clocks}
        found[procedure.code] = (procedure.title, clocks)
    return {code: (title, list(clocks.items())) for code, (title, clocks) in found.items()}


def changes_for(member: Member, run: Recomputation) -> QuerySet[DueChange]:
    """Return the last days a recomputation moved, of the matters a member may see."""
    rows = DueChange.objects.filter(queries.seen_by(member, "proceeding__"), recomputation=run)
    return rows.select_related("proceeding").defer("proceeding__search")
