"""The printed addressees on the page: whom each means, what was looked for, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhengpin.base.access.subjects import as_uuid
from zhengpin.base.organizations.models import Organization
from zhengpin.base.organizations.queries import named_like, organizations_in
from zhengpin.mechanisms.issuing.resolving import Found
from zhengpin.mechanisms.issuing.services import Decided

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.http import QueryDict

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.issuing.resolving import Line

MOST = 40
"""Offered at once of those that a search finds."""

_LONGEST = 300


@dataclass(slots=True)
class Choice:
    """One printed line as the page shows it: ``ticked`` first, then ``others`` to be ticked."""

    number: int
    line: Line
    ticked: list[Found]
    others: list[Found]
    words: str = ""
    reason: str = ""
    searched: bool = False
    left: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a person still has to decide it."""
        return self.line.is_printed and not self.reason and bool(self.left or not self.ticked)


def choices(
    lines: Sequence[Line], sent: QueryDict | None, member: Member, *, on: date
) -> list[Choice]:
    """Return the lines as they were sent, or as they are proposed where nothing was sent yet."""
    return [_choice(number, line, sent, member, on) for number, line in enumerate(lines)]


def _choice(number: int, line: Line, sent: QueryDict | None, member: Member, on: date) -> Choice:
    known = {found.organization.pk: found for found in (*line.found, *line.offered)}
    if sent is None:
        chosen = [found.organization for found in line.found]
        words = reason = ""
    else:
        chosen = _organizations(sent.getlist(f"line-{number}"))
        words = sent.get(f"words-{number}", "").replace("\0", "").strip()[:100]
        reason = sent.get(f"reason-{number}", "").replace("\0", "").strip()[:_LONGEST]
    searched = sent is not None and "find" in sent and bool(words)
    more = _named(words, member, on) if searched else []
    ticked = [known.get(one.pk, Found(one, "")) for one in chosen]
    keys = {one.pk for one in chosen}
    others = {one.pk: Found(one, "") for one in more} | known
    return Choice(
        number, line, ticked, [one for key, one in others.items() if key not in keys],
        words, reason, searched, [one.name for one in line.uncovered(chosen)],
    )  # fmt: skip


def _organizations(keys: Iterable[str]) -> list[Organization]:
    uuids = list(dict.fromkeys(uuid for uuid in map(as_uuid, keys) if uuid))
    known = Organization.objects.filter(uuid__in=uuids).select_related("region")
    by_uuid = {one.uuid: one for one in known}
    return [by_uuid[uuid] for uuid in uuids if uuid in by_uuid]


def _named(words: str, member: Member, on: date) -> list[Organization]:
    inside = organizations_in(member.organization.region, on=on)
    found = named_like(inside.exclude(pk=member.organization.pk), words)
    return list(found.order_by("region__code", "pk")[:MOST])


def decided(found: Iterable[Choice]) -> list[Decided]:
    return [
        Decided(one.line.printed, [each.organization for each in one.ticked], one.reason)
        for one in found
    ]
