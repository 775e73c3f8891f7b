"""What the tests of the desk share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from zhengpin.base.access.models import Member


@pytest.fixture
def office(db: None) -> Member:
    """A member of the city's office who imports plans; the city's units exist."""
    factories.city_units()
    return factories.importer()


@pytest.fixture
def desk(client: Client, office: Member) -> Client:
    """A client where the office's member is signed in."""
    client.force_login(office.person)
    return client
