from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mechanisms.proceedings import matters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding


@pytest.fixture(autouse=True, scope="session")
def _declared() -> Iterator[None]:
    matters.declare()
    yield


@pytest.fixture
def asker() -> Member:
    return matters.side("市市场监管局")


@pytest.fixture
def asked() -> Member:
    return matters.side("市公安局")


@pytest.fixture
def proceeding(asker: Member, asked: Member) -> Proceeding:
    return matters.asked_for(asker, asked)
