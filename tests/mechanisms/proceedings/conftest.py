from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.kernel.procedures.assistance import ASSISTANCE
from zhengpin.mechanisms.proceedings import register, services
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding


@pytest.fixture(autouse=True, scope="session")
def _declared() -> Iterator[None]:
    if not any(one.procedure is ASSISTANCE for one in register.entries()):
        register.declare(ASSISTANCE, series="协查")
    yield


@pytest.fixture
def asker() -> Member:
    return factories.member(factories.organization("市市场监管局"), "approve")


@pytest.fixture
def asked() -> Member:
    return factories.member(factories.organization("市公安局"), "approve")


@pytest.fixture
def proceeding(asker: Member, asked: Member) -> Proceeding:
    """Asked on Monday, 2 March 2026."""
    return services.open_proceeding(
        procedure_code=ASSISTANCE.code,
        title="请协查一批涉嫌假冒的配件（示例）",
        member=asker,
        said=Particulars(date(2026, 3, 2)),
        now=factories.NOW,
        parties={"asker": asker.organization, "asked": asked.organization},
    )
