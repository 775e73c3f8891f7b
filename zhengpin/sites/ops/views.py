"""Three pages for machines: does the process answer, can it work, what does it count."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhengpin.sites.ops.exposition import render
from zhengpin.sites.ops.readiness import failings


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """The process answers; it does not ask the database, so that a probe kills nothing in vain."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration; 503 with what is wrong otherwise."""
    wrong = failings()
    return JsonResponse({"ready": not wrong, "failing": wrong}, status=503 if wrong else 200)


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render(), content_type="text/plain; version=0.0.4; charset=utf-8")
