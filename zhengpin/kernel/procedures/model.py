"""The declaration of a procedure: stages, moves and clocks, each with its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

HOLDER = "holder"
"""The role of whoever holds the matter at the moment; every other role is a named organization."""


@dataclass(frozen=True, slots=True)
class Citation:
    """依据: the text a move or procedure rests on; ``article`` as the text writes it."""

    title: str
    article: str = ""
    number: str = ""

    def __str__(self) -> str:
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{self.article}"


@dataclass(frozen=True, slots=True)
class Stage:
    """阶段: where a matter is. Nothing is owed in a final stage.

    In an ``inside`` stage the matter is its holder's own affair: those who stand in a role of it
    do not see it, nor, later, the steps that led to such a stage. One that is ``aside`` lies off
    the usual way (refused, withdrawn): it is shown once a matter has been there.
    """

    code: str
    title: str
    final: bool = False
    inside: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """动作: one step that can be taken.

    The opening move has no ``sources``. ``by`` names the roles whose members may take it,
    ``duty`` the code of the duty their post must carry. ``hands_to`` is the role that holds the
    matter afterwards. ``needs_note`` asks for reasons in words, ``sets`` names clocks whose last
    day the step itself may fix (an assignment, a decision): clocks for which the law sets none,
    and extensions whose length the law leaves to the decision. One that ``carries`` more than its
    particulars (an answer, an address, votes) is taken by the mechanism it belongs to alone; of
    one that is ``quiet`` that mechanism tells people itself.
    """

    code: str
    title: str
    sources: frozenset[str]
    target: str
    basis: Citation | None = None
    by: frozenset[str] = frozenset({HOLDER})
    duty: str | None = None
    hands_to: str | None = None
    needs_note: bool = False
    sets: frozenset[str] = frozenset()
    carries: bool = False
    quiet: bool = False

    @property
    def opens(self) -> bool:
        return not self.sources


@dataclass(frozen=True, slots=True)
class Clock:
    """期限: a limit of this procedure.

    ``rule`` is a row of the law's deadlines, or of its family in force on the day; None where
    the law sets none: then only a step may fix the day, and otherwise it is 未设定.
    """

    code: str
    title: str
    starts_on: frozenset[str]
    stops_on: frozenset[str]
    rule: str | None = None
    owed_by: str = HOLDER
    owed_to: str | None = None
    pauses_on: frozenset[str] = frozenset()
    resumes_on: frozenset[str] = frozenset()
    extends_on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Procedure:
    """程序: how one kind of matter is carried, as of ``in_force_from``.

    A changed law is a new declaration with the same code and a later day; a matter keeps the
    version it began under. ``roles`` names the organizations that take part beside the holder;
    those in a role that is ``told_apart`` are told by the mechanism what concerns them, not by the
    engine of each step.
    """

    code: str
    title: str
    in_force_from: date
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    clocks: tuple[Clock, ...] = ()
    roles: frozenset[str] = frozenset()
    told_apart: frozenset[str] = frozenset()
    basis: tuple[Citation, ...] = ()
    _stages: dict[str, Stage] = field(init=False, repr=False, compare=False)
    _moves: dict[str, Move] = field(init=False, repr=False, compare=False)
    _clocks: dict[str, Clock] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_stages", {one.code: one for one in self.stages})
        object.__setattr__(self, "_moves", {one.code: one for one in self.moves})
        object.__setattr__(self, "_clocks", {one.code: one for one in self.clocks})

    def stage(self, code: str) -> Stage:
        return self._stages[code]

    def move(self, code: str) -> Move | None:
        return self._moves.get(code)

    def clock(self, code: str) -> Clock:
        return self._clocks[code]

    @property
    def opening(self) -> Move:
        """The move that opens a matter."""
        return next(one for one in self.moves if one.opens)

    def moves_from(self, stage: str) -> tuple[Move, ...]:
        return tuple(one for one in self.moves if stage in one.sources)
