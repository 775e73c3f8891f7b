"""The door of pages that ask for a duty."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from zhengpin.base.access.duties import Duty
    from zhengpin.base.access.requests import MemberRequest


def for_duties(*duties: Duty) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Open a page to members whose post carries one of these duties; 403 to the others."""

    def opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.member.holds(duty) for duty in duties):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return opened
