"""How an installation sends mail, as ``ZHENGPIN_MAIL_…`` say; without a host it sends none."""

from __future__ import annotations

import os
from typing import Any

_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def mail_settings() -> dict[str, Any]:
    """Return the settings as Django takes them.

    ``ZHENGPIN_MAIL_SECURITY`` is ``starttls`` (the default), ``tls`` or ``none``, which is for a
    relay on the same machine.
    """
    security = os.environ.get("ZHENGPIN_MAIL_SECURITY", "starttls")
    host = os.environ.get("ZHENGPIN_MAIL_HOST", "")
    return {
        "EMAIL_HOST": host,
        "EMAIL_PORT": int(os.environ.get("ZHENGPIN_MAIL_PORT", _PORTS[security])),
        "EMAIL_HOST_USER": os.environ.get("ZHENGPIN_MAIL_USER", ""),
        "EMAIL_HOST_PASSWORD": os.environ.get("ZHENGPIN_MAIL_PASSWORD", ""),
        "EMAIL_USE_TLS": security == "starttls",
        "EMAIL_USE_SSL": security == "tls",
        "EMAIL_TIMEOUT": 30,
        "DEFAULT_FROM_EMAIL": os.environ.get("ZHENGPIN_MAIL_FROM", f"zhengpin@{host}"),
    }
