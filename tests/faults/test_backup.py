"""A backup taken while four processes write holds one moment, and comes back as that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.faults.test_kill import EACH, WRITERS, Writers, database_address
from tests.sites.cli.installations import Installation, folder, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def place() -> Iterator[Path]:
    with folder() as found:
        yield found


@pytest.mark.fault
def test_a_backup_taken_during_writes_is_whole_and_verifies(place: Path) -> None:
    archive = place / "backup.tar.gz"
    with Installation(place / "home") as running:
        writers = Writers(running.home, database_address(running))
        writers.wait_for(200)
        before = set(writers.acknowledged)
        answer = run(running.home, "backup", str(archive))
        assert answer.returncode == 0, answer.stderr
        assert len(writers.acknowledged) < WRITERS * EACH, "nothing was written meanwhile"
        after = set(writers.acknowledged)
        writers.finish()

    restored = place / "restored"
    answer = run(restored, "restore", str(archive))
    assert answer.returncode == 0, answer.stderr
    answer = run(restored, "ledger", "verify", "--json")
    assert answer.returncode == 0, answer.stderr + answer.stdout
    with Installation(restored) as running, psycopg.connect(database_address(running)) as database:
        written = {row[0] for row in database.execute("SELECT code FROM organizations_region")}
        recorded = {
            row[0]
            for row in database.execute(
                "SELECT subject FROM ledger_entry WHERE action = 'organizations.define_region'"
            )
        }
    assert written == recorded, "a change and its entry are of one moment"
    assert before <= written
    assert len(written - after) <= WRITERS, "what was not yet acknowledged, one of each writer"
