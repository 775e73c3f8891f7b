"""What every test of the database shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_django import DjangoDbBlocker


@pytest.fixture(autouse=True, scope="session")
def _emptied_past_the_triggers() -> None:
    """Let the framework empty tables after a test that commits; the ledger refuses TRUNCATE."""
    original = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: Iterable[str]) -> None:
        original(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign, assignment]


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """End what a server of pages left connected, so that the database can go."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
