"""What every test of the database shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

if TYPE_CHECKING:
    from collections.abc import Iterable


@pytest.fixture(autouse=True, scope="session")
def _emptied_past_the_triggers() -> None:
    """Let the framework empty tables after a test that commits; the ledger refuses TRUNCATE."""
    original = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: Iterable[str]) -> None:
        original(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign, assignment]
