"""The story of the year: a seed and a number give one matter with its steps; pure.

The opening days go through the working days of the year in the order of the numbers, so that
numbers, like those of real matters, grow with the days.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from zhengpin.kernel.calendars import mainland
from zhengpin.kernel.procedures import Limit
from zhengpin.mechanisms.handoffs.kinds import ANSWER, RECEIPT
from zhengpin.samples.year import turns, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhengpin.mechanisms.handoffs.kinds import HandoffKind
    from zhengpin.samples.year.turns import Turn

Side = TypeVar("Side")

DAYS = 365
_BEYOND = 60  # days after the last on which something may be due
_RECEIPT_IN = 3  # working days after sending, in letters that ask for a receipt by a day
_SOURCE = "来函所定（示例）"
_ASKED = 85  # of a hundred letters fix days where the law sets none
_COPIED = 12  # of a hundred are copied to a further organization
_TURNED_DOWN = 6  # of a hundred are turned down once by whoever approves
_KINDS = {"plan_task_assignment": 60, "market_assistance": 6, "tax_lead": 5}
_KIND_ELSE = 3


class Receiver(NamedTuple, Generic[Side]):
    """An organization a kind may go to, and the sentence that says why."""

    side: Side
    why: str


@dataclass(frozen=True, slots=True)
class Route(Generic[Side]):
    """One kind with its senders, each with those it may be sent to."""

    kind: HandoffKind
    senders: Sequence[tuple[Side, Sequence[Receiver[Side]]]]


@dataclass(frozen=True, slots=True)
class Act:
    """One step. ``receiver`` is the place among the receivers, once it is sent to the second."""

    move: str
    on: date
    note: str = ""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    receiver: int = 0


@dataclass(frozen=True, slots=True)
class Matter(Generic[Side]):
    """One hand-off from its draft on; ``limits`` are the days the drafter proposes."""

    kind: HandoffKind
    sender: Side
    receivers: tuple[Receiver[Side], ...]
    copied: Side | None
    variant: int
    limits: Mapping[str, Limit]
    acts: tuple[Act, ...]


class Story(Generic[Side]):
    """The matters of one year that ends on ``last``."""

    def __init__(
        self, routes: Sequence[Route[Side]], *, last: date, seed: int, cases: int
    ) -> None:
        self._routes = routes
        self._senders = [one for route in routes for one, _ in route.senders]
        self._weights = list(accumulate(_KINDS.get(one.kind.code, _KIND_ELSE) for one in routes))
        self._ways = [way for _, way in turns.WAYS]
        self._shares = list(accumulate(share for share, _ in turns.WAYS))
        self._seed, self._cases = seed, cases
        working = mainland().is_working
        first = last - timedelta(days=DAYS - 1)
        days = (first + timedelta(days=one) for one in range(DAYS + _BEYOND))
        self._days = [one for one in days if working(one)]
        self._until = sum(one <= last for one in self._days)

    def matter(self, number: int) -> Matter[Side]:
        """Return the matter of a number from 0 on."""
        chance = random.Random(f"{self._seed}/{number}")  # noqa: S311 — a story, no secret
        (route,) = chance.choices(self._routes, cum_weights=self._weights)
        sender, known = chance.choice(route.senders)
        kind, (way,) = route.kind, chance.choices(self._ways, cum_weights=self._shares)
        receivers = tuple(chance.sample(known, min(len(known), 2)))
        if len(receivers) < 2:
            way = _to_one(way)
        if kind.needs_approval:
            way = turns.by_approval(way, turned_down=chance.randrange(100) < _TURNED_DOWN)
        way = tuple(takewhile(lambda one: kind.procedure.move(one.move) is not None, way))
        opened = number * self._until // self._cases
        is_dated, length = chance.randrange(100) < _ASKED, chance.choice(turns.LENGTHS)
        limits = self._limits(kind, opened, length) if is_dated else {}
        return Matter(
            kind,
            sender,
            receivers,
            self._copied(chance, route, sender, receivers),
            chance.randrange(words.VARIANTS),
            limits,
            tuple(self._acts(chance, way, opened, limits)),
        )

    def _copied(
        self,
        chance: random.Random,
        route: Route[Side],
        sender: Side,
        receivers: Sequence[Receiver[Side]],
    ) -> Side | None:
        if not route.kind.takes_copies or chance.randrange(100) >= _COPIED:
            return None
        copied = chance.choice(self._senders)
        taken = [sender, *(one.side for one in receivers)]
        return None if copied in taken else copied

    def _limits(self, kind: HandoffKind, opened: int, length: int) -> dict[str, Limit]:
        """Return the days that the letter itself asks for, where the law sets none."""
        asked = {RECEIPT: (kind.receipt_rule, _RECEIPT_IN), ANSWER: (kind.answer_rule, length)}
        return {
            code: Limit(self._day(opened + _MOST_BEFORE_SENDING + days), _SOURCE)
            for code, (rule, days) in asked.items()
            if rule is None and any(one.code == code for one in kind.procedure.clocks)
        }

    def _day(self, place: int) -> date:
        return self._days[min(place, len(self._days) - 1)]

    def _acts(
        self,
        chance: random.Random,
        way: Sequence[Turn],
        opened: int,
        limits: Mapping[str, Limit],
    ) -> list[Act]:
        acts, place, receiver = [], opened, 0
        for move, least, most in way:
            place += chance.randint(least, most)
            if place >= self._until:
                break
            receiver += move == turns.TO_ANOTHER
            fixed = self._again(move, place, limits)
            acts.append(Act(move, self._days[place], _NOTES.get(move, ""), fixed, receiver))
        return acts

    def _again(self, move: str, place: int, limits: Mapping[str, Limit]) -> dict[str, Limit]:
        """Return the days that sending to another, or asking once more, fixes anew."""
        asked = _ANEW.get(move, {})
        return {
            code: Limit(self._day(place + days), _SOURCE)
            for code, days in asked.items()
            if code in limits
        }


_MOST_BEFORE_SENDING = 5
_ANEW = {
    turns.TO_ANOTHER: {RECEIPT: _RECEIPT_IN, ANSWER: turns.LENGTHS[0]},
    "ask_again": {ANSWER: turns.LENGTHS[0]},
}
_NOTES = {
    "turn_down": "事实部分请写明来源（示例）",
    "refuse": "经核，此事不属本单位管辖（示例）",
    "give_back": "核查后发现不属本单位管辖（示例）",
    "ask_again": "请补充查处结果（示例）",
    "feed_back": "答复已收到，情况已入档（示例）",
}


def _to_one(way: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Return the moves where there is no other to send to: the matter stays refused."""
    moves = [one.move for one in way]
    return way[: moves.index(turns.TO_ANOTHER)] if turns.TO_ANOTHER in moves else way
