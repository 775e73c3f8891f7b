"""A phone's authenticator, computed as RFC 6238 says."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time


def code_of(secret: str, *, at: float | None = None) -> str:
    """Return the six digits an authenticator shows for a secret at an instant, or now."""
    period = int((time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), period.to_bytes(8), hashlib.sha1).digest()
    start = digest[-1] & 15
    value = int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF
    return f"{value % 1_000_000:06}"
