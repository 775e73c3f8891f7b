"""What the ledger costs: appending with eight writers, sealing, verifying; is it linear.

Figures are medians of three.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.benchmarks.database import own_database
from tests.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRITERS, SECONDS = 8, 3.0
SMALL, LARGE = 50_000, 200_000
ROUNDS = 3


def figures() -> list[Figure]:
    """Measure; takes about a minute on two cores."""
    return list(_measured())


def _measured() -> Iterator[Figure]:
    with own_database("ledger"):
        small, large = _grown_to(SMALL), _grown_to(LARGE)
        yield Figure(f"ledger: sealing up to {LARGE} entries", large[0], 50_000, "/s")
        yield Figure(f"ledger: verifying {LARGE} entries", large[1], 50_000, "/s")
        yield Figure(
            f"ledger: cost of verifying an entry of {LARGE} against one of {SMALL}",
            small[1] / large[1], 1.25, "x",
        )  # fmt: skip
        for writers in ("threads", "processes"):
            yield Figure(
                f"ledger: appends beside {LARGE} entries, {WRITERS} writers as {writers}",
                statistics.median(_appends(writers) for _ in range(ROUNDS)), 1_500, "/s",
            )  # fmt: skip


def _appends(kind: str) -> float:
    """Return entries a second, counted in the database over the time all writers were at work."""
    per_process = 1 if kind == "processes" else WRITERS
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", __spec__.name, "write", _database(), str(per_process)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(WRITERS // per_process)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout
        process.stdout.readline()  # ready
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [json.loads(process.communicate(timeout=120)[0]) for process in processes]
    return float(sum(answer["entries"] / answer["seconds"] for answer in answers))


def _write(database: str, threads: int) -> None:
    """Be one of the writing processes: wait for the word, then append until the time is over."""
    import threading  # noqa: PLC0415

    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection, connections, transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from zhengpin.base.ledger import services  # noqa: PLC0415

    connections["default"].settings_dict["NAME"] = database
    counts, go = [0] * threads, threading.Event()

    def work(number: int) -> None:
        connection.ensure_connection()
        go.wait()
        end = time.perf_counter() + SECONDS
        while time.perf_counter() < end:
            with transaction.atomic():
                services.record(
                    action="cases.make_move", subject=f"case:{number}-{counts[number]}",
                    member=None, facts=_facts(counts[number]), now=timezone.now(),
                )  # fmt: skip
            counts[number] += 1
        connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    print("ready", flush=True)
    sys.stdin.readline()
    start = time.perf_counter()
    go.set()
    for worker in workers:
        worker.join()
    print(json.dumps({"entries": sum(counts), "seconds": time.perf_counter() - start}))


def _facts(number: int) -> dict[str, object]:
    return {
        "organization": "5b2f3a0e-43c4-4a1c-9a55-3f3b8f0e7d10",
        "person": "0e1f6f1c-5a0f-4e4e-8f5e-6d7a1b2c3d4e",
        "number": f"示市监罚〔2026〕{number}号",
        "move": "accept",
        "amount": number,
    }


def _database() -> str:
    from django.db import connection  # noqa: PLC0415

    return str(connection.settings_dict["NAME"])


def _grown_to(size: int) -> tuple[float, float]:
    """Fill up to ``size`` entries; return sealing and verifying rates, entries a second."""
    from django.db import connection  # noqa: PLC0415

    from zhengpin.base.ledger import keys, verifying  # noqa: PLC0415
    from zhengpin.base.ledger.models import Entry  # noqa: PLC0415

    sealing, new = [], (size - Entry.objects.count()) // ROUNDS
    for step in range(ROUNDS):
        _fill(new if step < ROUNDS - 1 else size - Entry.objects.count())
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        sealing.append(new / _timed(_seal_all))
    took = [_timed(lambda: verifying.verify(keys.verifier())) for _ in range(ROUNDS)]
    found = verifying.verify(keys.verifier())
    assert found.holds, found.faults
    assert found.sealed == size == Entry.objects.count(), (found.sealed, size)
    return statistics.median(sealing), size / statistics.median(took)


def _fill(count: int) -> None:
    """Append in bulk, as ``zhengpin simulate`` does above a thousand cases."""
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from zhengpin.base.ledger import services  # noqa: PLC0415
    from zhengpin.base.ledger.models import Entry, Pending  # noqa: PLC0415

    with transaction.atomic():
        for start in range(0, count, 10_000):
            entries = []
            for number in range(start, min(start + 10_000, count)):
                entry = Entry(
                    action="cases.make_move", subject=f"case:{number}", facts=_facts(number),
                    recorded_at=timezone.now(),
                )  # fmt: skip
                entry.digest = services.digest_of(entry)
                entries.append(entry)
            Entry.objects.bulk_create(entries)
            Pending.objects.bulk_create(Pending(entry=entry) for entry in entries)


def _seal_all() -> None:
    from django.utils import timezone  # noqa: PLC0415

    from zhengpin.base.ledger import services  # noqa: PLC0415

    services.seal_all(now=timezone.now())


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    _write(sys.argv[2], int(sys.argv[3]))
