"""The places on a matter's page where the mechanisms above put what is theirs.

The block of a procedure says what its matters are about; what is beside stands on every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.forms import Form
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.proceedings.models import Proceeding

    Context = Callable[[Member, Proceeding, Sequence[Move], Form | None], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Slot:
    """One block: a template, and what it is shown with.

    The moves that carry more than their particulars are given to the block: it offers those the
    member may take now, the page all others. The form is the one that was sent from the page and
    refused, whosever it is; None where nothing was.
    """

    template: str
    context: Context


_SLOTS: dict[str, Slot] = {}
_BESIDE: list[Slot] = []


def offer(procedure_code: str, slot: Slot) -> None:
    """Put a block on the page of every matter of a procedure; a procedure has one block."""
    if procedure_code in _SLOTS:
        message = f"procedure {procedure_code} has two blocks"
        raise ValueError(message)
    _SLOTS[procedure_code] = slot


def beside(slot: Slot) -> None:
    """Put a block on the page of every matter, after the steps that can be taken."""
    _BESIDE.append(slot)


def block(
    request: HttpRequest,
    member: Member,
    proceeding: Proceeding,
    moves: Iterable[Move],
    refused: Form | None = None,
) -> str:
    """Return the block of a matter, rendered; "" where its procedure has none."""
    slot = _SLOTS.get(proceeding.procedure_code)
    if slot is None:
        return ""
    carrying = [one for one in moves if one.carries]
    return _rendered(
        request, slot, proceeding, slot.context(member, proceeding, carrying, refused)
    )


def blocks_beside(
    request: HttpRequest, member: Member, proceeding: Proceeding
) -> list[SafeString]:
    """Return what stands on the page of every matter, rendered."""
    return [
        _rendered(request, slot, proceeding, slot.context(member, proceeding, (), None))
        for slot in _BESIDE
    ]


def _rendered(
    request: HttpRequest, slot: Slot, proceeding: Proceeding, shown: Mapping[str, object]
) -> SafeString:
    return render_to_string(slot.template, {"proceeding": proceeding, **shown}, request)
