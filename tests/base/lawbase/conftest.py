"""What the tests of the law data share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from zhengpin.base.access.models import Member


@pytest.fixture
def reader(db: None) -> Member:
    """A member of a unit without any duty."""
    return factories.member(factories.organization("市市场监管局"))


@pytest.fixture
def desk(client: Client, reader: Member) -> Client:
    """A client where a member without any duty is signed in."""
    client.force_login(reader.person)
    return client
