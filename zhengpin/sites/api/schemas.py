"""The shapes that ``/api/1`` gives and takes.

They are pydantic's own models: ninja's ``Schema`` reads every attribute through a wrapper, which
takes longer than all the rest of a list.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpin.base.access.models import Member
    from zhengpin.base.files.models import File
    from zhengpin.base.notices.models import Notice
    from zhengpin.base.organizations.models import Organization
    from zhengpin.base.paging import Page
    from zhengpin.mechanisms.plans.models import Clause, ClauseUnit, Plan


class OrganizationOut(BaseModel):
    """单位"""

    uuid: UUID
    name: str
    region: str


class OrganizationPageOut(BaseModel):
    """One page of organizations; ask for the next with ``after=following``."""

    organizations: list[OrganizationOut]
    following: str | None
    total: int
    total_is_estimate: bool


class DatedOut(BaseModel):
    """A name or a function and its days; ``valid_to`` is the first day out."""

    value: str
    valid_from: date | None
    valid_to: date | None


class OrganizationDetailOut(BaseModel):
    """单位, with everything it was called, did and was followed by."""

    uuid: UUID
    name: str
    short_name: str
    region: str
    valid_from: date | None
    valid_to: date | None
    names: list[DatedOut]
    functions: list[DatedOut]
    successors: list[UUID]


class PostHeldOut(BaseModel):
    """任职: a post a person holds today."""

    member: UUID
    title: str
    organization: OrganizationOut
    valid_from: date
    valid_to: date | None


class PersonOut(BaseModel):
    """人员, with the posts held today in the caller's jurisdiction."""

    uuid: UUID
    login: str
    name: str
    active: bool
    posts: list[PostHeldOut]


class PersonPageOut(BaseModel):
    """One page of people; ask for the next with ``after=following``."""

    people: list[PersonOut]
    following: str | None
    total: int
    total_is_estimate: bool


class MemberOut(BaseModel):
    """任职: whom the caller acts as."""

    uuid: UUID
    person: str
    post: str
    organization: OrganizationOut
    duties: list[str]


class PlanOut(BaseModel):
    """计划"""

    uuid: UUID
    title: str
    doc_number: str
    issued_on: date | None
    year: int | None
    region: str
    organization: OrganizationOut
    stage: str
    imported_at: datetime
    confirmed_at: datetime | None


class PlanPageOut(BaseModel):
    """One page of plans; ask for the next with ``after=following``."""

    plans: list[PlanOut]
    following: str | None
    total: int
    total_is_estimate: bool


class UnitOut(BaseModel):
    """责任单位"""

    name: str
    full: str
    role: str
    collective: bool
    organization: UUID | None


class ClauseOut(BaseModel):
    """款"""

    uuid: UUID
    plan: UUID
    address: str
    text: str
    start: int
    end: int
    assignment: str
    mode: str
    open_ended: bool
    due: str
    corrected: bool
    units: list[UnitOut]


class ClausePageOut(BaseModel):
    """One page of clauses; ask for the next with ``after=following``.

    Where ``total_is_exceeded`` there are more than ``total``.
    """

    clauses: list[ClauseOut]
    following: str | None
    total: int
    total_is_exceeded: bool


class FileOut(BaseModel):
    """文件"""

    uuid: UUID
    name: str
    type: str
    media_type: str
    size: int
    sha256: str
    sealed: bool
    kept_at: datetime


class NoticeOut(BaseModel):
    """通知: ``title`` is empty where the matter is sealed or may no longer be seen."""

    uuid: UUID
    kind: str
    kind_title: str
    title: str
    link: str
    subject: UUID | None
    made_at: datetime
    read_at: datetime | None


class NoticePageOut(BaseModel):
    """One page of notices; ask for the next with ``after=following``. ``unread`` stops at 201."""

    notices: list[NoticeOut]
    following: str | None
    unread: int


class ProblemDetails(BaseModel):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int


def organization_out(organization: Organization) -> OrganizationOut:
    return OrganizationOut(
        uuid=organization.uuid, name=organization.name, region=organization.region.code
    )


def member_out(member: Member) -> MemberOut:
    return MemberOut(
        uuid=member.uuid,
        person=member.person.name,
        post=member.post.title,
        organization=organization_out(member.organization),
        duties=member.post.duties,
    )


def plan_out(plan: Plan) -> PlanOut:
    return PlanOut(
        uuid=plan.uuid,
        title=plan.title,
        doc_number=plan.doc_number,
        issued_on=plan.issued_on,
        year=plan.year,
        region=plan.region.code,
        organization=OrganizationOut(
            uuid=plan.organization.uuid, name=plan.organization.name, region=plan.region.code
        ),
        stage=plan.stage,
        imported_at=plan.imported_at,
        confirmed_at=plan.confirmed_at,
    )


def file_out(file: File) -> FileOut:
    return FileOut(
        uuid=file.uuid,
        name=file.name,
        type=file.type_code,
        media_type=file.type.media_type,
        size=file.size,
        sha256=file.sha256,
        sealed=file.is_sealed,
        kept_at=file.kept_at,
    )


def notice_out(notice: Notice) -> NoticeOut:
    return NoticeOut(
        uuid=notice.uuid,
        kind=notice.kind_code,
        kind_title=notice.kind.title,
        title=notice.words,
        link=notice.link,
        subject=notice.subject,
        made_at=notice.made_at,
        read_at=notice.read_at,
    )


def clause_out(clause: Clause, plan: UUID, units: Sequence[ClauseUnit]) -> ClauseOut:
    return ClauseOut(
        uuid=clause.uuid,
        plan=plan,
        address=clause.address,
        text=clause.text,
        start=clause.start,
        end=clause.end,
        assignment=clause.assignment,
        mode=clause.mode,
        open_ended=clause.open_ended,
        due=clause.due,
        corrected=clause.is_corrected,
        units=[
            UnitOut(
                name=unit.name,
                full=unit.full,
                role=unit.role,
                collective=unit.is_collective,
                organization=unit.organization.uuid if unit.organization else None,
            )
            for unit in units
        ],
    )


def clause_page_out(
    page: Page[Clause], units: Mapping[int, Sequence[ClauseUnit]]
) -> ClausePageOut:
    return ClausePageOut(
        clauses=[clause_out(one, one.plan.uuid, units.get(one.pk, ())) for one in page.rows],
        following=page.following,
        total=page.total.count,
        total_is_exceeded=page.total.is_exceeded,
    )
