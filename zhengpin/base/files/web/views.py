"""Downloading a file: at once, or after the reason where it is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhengpin.base.access.models import SealedView
from zhengpin.base.access.web.sealed import ask_reason
from zhengpin.base.files import queries, services
from zhengpin.base.files.web.answers import attachment
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.base.files.models import File


@require_http_methods(["GET", "POST"])
def download(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    file = get_object_or_404(queries.files_for(request.member), uuid=uuid)
    try:
        return _sealed(request, file) if file.is_sealed else _open(file)
    except DomainError as refusal:
        shown = {"file": file, "refusal": _(str(refusal))}
        return render(request, "files/file_refused.html", shown, status=410)


def _open(file: File) -> HttpResponseBase:
    return attachment(file, services.opened(file=file))


def _sealed(request: MemberRequest, file: File) -> HttpResponseBase:
    """Ask for the reason; hand the file out when it is given and the bytes are there."""
    content = services.checked(file)
    step = ask_reason(request, services.sealed_as(file), way=SealedView.Way.EXPORT)
    if step is None:
        return attachment(file, content)
    content.close()
    return step
