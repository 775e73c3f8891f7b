"""The web server of an installation: granian with our application, ended with its supervisor.

``python -m zhengpin.sites.ops.web LISTEN PORT``
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from zhengpin.config.home import home
from zhengpin.config.logging import logging_settings
from zhengpin.sites.ops import counters, family

if TYPE_CHECKING:
    from collections.abc import Callable

WORKERS, THREADS = 2, 4
DRAIN = 10  # seconds a request may still take when we stop


def main(listen: str, port: int) -> None:
    family.leave_with(os.getppid())
    counters.forget(home() / "run" / "metrics")
    Granian(
        "zhengpin.config.wsgi:application",
        address=listen,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        backpressure=256,
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN,
        log_level=LogLevels.warning,
        log_dictconfig=logging_settings(os.environ.get("ZHENGPIN_LOG_LEVEL", "WARNING")),
    ).serve(target_loader=load)


def load(target: str) -> Callable[..., Any]:
    """Load the application in a worker, which a killed server must not leave with its port."""
    family.leave_with(os.getppid())
    module, _, name = target.partition(":")
    application: Callable[..., Any] = getattr(importlib.import_module(module), name)
    _settle()
    return application


def _settle() -> None:
    """Load what the first request would, and keep the collector from what then stays.

    A hundred thousand objects live as long as the process; to walk them takes as long as a page.
    """
    from django.urls import reverse  # noqa: PLC0415 — after the application

    reverse("desk:home")
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
