"""The place on a matter's page where the mechanism above it puts what the matter is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.http import HttpRequest

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.procedures import Move
    from zhengpin.mechanisms.proceedings.models import Proceeding

    Context = Callable[[Member, Proceeding, Sequence[Move]], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Slot:
    """One block: a template, and what it is shown with.

    The moves that carry more than their particulars are given to the block: it offers those the
    member may take now, the page all others.
    """

    template: str
    context: Context


_SLOTS: dict[str, Slot] = {}


def offer(procedure_code: str, slot: Slot) -> None:
    """Put a block on the page of every matter of a procedure; a procedure has one block."""
    if procedure_code in _SLOTS:
        message = f"procedure {procedure_code} has two blocks"
        raise ValueError(message)
    _SLOTS[procedure_code] = slot


def block(
    request: HttpRequest, member: Member, proceeding: Proceeding, moves: Iterable[Move]
) -> str:
    """Return the block of a matter, rendered; "" where its procedure has none."""
    slot = _SLOTS.get(proceeding.procedure_code)
    if slot is None:
        return ""
    carrying = [one for one in moves if one.carries]
    shown = {"proceeding": proceeding, **slot.context(member, proceeding, carrying)}
    return render_to_string(slot.template, shown, request)
