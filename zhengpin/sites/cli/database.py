"""Reaching the database of an installation from the command line, and bringing it up to date.

Nothing of Django is imported before a command asks for it.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from zhengpin.config import database
from zhengpin.config.home import home
from zhengpin.sites.ops.errors import DatabaseUnreachable, NotInstalled, NotUpToDate

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE_AT_A_TIME = 7_311_995_002  # two servers of one database may start at once


def reach(*, is_new_allowed: bool = False) -> None:
    """Put the address of the database into the environment, starting the embedded one.

    Raises NotInstalled where there is none yet, unless a new one may be made.
    """
    if not database.is_embedded():
        return
    if not is_new_allowed and not (home() / "postgres" / "PG_VERSION").exists():
        raise NotInstalled
    from zhengpin.sites.ops import postgres  # noqa: PLC0415 — only where it is embedded

    postgres.start(cleanup=True)


def join() -> None:
    """Load Django on a database that is ready. Raises NotInstalled, NotUpToDate and the rest."""
    reach()
    set_up()
    from django.db import connection  # noqa: PLC0415 — after set_up

    from zhengpin.sites.ops.readiness import pending  # noqa: PLC0415

    if "django_migrations" not in connection.introspection.table_names():
        raise NotInstalled
    if pending():
        raise NotUpToDate


def begin() -> None:
    """Load Django on a database that is made, or brought up to date, where it must be."""
    reach(is_new_allowed=True)
    set_up()
    migrate()


def set_up() -> None:
    """Load Django and ask the database for an answer. Raises DatabaseUnreachable."""
    import django  # noqa: PLC0415 — loaded when a command needs it
    from django.db import OperationalError, connection  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengpin.config.settings")
    django.setup()
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise DatabaseUnreachable from error


def migrate() -> None:
    """Bring the database to the state the program needs; whoever comes second waits."""
    from django.core.management import call_command  # noqa: PLC0415 — after set_up

    with alone():
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock under which one process at a time prepares the database."""
    from django.db import connection  # noqa: PLC0415 — after set_up

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])
