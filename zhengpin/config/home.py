"""Where an installation keeps its files: ``ZHENGPIN_HOME``, else ``~/.zhengpin``."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home() -> Path:
    """Return the home directory of this installation; it may not exist yet."""
    return Path(os.environ.get("ZHENGPIN_HOME") or "~/.zhengpin").expanduser().absolute()


def keep(name: str, fresh_value: str) -> str:
    """Return the secret kept under ``name`` in the home, readable by us only.

    ``fresh_value`` becomes it where there is none; two processes that offer one at once end with
    the same.
    """
    path = home() / "secrets" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{name}-{os.getpid()}-{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(fresh_value, encoding="ascii")
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii")


def secret(name: str) -> str:
    """Return the random secret of that name, made at first use."""
    return keep(name, secrets.token_urlsafe(50))
