"""Who takes part in the year: the organizations of a region, found as any sender finds them.

Two invented people act for every organization, one who handles and one who approves. They cannot
sign in; whoever shows the demonstration uses the accounts of the city.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhengpin.base.access import services as access
from zhengpin.base.access.models import Member, Person, Post
from zhengpin.base.organizations.queries import organizations_in
from zhengpin.mechanisms.handoffs.addressing import addressees, kinds_for, within
from zhengpin.mechanisms.handoffs.kinds import ordered
from zhengpin.mechanisms.proceedings.duties import APPROVE, HANDLE
from zhengpin.samples.year import errors
from zhengpin.samples.year.story import DAYS, Receiver, Route

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from zhengpin.base.access.duties import Duty
    from zhengpin.base.organizations.models import Organization, Region
    from zhengpin.mechanisms.handoffs.kinds import HandoffKind


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """An organization of the year and those who act for it."""

    organization: Organization
    handler: Member
    approver: Member

    def acting(self, duty: str | None) -> Member:
        """Return who takes a step that asks for this duty."""
        return self.approver if duty == APPROVE.code else self.handler


_ACTORS: tuple[tuple[str, str, str, tuple[Duty, ...]], ...] = (
    ("year.handler", "经办（示例）", "年度经办", (HANDLE,)),
    ("year.approver", "审批（示例）", "年度审批", (APPROVE,)),
)


def found(region: Region, *, last: date, now: datetime) -> tuple[Route[Side], ...]:
    """Return the routes of a region and of those inside it. Raises NobodyToSend.

    Whoever is to act is appointed where that has not happened yet.
    """
    first = last - timedelta(days=DAYS - 1)
    known = organizations_in(region, on=first).in_force(last).order_by("region__code", "name")
    organizations = list(known)
    kinds = _kinds(organizations, first)
    sides = _sides(organizations, on=first, now=now)
    routes = [_route(kind, senders, sides, first) for kind, senders in kinds.items()]
    reached = tuple(one for one in routes if one.senders)
    if not reached:
        raise errors.NobodyToSend
    return reached


def _kinds(
    organizations: Iterable[Organization], on: date
) -> dict[HandoffKind, list[Organization]]:
    """Return the declared kinds with those that may send them.

    Left out are those that another mechanism drafts: they would stand without what they are for.
    """
    offered = [one for one in ordered() if one.is_offered]
    senders: dict[str, list[Organization]] = {one.code: [] for one in offered}
    for one in organizations:
        for kind in kinds_for(one, on=on):
            senders[kind.code].append(one)
    return {kind: senders[kind.code] for kind in offered}


def _route(
    kind: HandoffKind, senders: Sequence[Organization], sides: Mapping[int, Side], on: date
) -> Route[Side]:
    regions = {one.organization.region.code: one.organization.region for one in sides.values()}
    inside = {
        code: [
            Receiver(sides[one.organization.pk], one.why)
            for one in addressees(kind, region, on=on)
            if one.organization.pk in sides
        ]
        for code, region in sorted(regions.items())
    }
    reached: list[tuple[Side, list[Receiver[Side]]]] = []
    for sender in senders:
        receivers = [
            one
            for code, region in sorted(regions.items())
            if within(kind.reach, sender.region, region)
            for one in inside[code]
            if one.side.organization.pk != sender.pk
        ]
        if receivers:
            reached.append((sides[sender.pk], receivers))
    return Route(kind, reached)


def _sides(organizations: Sequence[Organization], *, on: date, now: datetime) -> dict[int, Side]:
    handlers, approvers = (
        _appointed(person, organizations, title, duties, on=on, now=now)
        for person, title, duties in (
            (_person(login, name, now), title, duties) for login, name, title, duties in _ACTORS
        )
    )
    return {one.pk: Side(one, handlers[one.pk], approvers[one.pk]) for one in organizations}


def _person(login: str, name: str, now: datetime) -> Person:
    known = Person.objects.filter(login=login).first()
    return known or access.open_account(
        login=login, name=name, password=secrets.token_urlsafe(32), now=now, is_demonstration=True
    )


def _appointed(
    person: Person,
    organizations: Sequence[Organization],
    title: str,
    duties: Sequence[Duty],
    *,
    on: date,
    now: datetime,
) -> dict[int, Member]:
    """Return the person's members in these organizations, appointed where they are not yet."""
    held = Member.objects.filter(person=person, post__title=title, valid_to__isnull=True)
    members = {
        one.post.organization_id: one
        for one in held.select_related("person", "post__organization__region")
    }
    for organization in organizations:
        if organization.pk not in members:
            post: Post = access.set_up_post(
                organization=organization,
                title=title,
                duties=[one.code for one in duties],
                now=now,
            )
            members[organization.pk] = access.appoint(person=person, post=post, on=on, now=now)
    return members
