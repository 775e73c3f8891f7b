"""The numbers of an installation in the Prometheus text form; none is about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from zhengpin import __version__
from zhengpin.base.jobs.queries import standing
from zhengpin.base.ledger import queries
from zhengpin.sites.ops.counters import BOUNDS
from zhengpin.sites.ops.middleware import counters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhengpin.sites.ops.counters import Series

_PREFIX = "zhengpin_"


def render() -> str:
    """Return every metric; where the database does not answer, those that need none."""
    lines = [
        *_metric("info", "gauge", "版本", [f'{{version="{__version__}"}} 1']),
        *_requests(counters.read()),
    ]
    try:
        lines += [*_ledger(), *_jobs(), *_database()]
        lines += _metric("database_up", "gauge", "数据库可用", [" 1"])
    except (DatabaseError, InterfaceError):
        connection.close()
        lines += _metric("database_up", "gauge", "数据库可用", [" 0"])
    return "\n".join(lines) + "\n"


def _metric(name: str, kind: str, about: str, samples: Iterable[str]) -> Iterator[str]:
    yield f"# HELP {_PREFIX}{name} {about}"
    yield f"# TYPE {_PREFIX}{name} {kind}"
    for sample in samples:
        yield f"{_PREFIX}{name}{sample}"


def _requests(found: list[Series]) -> Iterator[str]:
    yield from _metric(
        "requests_total", "counter", "答复的请求数",
        (f"{_labels(one)} {one.count}" for one in found),
    )  # fmt: skip
    yield from _metric(
        "request_duration_seconds", "histogram", "答复用时（秒）",
        (sample for one in found for sample in _histogram(one)),
    )  # fmt: skip


def _labels(one: Series, bound: str = "") -> str:
    upper = f',le="{bound}"' if bound else ""
    return f'{{method="{one.method}",status="{one.status}"{upper}}}'


def _histogram(one: Series) -> Iterator[str]:
    seen = 0
    for bound, count in zip(
        (*(f"{bound:g}" for bound in BOUNDS), "+Inf"), one.buckets, strict=True
    ):
        seen += count
        yield f"_bucket{_labels(one, bound)} {seen}"
    yield f"_sum{_labels(one)} {one.seconds:.6f}"
    yield f"_count{_labels(one)} {one.count}"


def _ledger() -> Iterator[str]:
    """How far sealing is behind: the delay is the age of the oldest entry without a place."""
    entries, waited = queries.waiting(now=timezone.now())
    delay = max(waited.total_seconds(), 0) if waited else 0
    last = queries.latest_checkpoint()
    sealed = last.size if last else 0
    yield from _metric("ledger_sealed_entries", "gauge", "已封存账目", [f" {sealed}"])
    yield from _metric("ledger_unsealed_entries", "gauge", "待封存账目", [f" {entries}"])
    yield from _metric(
        "ledger_sealing_delay_seconds", "gauge", "封存延迟（秒）", [f" {delay:.3f}"]
    )


def _jobs() -> Iterator[str]:
    found = standing()
    yield from _metric("jobs_waiting", "gauge", "等待办理的后台作业", [f" {found.waiting}"])
    yield from _metric("jobs_put_off", "gauge", "定时或重试的后台作业", [f" {found.put_off}"])
    yield from _metric("jobs_running", "gauge", "办理中的后台作业", [f" {found.running}"])
    yield from _metric("jobs_failed", "gauge", "失败的后台作业", [f" {found.failed}"])
    yield from _metric(
        "jobs_oldest_waiting_seconds", "gauge", "最久的等待（秒）",
        [f" {found.waited.total_seconds():.3f}"],
    )  # fmt: skip


def _database() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        row = cursor.fetchone()
    yield from _metric("database_size_bytes", "gauge", "数据库大小（字节）", [f" {row[0]}"])
