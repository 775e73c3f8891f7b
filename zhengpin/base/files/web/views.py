"""Downloading a file: at once, or after the reason where it is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhengpin.base.files import errors, queries, services
from zhengpin.base.files.web.answers import attachment
from zhengpin.base.files.web.forms import ReasonForm
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.base.files.models import File

_UNREADABLE = (errors.FileMissing, errors.FileAltered)


@require_http_methods(["GET", "POST"])
def download(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    file = get_object_or_404(queries.files_for(request.member), uuid=uuid)
    if file.is_sealed:
        return _sealed(request, file)
    try:
        return attachment(file, services.opened(file=file))
    except DomainError as refusal:
        return _refused(request, file, refusal)


def _sealed(request: MemberRequest, file: File) -> HttpResponseBase:
    """Ask for the reason; hand the file out when it is given."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = services.open_sealed(
                file=file,
                member=request.member,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except _UNREADABLE as refusal:
            return _refused(request, file, refusal)
        except DomainError as refusal:
            form.add_error("reason", _(str(refusal)))
        else:
            return attachment(file, content)
    status = 422 if request.method == "POST" else 200
    return render(request, "files/file_reason.html", {"file": file, "form": form}, status=status)


def _refused(request: MemberRequest, file: File, refusal: DomainError) -> HttpResponseBase:
    shown = {"file": file, "refusal": _(str(refusal))}
    return render(request, "files/file_refused.html", shown, status=410)
