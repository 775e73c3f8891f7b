"""What every test of the database shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations

from tests import journeys

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> None:
    """Accounts of tests need no hash that is slow on purpose; servers they start keep theirs."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def _emptied_past_the_triggers() -> None:
    """Let the framework empty tables after a test that commits; the ledger refuses TRUNCATE."""
    original = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: Iterable[str]) -> None:
        original(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign, assignment]


@pytest.fixture(autouse=True, scope="session")
def _dropped_whoever_reads() -> None:
    """Let the database of a run go although a server of pages is still connected to it."""

    def destroy(self: Any, name: str, verbosity: int) -> None:
        with self._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {self.connection.ops.quote_name(name)} WITH (FORCE)")

    setattr(DatabaseCreation, "_destroy_test_db", destroy)  # noqa: B010 — the stubs omit it


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Fail a journey that passed without having walked what it says it exercises."""
    yield
    codes = journeys.codes_of(item.iter_markers())
    assert journeys.not_walked(codes) == [], "the ledger shows no step of these declarations"
