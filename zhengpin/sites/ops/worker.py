"""The background worker of an installation: runs the jobs and seals the ledger.

``python -m zhengpin.sites.ops.worker``. A database that is away for a moment is waited for.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from typing import Any

import django

from zhengpin.sites.ops import family

_logger = logging.getLogger(__name__)


async def run() -> int:
    """Work until asked to stop; 1 where sealing ended before that, so that we are started anew."""
    from zhengpin.sites.ops import jobs, sealing  # noqa: PLC0415 — after django.setup

    stopping, sealing_stops = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_say)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    sealer = asyncio.create_task(asyncio.to_thread(sealing.Sealer(sealing_stops).run))
    sealer.add_done_callback(lambda _: stopping.set())
    try:
        await jobs.work(stopping)
    finally:
        ended_early = sealer.done()
        sealing_stops.set()
        await sealer
    return int(ended_early)


def _say(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what nobody waited for, without the message: it quotes the row that failed."""
    _logger.error("a step of the queue failed", exc_info=context.get("exception"))


def main() -> int:
    family.leave_with(os.getppid())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengpin.config.settings")
    django.setup()
    return asyncio.run(run())


if __name__ == "__main__":
    sys.exit(main())
