"""Which files a member sees: those that hang on what the member sees."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import ForeignObjectRel, Q

from zhengpin.base.files.holders import HOLDERS
from zhengpin.base.files.models import File

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from zhengpin.base.access.models import Member


def files_for(member: Member) -> QuerySet[File]:
    """Return the files a member may see, through any holder; discarded ones are not among them.

    A file that hangs on nothing is seen by nobody.
    """
    conditions = [Q(holder(member)) for holder in HOLDERS.values()]
    if not conditions:
        return File.objects.none()
    return File.objects.filter(reduce(or_, conditions), discarded_at=None)


def needed(digests: Collection[str]) -> set[str]:
    """Return those of some digests whose bytes a row needs."""
    rows = File.objects.filter(sha256__in=digests, discarded_at=None)
    return set(rows.values_list("sha256", flat=True))


def is_held(file: File) -> bool:
    """Whether any record points at a file, whoever may see it."""
    for relation in File._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        holders: Any = relation.related_model
        if holders._base_manager.filter(**{relation.field.name: file}).exists():
            return True
    return False
