"""Counts of several processes are one sum, and a forked process begins its own file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from zhengpin.sites.ops.counters import BOUNDS, Counters, forget

if TYPE_CHECKING:
    from pathlib import Path


def test_two_processes_make_one_sum(tmp_path: Path) -> None:
    first, second = Counters(tmp_path), Counters(tmp_path)
    first.add("GET", 200, 0.004)
    first.add("GET", 204, 20.0)
    second.add("GET", 200, BOUNDS[0])
    (series,) = second.read()
    assert (series.method, series.status, series.count) == ("GET", "2xx", 3)
    assert (series.buckets[0], series.buckets[-1]) == (2, 1)
    assert round(series.seconds, 3) == 20.009


def test_a_forked_process_counts_in_a_file_of_its_own(tmp_path: Path) -> None:
    counters = Counters(tmp_path)
    counters.add("POST", 302, 0.1)
    child = os.fork()
    if not child:
        counters.add("POST", 302, 0.1)
        os._exit(0)
    os.waitpid(child, 0)
    (series,) = counters.read()
    assert series.count == 2
    assert len(list(tmp_path.glob("*.counts"))) == 2


def test_what_cannot_be_written_is_counted_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    counters = Counters(tmp_path / "file")
    counters.add("PURGE", 500, 1.0)
    assert counters.read() == []


def test_a_damaged_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "1-x.counts").write_bytes(b"abc")
    counters = Counters(tmp_path)
    counters.add("GET", 999, 1.0)
    assert [one.status for one in counters.read()] == ["5xx"]


def test_forgotten_counts_begin_at_zero(tmp_path: Path) -> None:
    Counters(tmp_path).add("GET", 200, 1.0)
    forget(tmp_path)
    assert Counters(tmp_path).read() == []
