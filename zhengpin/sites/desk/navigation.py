"""Where one can go on the desk, and how much waits there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.duties import ADMINISTER, OVERSEE, READ_LEDGER
from zhengpin.mechanisms.decisions import queries as decisions
from zhengpin.mechanisms.handoffs import queries as handoffs
from zhengpin.mechanisms.proceedings import worklist
from zhengpin.sites.desk import queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from zhengpin.base.access.duties import Duty
    from zhengpin.base.access.models import Member

MANY = 99  # above it a badge says only that there are more


def _plans_to_review(member: Member) -> int:
    return queries.plans_to_review(member).order_by()[: MANY + 1].count()


def _handoffs_to_sign(member: Member) -> int:
    return handoffs.awaiting_receipt_count(member, MANY + 1)


def _decisions_waiting(member: Member) -> int:
    return decisions.waiting_count(member, MANY + 1)


def _pressing(member: Member) -> int:
    return worklist.pressing(member, now=timezone.now())


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation; ``count`` says how much there waits for the member.

    With ``duties``, only those see it whose post carries one of them.
    """

    title: _StrPromise
    view: str
    count: Callable[[Member], int] | None = None
    counted: _StrPromise | str = ""
    duties: tuple[Duty, ...] = ()

    def is_open_to(self, member: Member) -> bool:
        return not self.duties or any(member.holds(duty) for duty in self.duties)


PLACES = (
    Place(_("今日待办"), "worklist:list", _pressing, _("件今日到期或已逾期")),
    Place(_("工作台"), "desk:home"),
    Place(_("移交"), "handoffs:list", _handoffs_to_sign, _("件待签收")),
    Place(_("决定"), "decisions:list", _decisions_waiting, _("件等您办理")),
    Place(_("任务"), "tasks:list"),
    Place(_("计划"), "plans:list", _plans_to_review, _("件待核")),
    Place(_("法律"), "lawbase:index"),
    Place(_("单位"), "organizations:list", duties=(ADMINISTER,)),
    Place(_("人员"), "people:list", duties=(ADMINISTER,)),
    Place(_("账本"), "ledger:home", duties=(OVERSEE, READ_LEDGER)),
    Place(_("密封查阅"), "sealed:list", duties=(OVERSEE, READ_LEDGER)),
)


def badge(count: int) -> str:
    """Return a count as it stands beside an entry: nothing for none, 99+ for more."""
    return f"{MANY}+" if count > MANY else str(count or "")


def places_for(member: Member, path: str) -> list[dict[str, object]]:
    """Return the entries as the layout shows them; the longest address that fits is here."""
    shown = []
    for place in (one for one in PLACES if one.is_open_to(member)):
        address = reverse(place.view)
        count = place.count(member) if place.count else 0
        shown.append(
            {
                "title": place.title,
                "address": address,
                "count": badge(count),
                "counted": place.counted,
                "is_here": path == address or (address != "/" and path.startswith(address)),
            }
        )
    return shown
