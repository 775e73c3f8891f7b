"""Whether this process can do its work: the database answers and fits the program."""

from __future__ import annotations

from functools import lru_cache

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor


def failings() -> list[str]:
    """Return what is wrong, as codes: ``database``, ``migrations``; empty when ready."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        _require_migrations()
    except (DatabaseError, InterfaceError):
        connection.close()
        return ["database"]
    except MigrationsPending:
        return ["migrations"]
    return []


class MigrationsPending(Exception):
    """The database is older than the program."""


@lru_cache(maxsize=1)
def _require_migrations() -> None:
    """Raise MigrationsPending; a yes is remembered, for it does not turn into a no."""
    if pending():
        raise MigrationsPending


def pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
