"""The place on a matter's page where the mechanism above it puts what the matter is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest

    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding

    Context = Callable[[Member, Proceeding], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Slot:
    """One block: a template, and what it is shown with.

    ``own_moves`` are moves that the block itself offers, with forms of its own: the page then
    leaves them out.
    """

    template: str
    context: Context
    own_moves: frozenset[str] = field(default_factory=frozenset)


_SLOTS: dict[str, Slot] = {}


def offer(procedure_code: str, slot: Slot) -> None:
    """Put a block on the page of every matter of a procedure; a procedure has one block."""
    if procedure_code in _SLOTS:
        message = f"procedure {procedure_code} has two blocks"
        raise ValueError(message)
    _SLOTS[procedure_code] = slot


def own_moves(procedure_code: str) -> frozenset[str]:
    """Return the moves that a procedure's block offers itself."""
    slot = _SLOTS.get(procedure_code)
    return slot.own_moves if slot else frozenset()


def block(request: HttpRequest, member: Member, proceeding: Proceeding) -> str:
    """Return the block of a matter, rendered; "" where its procedure has none."""
    slot = _SLOTS.get(proceeding.procedure_code)
    if slot is None:
        return ""
    shown = {"proceeding": proceeding, **slot.context(member, proceeding)}
    return render_to_string(slot.template, shown, request)
