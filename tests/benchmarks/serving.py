"""The web server of an installation on a database, and clients that ask it for pages."""

from __future__ import annotations

import http.client
import math
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PATIENCE = 60  # seconds for the server to answer first


class Ask(NamedTuple):
    """One request; ``headers`` say who asks, ``body`` what is sent, if anything is."""

    path: str
    headers: Mapping[str, str]
    body: str | None = None
    status: int = 200


@contextmanager
def web_server(database: str) -> Iterator[int]:
    """Start the web server as ``serve`` does, on a database of our server; give its port."""
    place = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "zhengpin.sites.ops.web", "127.0.0.1", str(port)],
        env={**os.environ, "DATABASE_URL": place}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            Client(port).ask(Ask("/healthz", {}))
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


class Client:
    """One browser: it keeps its connection, asks, and waits for the whole answer."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, ask: Ask) -> float:
        """Return the milliseconds until the last byte came."""
        start = time.perf_counter()
        method = "GET" if ask.body is None else "POST"
        self._connection.request(method, ask.path, ask.body, dict(ask.headers))
        answer = self._connection.getresponse()
        answer.read()
        took = time.perf_counter() - start
        assert answer.status == ask.status, (ask.path, answer.status)
        return took * 1000


def alone(port: int, asks: Sequence[Ask]) -> list[float]:
    """Return the milliseconds of each request, one after the other, sorted."""
    client = Client(port)
    return sorted(client.ask(ask) for ask in asks)


def together(port: int, asks: Sequence[Ask], clients: int, seconds: float) -> float:
    """Return how many answers a second ``clients`` get that ask as fast as they can."""
    counts, go = [0] * clients, threading.Event()
    end = 0.0

    def work(number: int) -> None:
        client = Client(port)
        go.wait()
        while time.perf_counter() < end:
            client.ask(asks[(number + counts[number] * clients) % len(asks)])
            counts[number] += 1

    workers = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for worker in workers:
        worker.start()
    start = time.perf_counter()
    end = start + seconds
    go.set()
    for worker in workers:
        worker.join()
    return sum(counts) / (time.perf_counter() - start)


def percentile(times: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile of sorted times."""
    return times[max(math.ceil(len(times) * share) - 1, 0)]
