"""Plans over the API: list, read, search, import, confirm, export."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router, Status, UploadedFile

from zhengpin.base.files import services as files
from zhengpin.base.files.web.answers import attachment
from zhengpin.base.organizations import queries as organizations
from zhengpin.base.organizations.errors import RegionUnknown
from zhengpin.mechanisms.plans import exports, queries, services
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.sites.api.requests import member_of
from zhengpin.sites.api.schemas import (
    ClauseOut,
    ClausePageOut,
    PlanOut,
    PlanPageOut,
    ProblemDetails,
    clause_out,
    clause_page_out,
    plan_out,
)

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member

router = Router(tags=["计划"])
REFUSALS = {409: ProblemDetails, 422: ProblemDetails}
_EXPORTS = {
    "csv": (exports.as_csv, "text/csv; charset=utf-8"),
    "json": (exports.as_json, "application/json"),
    "xlsx": (
        exports.as_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def _plan(member: Member, uuid: UUID) -> Plan:
    plan = queries.plans_for(member).filter(uuid=uuid).first()
    if plan is None:
        raise Http404
    return plan


@router.get("", response=PlanPageOut, summary="计划列表")
def list_plans(
    request: HttpRequest, q: str = "", after: str | None = None, size: int = 50
) -> PlanPageOut:
    """List the plans one may see, newest first, at most 200 at once.

    ``q`` searches titles, numbers and units.
    """
    page = queries.plan_page(member_of(request), after, size, words=q)
    return PlanPageOut(
        plans=[plan_out(plan) for plan in page.rows],
        following=page.following,
        total=page.total.count,
        total_is_estimate=page.total.is_estimate,
    )


@router.post("", response={201: PlanOut, **REFUSALS}, summary="导入计划")
def import_plan(
    request: HttpRequest, file: File[UploadedFile], region: Form[str]
) -> Status[PlanOut]:
    """Import a document as a plan of a region; it is then under review."""
    member = member_of(request)
    known = organizations.region_of(region)
    if known is None:
        raise RegionUnknown
    plan = services.import_plan(
        data=file.read(),
        name=file.name or "plan",
        organization=member.organization,
        region=known,
        member=member,
        now=timezone.now(),
    )
    return Status(201, plan_out(plan))


@router.get("/{uuid}", response=PlanOut, summary="一份计划")
def read_plan(request: HttpRequest, uuid: UUID) -> PlanOut:
    return plan_out(_plan(member_of(request), uuid))


@router.get("/{uuid}/clauses", response=list[ClauseOut], summary="计划的各款")
def list_clauses(request: HttpRequest, uuid: UUID) -> list[ClauseOut]:
    member = member_of(request)
    plan = _plan(member, uuid)
    rows = list(plan.clauses.defer("search").order_by("order"))
    units = queries.units_of(rows)
    return [clause_out(clause, plan.uuid, units.get(clause.pk, ())) for clause in rows]


@router.get("/{uuid}/source", response={404: ProblemDetails}, summary="下载计划原件")
def download_source(request: HttpRequest, uuid: UUID) -> FileResponse:
    """Return the document as it was imported; 404 where it was not kept."""
    file = _plan(member_of(request), uuid).source_file
    if file is None:
        raise Http404
    return attachment(file, files.opened(file=file))


@router.post("/{uuid}/confirm", response={200: PlanOut, **REFUSALS}, summary="核定计划")
def confirm_plan(request: HttpRequest, uuid: UUID) -> PlanOut:
    """Confirm a reviewed plan. Refused with 409 while problems are open."""
    member = member_of(request)
    plan = services.confirm_plan(plan=_plan(member, uuid), member=member, now=timezone.now())
    return plan_out(plan)


@router.get("/{uuid}/export.{form}", summary="导出任务分解表")
def export_plan(request: HttpRequest, uuid: UUID, form: str) -> HttpResponse:
    """Return the breakdown sheet as csv or xlsx, or the whole plan as json."""
    member = member_of(request)
    _plan(member, uuid)
    if form not in _EXPORTS:
        raise Http404
    write, content_type = _EXPORTS[form]
    return HttpResponse(write(member, uuid), content_type=content_type)


clauses = Router(tags=["计划"])


@clauses.get("", response=ClausePageOut, summary="检索各款")
def search_clauses(
    request: HttpRequest, q: str, after: str | None = None, size: int = 50
) -> ClausePageOut:
    """List the clauses that hold all the words, in any script, at most 200 at once."""
    page = queries.clause_page(member_of(request), after, size, words=q)
    return clause_page_out(page, queries.units_of(page.rows))
