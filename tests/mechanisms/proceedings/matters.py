"""One organization asks another to assist: the matter that tests of the engine carry through."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests import factories
from tests.kernel.procedures.assistance import ASSISTANCE
from zhengpin.mechanisms.proceedings import register, services
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding


def declare() -> None:
    """Put the procedure of the tests into the register, once."""
    if not any(one.procedure is ASSISTANCE for one in register.entries()):
        register.declare(ASSISTANCE, series="协查")


def side(name: str) -> Member:
    return factories.member(factories.organization(name), "approve")


def asked_for(asker: Member, asked: Member) -> Proceeding:
    """Return a matter that was asked for on Monday, 2 March 2026."""
    return services.open_proceeding(
        procedure_code=ASSISTANCE.code,
        title="请协查一批涉嫌假冒的配件（示例）",
        member=asker,
        said=Particulars(date(2026, 3, 2)),
        now=factories.NOW,
        parties={"asker": asker.organization, "asked": asked.organization},
    )
