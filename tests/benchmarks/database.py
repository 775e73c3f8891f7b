"""A database of its own for a part of the benchmarks, dropped afterwards.

It is made on a server started for it, or on that of ``DATABASE_URL``.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def own_database(part: str) -> Iterator[str]:
    """Give the name of a fresh database with every table; Django is set up and uses it."""
    if not os.environ.get("DATABASE_URL"):
        import tests.database  # noqa: F401, PLC0415 — starts a server that ends with this process
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengpin.config.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection, connections  # noqa: PLC0415 — after the settings

    before = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"bench_{part}_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield str(connection.settings_dict["NAME"])
    finally:
        connections.close_all()
        connections["default"].creation.destroy_test_db(before, verbosity=0)
