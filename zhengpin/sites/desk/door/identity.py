"""Coming in with another house's identity: the two pages of OpenID Connect.

Only an account that an administrator has joined to the subject comes in. The token of the issuer
is verified by its signature, and only its subject is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.app_settings import UID_MAX_LENGTH
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zhengpin.sites.desk import services
from zhengpin.sites.desk.door.addresses import address_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# What a provider that is away, or answers nonsense, makes the library raise.
_TROUBLES = (OSError, OAuth2Error, LookupError, TypeError, ValueError)


class VerifiedIdentity(OpenIDConnectOAuth2Adapter):
    """Trusts a signature and not the connection, and lets no other claim through."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, str]:
        claims = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        uid = settings.IDENTITY.uid_of(claims["sub"])
        if claims["iss"].rstrip("/") != settings.IDENTITY.issuer or len(uid) > UID_MAX_LENGTH:
            raise OAuth2Error
        return {"sub": uid}

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> Any:
        claims = self._decode_id_token(app, more["response"]["id_token"])
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})


@login_not_required
@never_cache
@require_GET
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the issuer."""
    _require_one()
    try:
        provider = get_adapter().get_provider(request, provider_id)
        wanted = get_next_redirect_url(request)
        answer: HttpResponse = provider.redirect(request, AuthProcess.LOGIN, next_url=wanted)
    except _TROUBLES:
        return refuse(request)
    return answer


@login_not_required
@never_cache
@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the browser back from the issuer; whoever it vouches for is signed in."""
    _require_one()
    try:
        view = OAuth2CallbackView.adapter_view(VerifiedIdentity(request, provider_id))
        answer: HttpResponse = view(request)
    except _TROUBLES:
        return refuse(request)
    return answer


def _require_one() -> None:
    if not settings.IDENTITY.is_set:
        raise Http404


def refuse(request: HttpRequest, subject: str = "") -> HttpResponse:
    """Answer that nobody was signed in; ``subject`` is an identity that belongs to no account."""
    services.refuse(person=None, step="identity", address=address_of(request), now=timezone.now())
    status = 403 if subject else 401
    return render(request, "desk/identity_refused.html", {"subject": subject}, status=status)
