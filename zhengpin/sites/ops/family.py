"""Processes that must not outlive the one that started them, whatever ends it."""

from __future__ import annotations

import os
import signal
import threading
import time

_LOOK_EVERY = 0.5  # seconds
_GRACE = 15.0


def leave_with(parent: int) -> None:
    """End this process, first politely, once ``parent`` is no longer its parent.

    A signal 9 to the parent reaches nobody else; so we look ourselves, on every system alike.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_EVERY)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_GRACE)
        os._exit(1)

    threading.Thread(target=watch, name="leave-with-parent", daemon=True).start()
