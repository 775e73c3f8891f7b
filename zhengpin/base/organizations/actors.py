"""Who may manage organizations: a member, seen from below people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from uuid import UUID

    from zhengpin.base.organizations.models import Organization, Region


class Administrator(Protocol):
    """What the services here ask of the member who acts; ``access`` has the members."""

    @property
    def uuid(self) -> UUID: ...

    @property
    def organization(self) -> Organization: ...

    @property
    def region_prefix(self) -> str: ...

    def require_administration(self, region: Region) -> None:
        """Raise unless this member may manage the organizations of ``region``."""
