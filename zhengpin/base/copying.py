"""Many rows at once: their ids reserved, the rows streamed into the table.

For what writes thousands of rows in one transaction. Constraints, triggers and indexes work as
they do for single rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model
    from psycopg import Cursor


def reserve(model: type[Model], count: int) -> list[int]:
    """Return ids that nobody else will be given, in ascending order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [one for (one,) in cursor.fetchall()]


def copy(
    model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], into: str = ""
) -> None:
    """Stream rows into the table of a model, or another of the same columns."""
    named = ", ".join(connection.ops.quote_name(one) for one in columns)
    table = connection.ops.quote_name(into or model._meta.db_table)
    with connection.cursor() as cursor:
        streaming = cast("Cursor", cursor)  # Django's cursor lends the driver's methods
        with streaming.copy(f"COPY {table} ({named}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)
