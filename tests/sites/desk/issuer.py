"""A small OpenID provider on this machine: discovery, authorization, token, keys.

It vouches for whoever ``subject`` says, without asking, and checks what a real one checks: the
redirect address, the client's secret, the code's single use and its proof (PKCE).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from zhengpin.config.identity import identity_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

CLIENT, SECRET = "zhengpin", "a secret of two"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _number(value: int) -> str:
    return _text(value.to_bytes((value.bit_length() + 7) // 8))


class Issuer(ThreadingHTTPServer):
    """The provider; what it says can be bent by its fields."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        self.signs_with = self.key
        self.subject = "abc-123"
        self.bent: dict[str, object] = {}
        self.asked: dict[str, dict[str, str]] = {}

    def discovery(self) -> dict[str, object]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, object]:
        public = self.key.public_key().public_numbers()
        key = {"kty": "RSA", "kid": "one", "alg": "RS256", "use": "sig"}
        return {"keys": [{**key, "n": _number(public.n), "e": _number(public.e)}]}

    def authorize(self, asked: dict[str, str]) -> str:
        code = secrets.token_urlsafe(16)
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> dict[str, object]:
        asked = self.asked.pop(sent["code"])
        proof = _text(hashlib.sha256(sent["code_verifier"].encode()).digest())
        assert asked["code_challenge_method"] == "S256"
        assert proof == asked["code_challenge"]
        assert sent["redirect_uri"] == asked["redirect_uri"]
        assert (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET)
        return {"access_token": "unused", "token_type": "Bearer", "id_token": self.id_token()}

    def id_token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 60,
            "jti": secrets.token_hex(8), "name": "某人（示例）", "email": "someone@example.com",
        }  # fmt: skip
        parts = ({"alg": "RS256", "kid": "one", "typ": "JWT"}, claims | self.bent)
        signed = ".".join(_text(json.dumps(part).encode()) for part in parts)
        signature = self.signs_with.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{_text(signature)}"


class _Page(BaseHTTPRequestHandler):
    server: Issuer

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        if place.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(place.query).items()}
            self.send_response(302)
            self.send_header("Location", self.server.authorize(asked))
            self.end_headers()
        elif place.path == "/keys":
            self._answer(self.server.keys())
        else:
            self._answer(self.server.discovery())

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer(self.server.token({name: values[0] for name, values in sent.items()}))

    def _answer(self, said: dict[str, object]) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing between the lines of the test run."""


@contextmanager
def configured(settings: Settings) -> Iterator[Issuer]:
    """Run a provider, and point the settings of a test at it."""
    with running() as issuer:
        settings.IDENTITY = identity_provider(
            {
                "ZHENGPIN_OIDC_ISSUER": issuer.address,
                "ZHENGPIN_OIDC_CLIENT_ID": CLIENT,
                "ZHENGPIN_OIDC_CLIENT_SECRET": SECRET,
                "ZHENGPIN_OIDC_NAME": "示例省统一身份认证",
            }
        )
        settings.SOCIALACCOUNT_PROVIDERS = settings.IDENTITY.for_the_library()
        yield issuer


@contextmanager
def running() -> Iterator[Issuer]:
    issuer = Issuer()
    thread = threading.Thread(target=issuer.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield issuer
    finally:
        issuer.shutdown()
        thread.join()
        issuer.server_close()
