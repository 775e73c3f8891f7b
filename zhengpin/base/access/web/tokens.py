"""The tokens of one's own: issue, show once, revoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhengpin.base.access import queries, services
from zhengpin.base.access.web.forms import TokenForm
from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhengpin.base.access.requests import MemberRequest


@never_cache
@require_http_methods(["GET", "POST"])
def token_list(request: MemberRequest) -> HttpResponse:
    """List the tokens; a fresh one is shown in the answer to its own form and never again."""
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = services.issue_token(
                member=request.member, label=form.cleaned_data["label"], now=timezone.now()
            )
        except DomainError as refusal:
            form.add_error(None, sentence(refusal))
    status = 422 if form.errors else 200
    shown = {
        "tokens": queries.tokens_of(request.member),
        "form": TokenForm() if secret else form,
        "secret": secret,
    }
    return render(request, "tokens/token_list.html", shown, status=status)


@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(queries.tokens_of(request.member), pk=pk)
    services.revoke_token(token=token, member=request.member, now=timezone.now())
    messages.success(request, _("令牌“%(label)s”已撤销。") % {"label": token.label})
    return redirect("tokens:list")
