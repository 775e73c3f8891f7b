"""The background worker of an installation: seals the ledger every two seconds, sweeps files.

``python -m zhengpin.sites.ops.worker``. A database that is away for a moment is waited for.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import django
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from zhengpin.kernel.errors import DomainError
from zhengpin.sites.ops import family

if TYPE_CHECKING:
    from types import FrameType

SEAL_EVERY = 2.0  # seconds
SWEEP_EVERY = 3600.0
_LONGEST_PAUSE = 30.0
_WORTH_ANOTHER = 10_000  # entries: a checkpoint each moment would help nobody
_logger = logging.getLogger(__name__)


def run(stopping: threading.Event) -> None:
    """Seal until ``stopping`` is set; each failure in a row makes the next pause longer."""
    failures, swept = 0, 0.0
    while not stopping.is_set():
        try:
            _seal(stopping)
            if time.monotonic() - swept > SWEEP_EVERY:
                _sweep()
                swept = time.monotonic()
            failures = 0
        except (DatabaseError, InterfaceError):
            failures += 1
            _logger.warning("the database does not answer; sealing waits", exc_info=failures == 1)
            connection.close()
        except DomainError as refusal:
            failures += 1
            _logger.error("sealing is refused: %s", refusal)
        stopping.wait(min(SEAL_EVERY * 2**failures, _LONGEST_PAUSE))


def _seal(stopping: threading.Event) -> None:
    """Seal what waits; where more waits than a batch holds, seal on, unless asked to stop."""
    from zhengpin.base.ledger import queries, services  # noqa: PLC0415 — after django.setup

    while services.seal(now=timezone.now()) is not None and not stopping.is_set():
        entries, _ = queries.waiting(now=timezone.now())
        if entries < _WORTH_ANOTHER:
            return


def _sweep() -> None:
    """Remove the bytes of files that no row needs."""
    from zhengpin.base.files import services  # noqa: PLC0415 — after django.setup

    try:
        services.sweep(now=timezone.now())
    except OSError:
        _logger.exception("files are not swept")


def main() -> None:
    family.leave_with(os.getppid())
    stopping = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengpin.config.settings")
    django.setup()
    run(stopping)


if __name__ == "__main__":
    main()
