"""Entries for tests, and the ways of somebody who owns the database."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connection

from zhengpin.base.ledger import services
from zhengpin.base.ledger.models import Checkpoint, Entry, Leaf, Node, Pending
from zhengpin.kernel.merkle import leaf_hash, nodes_from_leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)


def write(count: int = 1, **facts: object) -> list[Entry]:
    return [
        services.record(
            action="test.act",
            subject=f"事项{number}",
            member=None,
            facts={"n": number, **facts},
            now=NOW,
        )
        for number in range(count)
    ]


@contextmanager
def past_the_triggers() -> Iterator[None]:
    """Switch the guards of the database off, as only a superuser can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was written before is settled
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def rewrite(position: int) -> None:
    """Change the entry at a position, with a digest that fits it."""
    entry = Entry.objects.get(leaf__position=position)
    entry.subject = "别的事项"
    Entry.objects.filter(pk=entry.pk).update(
        subject=entry.subject, digest=services.digest_of(entry)
    )


def rebuild_nodes(*, up_to_level: int = 63) -> None:
    """Make the stored nodes fit the entries as they are now, as far up as that level."""
    digests = Leaf.objects.order_by("position").values_list("entry__digest", flat=True)
    node = nodes_from_leaves([leaf_hash(bytes(digest)) for digest in digests])
    for stored in Node.objects.filter(level__lte=up_to_level):
        Node.objects.filter(pk=stored.pk).update(hash=node(stored.level, stored.index))


def swap_places(first: int, second: int) -> None:
    entries = {leaf.position: leaf.entry_id for leaf in Leaf.objects.all()}
    Leaf.objects.filter(position__in=(first, second)).delete()
    Leaf.objects.create(position=first, entry_id=entries[second])
    Leaf.objects.create(position=second, entry_id=entries[first])


def remove(*positions: int) -> None:
    """Remove entries with their places, but not their nodes."""
    gone = list(Leaf.objects.filter(position__in=positions).values_list("entry", flat=True))
    Leaf.objects.filter(position__in=positions).delete()
    Entry.objects.filter(pk__in=gone).delete()


def forget_everything_after(size: int) -> None:
    """Go back to an earlier checkpoint, leaving no trace in the database."""
    remove(*Leaf.objects.filter(position__gte=size).values_list("position", flat=True))
    Checkpoint.objects.filter(size__gt=size).delete()
    for node in Node.objects.all():
        if (node.index + 1) << node.level > size:
            Node.objects.filter(pk=node.pk).delete()
    waiting = list(Pending.objects.values_list("pk", flat=True))
    Pending.objects.all().delete()
    Entry.objects.filter(pk__in=waiting).delete()
