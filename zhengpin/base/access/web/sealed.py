"""Sealed records: the step that asks for the reason, and the list of who looked at what and why.

A view that shows something sealed begins with ``ask_reason``::

    step = ask_reason(request, Sealed(subject=…, title=…, organization=…))
    if step is not None:
        return step
    return render(request, "…/sealed_part.html", …)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET

from zhengpin.base.access import sealed
from zhengpin.base.access.duties import OVERSEE, READ_LEDGER
from zhengpin.base.access.models import SealedView
from zhengpin.base.access.web.forms import FilterForm, ReasonForm
from zhengpin.base.access.web.guarding import for_duties
from zhengpin.base.access.web.organizations import ROWS, address_of
from zhengpin.base.paging import PlaceMalformed, page_by
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhengpin.base.access.requests import MemberRequest
    from zhengpin.base.access.sealed import Sealed


def ask_reason(
    request: MemberRequest, subject: Sealed, *, way: SealedView.Way = SealedView.Way.VIEW
) -> HttpResponse | None:
    """Return the page that asks why, or None once a reason was given in this request and kept."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            sealed.look_into(
                member=request.member,
                subject=subject,
                reason=form.cleaned_data["reason"],
                way=way,
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(None, sentence(refusal))
        else:
            return None
    shown = {"form": form, "title": subject.title, "is_export": way == SealedView.Way.EXPORT}
    status = 422 if form.errors else 200
    answer = render(request, "sealed/reason.html", shown, status=status)
    add_never_cache_headers(answer)
    return answer


@for_duties(OVERSEE, READ_LEDGER)
@require_GET
def sealed_view_list(request: MemberRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    words, after = form.value("q"), form.value("after")
    found = sealed.sealed_views_for(request.member)
    if words:
        named = Q(title__icontains=words) | Q(member__person__name__icontains=words)
        found = found.filter(named | Q(subject=words))
    try:
        page = page_by(found, "-pk", after=after, size=ROWS)
    except PlaceMalformed as malformed:
        raise Http404 from malformed
    shown = {
        "views": page.rows,
        "words": words,
        "total": page.total.said,
        "next": address_of("sealed:list", q=words, after=page.following) if page.following else "",
        "start": address_of("sealed:list", q=words) if after else "",
    }
    return render(request, "sealed/sealed_view_list.html", shown)
