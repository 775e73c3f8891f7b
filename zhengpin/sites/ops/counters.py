"""Counts of requests, kept by each web process in a small shared file and read as one sum.

A process writes only its own file, so no lock is needed between processes; a dead process leaves
its file behind, so a sum never goes back while the web server runs.
"""

from __future__ import annotations

import itertools
import mmap
import os
import secrets
import struct
import threading
from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
METHODS = ("GET", "HEAD", "POST", "other")
CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
_SERIES = tuple(itertools.product(METHODS, CLASSES))
_WIDTH = len(BOUNDS) + 2  # one cell a bucket, one for slower, one for the sum of seconds
_BYTES = len(_SERIES) * _WIDTH * 8


@dataclass(frozen=True, slots=True)
class Series:
    """The requests of one method with one class of answer."""

    method: str
    status: str
    buckets: tuple[int, ...]  # one a bound, the last for slower
    seconds: float

    @property
    def count(self) -> int:
        return sum(self.buckets)


class Counters:
    """The counts of this process, in a file of ``directory``; in memory where it cannot write."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._lock = threading.Lock()
        self._owner = 0
        self._cells: memoryview[float] | None = None  # type: ignore[type-arg, unused-ignore]

    def add(self, method: str, status: int, seconds: float) -> None:
        known = method if method in METHODS else "other"
        series = _SERIES.index((known, CLASSES[min(max(status // 100, 1), 5) - 1]))
        with self._lock:
            cells = self._own()
            start = series * _WIDTH
            cells[start + bisect_left(BOUNDS, seconds)] += 1
            cells[start + _WIDTH - 1] += seconds

    def read(self) -> list[Series]:
        """Return the sums over all processes, of the series that have any."""
        with self._lock:
            self._own()
        cells = [0.0] * (_BYTES // 8)
        for path in self.directory.glob("*.counts"):
            with suppress(OSError, struct.error):
                written = struct.unpack(f"{len(cells)}d", path.read_bytes())
                cells = [one + other for one, other in zip(cells, written, strict=True)]
        found = []
        for number, (method, status) in enumerate(_SERIES):
            row = cells[number * _WIDTH : (number + 1) * _WIDTH]
            buckets = tuple(int(one) for one in row[:-1])
            if any(buckets):
                found.append(Series(method, status, buckets, row[-1]))
        return found

    def _own(self) -> memoryview[float]:  # type: ignore[type-arg, unused-ignore]
        """Return the cells of this process; a forked child begins its own."""
        if self._cells is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._cells = memoryview(self._map()).cast("d")  # type: ignore[assignment, unused-ignore]
        return self._cells

    def _map(self) -> mmap.mmap:
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.directory / f"{os.getpid()}-{secrets.token_hex(4)}.counts"
            with path.open("x+b") as file:
                file.truncate(_BYTES)
                return mmap.mmap(file.fileno(), _BYTES)
        except OSError:
            return mmap.mmap(-1, _BYTES)


def forget(directory: Path) -> None:
    """Begin at zero: the processes that counted here are gone."""
    for path in directory.glob("*.counts"):
        path.unlink(missing_ok=True)
