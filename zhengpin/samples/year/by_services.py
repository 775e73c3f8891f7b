"""Enters matters as their people would: every step through the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.mechanisms.handoffs import services as handoffs
from zhengpin.mechanisms.handoffs.addressing import Addressee
from zhengpin.mechanisms.handoffs.kinds import RECEIVER
from zhengpin.mechanisms.handoffs.letter import Letter
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.particulars import Particulars
from zhengpin.samples.year.words import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from zhengpin.mechanisms.handoffs.models import Handoff
    from zhengpin.samples.year.cast import Side
    from zhengpin.samples.year.story import Act, Matter, Receiver


def enter(matters: Iterable[Matter[Side]], *, now: datetime) -> None:
    """Enter matters one after the other, each step as its member."""
    for matter in matters:
        handoff = _draft(matter, now)
        for act in matter.acts[1:]:
            _take(handoff, matter, act, now)


def _draft(matter: Matter[Side], now: datetime) -> Handoff:
    said = wording(matter.kind.code, matter.variant)
    return handoffs.draft(
        kind_code=matter.kind.code,
        letter=Letter(
            title=said.title,
            ground=said.ground,
            content=said.content,
            copies=[matter.copied.organization] if matter.copied else [],
            limits=matter.limits,
        ),
        to=_addressee(matter.receivers[0]),
        member=matter.sender.handler,
        said=Particulars(matter.acts[0].on),
        now=now,
    )


def _addressee(receiver: Receiver[Side]) -> Addressee:
    return Addressee(receiver.side.organization, receiver.why)


def _take(handoff: Handoff, matter: Matter[Side], act: Act, now: datetime) -> None:
    move = matter.kind.procedure.move(act.move)
    if move is None:
        raise LookupError(act.move)
    side = matter.receivers[act.receiver].side if RECEIVER in move.by else matter.sender
    member, said = side.acting(move.duty), Particulars(act.on, note=act.note, limits=act.limits)
    plain = _PLAIN.get(act.move)
    handoff.proceeding.refresh_from_db()
    handoff.refresh_from_db()
    if act.move == "resend":
        to = _addressee(matter.receivers[act.receiver])
        handoffs.resend(handoff=handoff, to=to, member=member, said=said, now=now)
    elif act.move == "answer":
        reply = wording(matter.kind.code, matter.variant).reply or {}
        handoffs.answer(handoff=handoff, reply=reply, member=member, said=said, now=now)
    elif plain is not None:
        plain(handoff=handoff, member=member, said=said, now=now)
    else:
        engine.make_move(
            proceeding=handoff.proceeding, move_code=act.move, member=member, said=said, now=now
        )


_PLAIN: Mapping[str, Callable[..., object]] = {
    "send": handoffs.send,
    "approve": handoffs.send,
    "accept": handoffs.accept,
    "refuse": handoffs.refuse,
    "give_back": handoffs.refuse,
}
