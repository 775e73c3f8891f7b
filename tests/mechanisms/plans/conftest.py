"""What the tests of plans share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import factories

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Plan


@pytest.fixture
def office(db: None) -> Member:
    """A member of the city's office who imports plans; the city's units exist."""
    factories.city_units()
    return factories.importer()


@pytest.fixture
def plan(office: Member) -> Plan:
    """The city's plan, in review."""
    return factories.plan(office)
