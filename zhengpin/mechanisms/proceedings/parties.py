"""Who stands in which role of a matter: changed inside the act that changes it, by no other.

The act records the entry in the ledger and holds the lock of the matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.mechanisms.proceedings.models import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpin.base.organizations.models import Organization
    from zhengpin.mechanisms.proceedings.models import Proceeding, Step


def stand(proceeding: Proceeding, role: str, organizations: Iterable[Organization]) -> None:
    """Let organizations stand in a role, also those that had stood in it before."""
    Standing.objects.bulk_create(
        [Standing(proceeding=proceeding, organization=one, role=role) for one in organizations],
        update_conflicts=True,
        unique_fields=["organization", "proceeding", "role"],
        update_fields=["ended_by"],
    )


def end(proceeding: Proceeding, role: str, by: Step) -> None:
    """Let nobody stand in a role any more; those who did read what was done up to ``by``."""
    proceeding.standings.standing().filter(role=role).update(ended_by=by)
