"""Seals the ledger every two seconds, in a thread of the worker beside the queue.

A job each two seconds would write for nothing all day, and wait behind jobs that take long: see
decision 17. Invariant: what keeps it from sealing is logged when it begins, when it changes and
when it ends, and never ends the process.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from zhengpin.base.ledger import queries, services
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    import threading

SEAL_EVERY = 2.0  # seconds
_LONGEST_PAUSE = 30.0
_WORTH_ANOTHER = 10_000  # entries: a checkpoint each moment would help nobody
_logger = logging.getLogger(__name__)


class Sealer:
    """Seals until ``stopping`` is set; each failure in a row makes the next pause longer."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self._hindrance = ""
        self._failures = 0

    def run(self) -> None:
        while not self._stopping.is_set():
            self.turn()
            self._stopping.wait(min(SEAL_EVERY * 2**self._failures, _LONGEST_PAUSE))
        connection.close()

    def turn(self) -> None:
        """Seal what waits, and say what is new about how it goes."""
        try:
            self._seal()
        except (DatabaseError, InterfaceError) as error:
            self._hindered("the database does not answer; sealing waits", error)
            connection.close()
        except DomainError as refusal:
            self._hindered(f"sealing is refused: {refusal}", None)
        except OSError as error:
            self._hindered(f"sealing fails: {error.strerror}", error)
        else:
            if self._failures:
                _logger.warning("sealing goes on")
            self._hindrance, self._failures = "", 0

    def _seal(self) -> None:
        """Seal what waits; where more waits than a batch holds, seal on, unless asked to stop."""
        while services.seal(now=timezone.now()) is not None and not self._stopping.is_set():
            entries, _ = queries.waiting(now=timezone.now())
            if entries < _WORTH_ANOTHER:
                return

    def _hindered(self, message: str, error: Exception | None) -> None:
        self._failures = min(self._failures + 1, 10)
        if message != self._hindrance:
            self._hindrance = message
            _logger.error(message, exc_info=error)
