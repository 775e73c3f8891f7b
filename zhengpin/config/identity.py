"""Signing in with another house's identity (OpenID Connect), as the environment describes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping

PROVIDER = "identity"  # the name under which accounts are joined to it
_OWN = {"localhost", "127.0.0.1", "::1"}


class IdentityMisconfigured(DomainError):
    """统一身份认证设置不全：要 https 的 ZHENGPIN_OIDC_ISSUER，和 _CLIENT_ID、_CLIENT_SECRET。"""


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """Who vouches for identities; ``issuer`` is empty where nobody does."""

    issuer: str = ""
    name: str = ""
    client_id: str = ""
    secret: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.issuer)

    def uid_of(self, subject: str) -> str:
        """Return what an account is joined to: a subject means nothing without its issuer."""
        return f"{self.issuer}#{subject}"

    def for_the_library(self) -> dict[str, Any]:
        """Return it as allauth's setting; only the identifier is asked for."""
        if not self.is_set:
            return {}
        app = {
            "provider_id": PROVIDER,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {
                "server_url": self.issuer,
                "scope": ["openid"],
                "fetch_userinfo": False,
                "oauth_pkce_enabled": True,
            },
        }
        return {"openid_connect": {"APPS": [app]}}


def identity_provider(environment: Mapping[str, str]) -> IdentityProvider:
    """Read the provider from the environment. Raises IdentityMisconfigured for half of one."""
    given = {
        name: environment.get(f"ZHENGPIN_OIDC_{name}", "").strip()
        for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME")
    }
    issuer = given["ISSUER"].rstrip("/")
    if not any((issuer, given["CLIENT_ID"], given["CLIENT_SECRET"])):
        return IdentityProvider()
    place = urlsplit(issuer)
    is_safe = place.scheme == "https" or (place.scheme == "http" and place.hostname in _OWN)
    if not is_safe or not given["CLIENT_ID"] or not given["CLIENT_SECRET"]:
        raise IdentityMisconfigured
    return IdentityProvider(issuer, given["NAME"], given["CLIENT_ID"], given["CLIENT_SECRET"])
