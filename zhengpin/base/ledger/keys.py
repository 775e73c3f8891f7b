"""The key that signs checkpoints: Ed25519, made at first use, readable by us only."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from zhengpin.config.home import home, keep
from zhengpin.kernel.merkle import Verifier


def origin() -> str:
    """Return the name of this ledger, as its checkpoints print it; it never changes.

    It is the address at which the installation first sealed, kept beside the key.
    """
    return keep("ledger-origin", f"{urlsplit(settings.ADDRESS).netloc}/ledger")


def signer() -> Ed25519PrivateKey:
    """Return the private key of this installation."""
    kept = keep(
        "ledger-key", base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    )
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept))


def verifier(key: Ed25519PrivateKey | None = None) -> Verifier:
    """Return what others check the checkpoints with."""
    return Verifier(origin(), (key or signer()).public_key().public_bytes_raw())


def exists() -> bool:
    """Tell whether the key has been made: a copy of the database comes without it."""
    return (home() / "secrets" / "ledger-key").exists()
