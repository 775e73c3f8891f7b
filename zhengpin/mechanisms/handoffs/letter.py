"""What a sender writes: title, ground, the list of what is handed over, copies, days to fix."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpin.base.organizations.models import Organization
    from zhengpin.kernel.procedures import Limit
    from zhengpin.mechanisms.handoffs.models import Handoff
    from zhengpin.mechanisms.proceedings.models import Proceeding


@dataclass(frozen=True, slots=True)
class Letter:
    """来函: the same for every organization it goes to. ``content`` has the kind's shape."""

    title: str
    ground: str
    content: Mapping[str, Any]
    copies: Sequence[Organization] = ()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    refers_to: Proceeding | None = None
    passed_from: Handoff | None = None
