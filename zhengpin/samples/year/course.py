"""Where a matter of the year stands while its steps are taken, as the services carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhengpin.kernel.procedures.model import HOLDER
from zhengpin.mechanisms.handoffs.kinds import COPY, RECEIVER, SENDER
from zhengpin.mechanisms.proceedings.due_days import Party

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from zhengpin.kernel.procedures import Move
    from zhengpin.samples.year.cast import Side
    from zhengpin.samples.year.story import Matter

    Row = tuple[Any, ...]


class Course:
    """One matter: its stage, holder, receiver, deliveries and roles after the steps so far."""

    def __init__(self, matter: Matter[Side], pk: int, number: str) -> None:
        self.matter, self.pk, self.uuid = matter, pk, number
        self.holder = matter.sender
        self.receiver = matter.receivers[0].side
        self.stage = ""
        self.is_answered = False
        self.deliveries: list[list[Any]] = [_delivery(matter, 0)]
        self._ended: dict[int, int | None] = {self.receiver.organization.pk: None}

    @property
    def is_final(self) -> bool:
        """Nothing is owed in a final stage."""
        return self.matter.kind.procedure.stage(self.stage).final

    def actor(self, move: Move, receiver: int) -> Side:
        return self.matter.receivers[receiver].side if RECEIVER in move.by else self.matter.sender

    def take(self, place: int, step: int) -> Move:
        """Take the step of a place and return its move."""
        act = self.matter.acts[place]
        move = self.matter.kind.procedure.move(act.move)
        if move is None:
            raise LookupError(act.move)
        if act.move in _MARKS:
            _MARKS[act.move](self, act.receiver, step)
        if move.hands_to is not None:
            self.holder = self.receiver if move.hands_to == RECEIVER else self.matter.sender
        self.stage = move.target
        return move

    def _sent(self, _receiver: int, step: int) -> None:
        self.deliveries[-1][2] = step

    def _resent(self, receiver: int, step: int) -> None:
        self.receiver = self.matter.receivers[receiver].side
        self._ended[self.receiver.organization.pk] = None
        self.deliveries.append(_delivery(self.matter, receiver))
        self.deliveries[-1][2] = step

    def _accepted(self, _receiver: int, step: int) -> None:
        self.deliveries[-1][3] = step

    def _refused(self, _receiver: int, step: int) -> None:
        self.deliveries[-1][4] = step
        self._ended[self.receiver.organization.pk] = step

    def _answered(self, _receiver: int, _step: int) -> None:
        self.is_answered = True

    def standings(self) -> Iterator[Row]:
        """Yield who stands in which role, and which step ended that."""
        yield self.pk, self.matter.sender.organization.pk, SENDER, None
        for organization, ended_by in self._ended.items():
            yield self.pk, organization, RECEIVER, ended_by
        if self.matter.copied is not None:
            yield self.pk, self.matter.copied.organization.pk, COPY, None

    def parties(self) -> dict[str, Party]:
        """Return who owes and who waits, by role."""
        parties = {HOLDER: _party(self.holder), SENDER: _party(self.matter.sender)}
        if self._ended[self.receiver.organization.pk] is None:
            parties[RECEIVER] = _party(self.receiver)
        return parties


_MARKS: Mapping[str, Callable[[Course, int, int], None]] = {
    "send": Course._sent,
    "approve": Course._sent,
    "resend": Course._resent,
    "accept": Course._accepted,
    "refuse": Course._refused,
    "give_back": Course._refused,
    "answer": Course._answered,
}


def _delivery(matter: Matter[Side], receiver: int) -> list[Any]:
    """Return receiver and why, with no step yet that sent, accepted or refused it."""
    to = matter.receivers[receiver]
    return [to.side.organization.pk, to.why, None, None, None]


def _party(side: Side) -> Party:
    return Party(side.organization.pk, side.organization.region.code)
