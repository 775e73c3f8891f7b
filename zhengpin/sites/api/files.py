"""Files over the API: what they are, and their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from ninja import Form, Router

from zhengpin.base.files import queries, services
from zhengpin.base.files.web.answers import attachment
from zhengpin.sites.api.requests import member_of
from zhengpin.sites.api.schemas import FileOut, ProblemDetails, file_out

if TYPE_CHECKING:
    from zhengpin.base.files.models import File

router = Router(tags=["文件"])
REFUSALS = {409: ProblemDetails}


def _file(request: HttpRequest, uuid: UUID) -> File:
    file = queries.files_for(member_of(request)).filter(uuid=uuid).first()
    if file is None:
        raise Http404
    return file


@router.get("/{uuid}", response=FileOut, summary="一份文件")
def read_file(request: HttpRequest, uuid: UUID) -> FileOut:
    return file_out(_file(request, uuid))


@router.get("/{uuid}/content", response=REFUSALS, summary="下载文件")
def download(request: HttpRequest, uuid: UUID) -> FileResponse:
    """Return the bytes; refused with 409 for a sealed file, or where they are not those kept."""
    file = _file(request, uuid)
    return attachment(file, services.opened(file=file))


@router.post("/{uuid}/content", response=REFUSALS, summary="写明理由，下载保密文件")
def download_sealed(request: HttpRequest, uuid: UUID, reason: Form[str]) -> FileResponse:
    """Return the bytes of a sealed file; who opened it is recorded with the reason."""
    file = _file(request, uuid)
    content = services.open_sealed(
        file=file, member=member_of(request), reason=reason, now=timezone.now()
    )
    return attachment(file, content)
