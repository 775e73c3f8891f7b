"""Organizations and people over the API: who is there, for those who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router

from zhengpin.base.access import queries as access
from zhengpin.base.access.models import Member
from zhengpin.base.organizations import queries
from zhengpin.base.organizations.models import in_force
from zhengpin.base.paging import page_by
from zhengpin.sites.api.requests import member_of
from zhengpin.sites.api.schemas import (
    DatedOut,
    OrganizationDetailOut,
    OrganizationPageOut,
    PersonOut,
    PersonPageOut,
    PostHeldOut,
    organization_out,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpin.base.access.models import Person

organizations = Router(tags=["单位"])
people = Router(tags=["人员"])


@organizations.get("", response=OrganizationPageOut, summary="单位列表")
def list_organizations(
    request: HttpRequest,
    q: str = "",
    region: str = "",
    ended: bool = False,  # noqa: FBT001, FBT002 — a parameter of the address
    after: str | None = None,
    size: int = 50,
) -> OrganizationPageOut:
    """List the organizations of one's jurisdiction by region, at most 200 at once.

    ``q`` searches names, former ones too; ``ended`` adds those that exist no more.
    """
    found = queries.named_like(queries.organizations_for(member_of(request)), q)
    if region:
        found = found.filter(region__code=region)
    if not ended:
        found = found.in_force(timezone.localdate())
    page = page_by(found, "region__code", "pk", after=after, size=size)
    return OrganizationPageOut(
        organizations=[organization_out(one) for one in page.rows],
        following=page.following,
        total=page.total.count,
        total_is_estimate=page.total.is_estimate,
    )


@organizations.get("/{uuid}", response=OrganizationDetailOut, summary="一个单位")
def read_organization(request: HttpRequest, uuid: UUID) -> OrganizationDetailOut:
    """Return an organization with its names, functions and successors, each with its days."""
    found = queries.organizations_for(member_of(request)).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    heirs = found.successions.select_related("successor").order_by("on", "pk")
    return OrganizationDetailOut(
        uuid=found.uuid,
        name=found.name,
        short_name=found.short_name,
        region=found.region.code,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        names=[
            DatedOut(value=one.name, valid_from=one.valid_from, valid_to=one.valid_to)
            for one in found.names.order_by("valid_from", "pk")
        ],
        functions=[
            DatedOut(value=one.function_code, valid_from=one.valid_from, valid_to=one.valid_to)
            for one in found.competences.order_by("valid_from", "pk")
        ],
        successors=[one.successor.uuid for one in heirs],
    )


@people.get("", response=PersonPageOut, summary="人员列表")
def list_people(
    request: HttpRequest, q: str = "", after: str | None = None, size: int = 50
) -> PersonPageOut:
    """List the people of one's jurisdiction by login, at most 200 at once.

    Nobody is there for whoever does not administer.
    """
    member = member_of(request)
    page = page_by(access.found_by(access.people_for(member), q), "login", after=after, size=size)
    return PersonPageOut(
        people=_with_posts(page.rows, member),
        following=page.following,
        total=page.total.count,
        total_is_estimate=page.total.is_estimate,
    )


def _with_posts(people: Sequence[Person], member: Member) -> list[PersonOut]:
    held = Member.objects.in_region(member.region_prefix).filter(
        in_force(timezone.localdate()), person__in=people
    )
    posts: dict[int, list[PostHeldOut]] = {}
    rows = held.select_related("post__organization__region").order_by("valid_from", "pk")
    for one in rows:
        posts.setdefault(one.person_id, []).append(
            PostHeldOut(
                member=one.uuid,
                title=one.post.title,
                organization=organization_out(one.post.organization),
                valid_from=one.valid_from,
                valid_to=one.valid_to,
            )
        )
    return [
        PersonOut(
            uuid=one.uuid,
            login=one.login,
            name=one.name,
            active=one.is_active,
            posts=posts.get(one.pk, []),
        )
        for one in people
    ]
