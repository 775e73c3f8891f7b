"""Through what a file is seen: each part of the house that hangs files on records says so here.

A holder is a function of the member that gives a condition over files, an ``Exists`` over the
records the member may see that point at ``OuterRef("pk")``. It is registered in
``AppConfig.ready`` of the app whose records hold files::

    holders.register("plans", queries.holds_file)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Exists, Q

    from zhengpin.base.access.models import Member

    Holder = Callable[[Member], Exists | Q]

HOLDERS: dict[str, Holder] = {}


def register(name: str, holder: Holder) -> None:
    """Let files be seen through the records of ``holder``; a name is registered once."""
    if HOLDERS.setdefault(name, holder) is not holder:
        message = f"holder {name} is registered twice"
        raise ValueError(message)
