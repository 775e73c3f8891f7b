"""The place on a matter's page where the mechanism above it puts what the matter is about."""

from __future__ import annotations

from dataclasses import dataclass
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

    Moves that carry more than their particulars are offered by the block, not by the page.
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


def block(request: HttpRequest, member: Member, proceeding: Proceeding) -> str:
    """Return the block of a matter, rendered; "" where its procedure has none."""
    slot = _SLOTS.get(proceeding.procedure_code)
    if slot is None:
        return ""
    shown = {"proceeding": proceeding, **slot.context(member, proceeding)}
    return render_to_string(slot.template, shown, request)
