"""Writers and sealers at work at the same time, each in a connection of its own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from tests.base.ledger.tampering import NOW, write
from zhengpin.base.ledger import keys, services, verifying
from zhengpin.base.ledger.models import Checkpoint, Entry, Leaf, Pending

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)

_PATIENCE = 30.0


class At:
    """Does something in another thread, with a connection that it closes."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.failure: BaseException | None = None
        self._work = work
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as failure:  # noqa: BLE001 — shown by whoever waits
            self.failure = failure
        finally:
            connection.close()

    def end(self) -> None:
        self.thread.join(_PATIENCE)
        assert not self.thread.is_alive()
        if self.failure:
            raise self.failure


class Open:
    """A transaction that has written one entry and stays open until it is told to end."""

    def __init__(self) -> None:
        self._written, self._may_end = threading.Event(), threading.Event()
        self._at = At(self._write)
        assert self._written.wait(_PATIENCE)

    def _write(self) -> None:
        with transaction.atomic():
            write()
            self._written.set()
            assert self._may_end.wait(_PATIENCE)

    def commit(self) -> None:
        self._may_end.set()
        self._at.end()


def test_an_entry_that_commits_after_later_ones_were_sealed_is_sealed_next() -> None:
    late = Open()
    write(3)  # with higher numbers
    first = services.seal(now=NOW)
    late.commit()
    second = services.seal(now=NOW)
    assert first is not None
    assert second is not None
    assert (first.size, second.size) == (3, 4)
    assert Leaf.objects.get(position=3).entry_id == min(Entry.objects.values_list("pk", flat=True))
    assert not Pending.objects.exists()
    assert verifying.verify(keys.verifier()).holds


def test_writers_wait_neither_for_each_other_nor_for_a_sealer() -> None:
    one, other = Open(), Open()
    with transaction.atomic():
        services.seal(now=NOW)
        write()
        At(write).end()  # while sealing has not ended, and two transactions are open
    one.commit()
    other.commit()
    services.seal_all(now=NOW)
    assert verifying.verify(keys.verifier()).sealed == 4


def test_sealers_at_once_make_one_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_BATCH", 7)
    write(100)
    workers = [At(lambda: services.seal_all(now=NOW)) for _ in range(4)]
    workers += [At(lambda: write(25)) for _ in range(2)]
    for worker in workers:
        worker.end()
    services.seal_all(now=NOW)
    result = verifying.verify(keys.verifier())
    assert result.faults == []
    assert (result.entries, result.sealed) == (150, 150)
    assert sorted(Leaf.objects.values_list("position", flat=True)) == list(range(150))


def test_checking_goes_on_while_others_write_and_seal() -> None:
    write(50)
    services.seal_all(now=NOW)
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            write(5)
            services.seal(now=NOW)

    worker = At(work)
    try:
        for _ in range(10):
            assert verifying.verify(keys.verifier()).faults == []
    finally:
        ended.set()
        worker.end()
    assert Checkpoint.objects.count() > 1
