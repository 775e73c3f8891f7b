"""The tree a plan compiles to: frozen values, every node with its place in the source text.

Spans are ``[start, end)`` character offsets into ``Source.text``. The pieces of a plan tile the
source without gap or overlap: ``Plan.reassemble()`` is the source, character for character.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]


class Role(StrEnum):
    """What a unit is in one assignment: 牵头, 参加 or the only one."""

    LEAD = "lead"
    MEMBER = "member"
    SOLE = "sole"


class Mode(StrEnum):
    """How an assignment shares the work out."""

    LEAD_AND_MEMBERS = "lead+members"
    BY_DUTY = "by-duty"
    CO_LEAD = "co-lead"
    SOLE = "sole"


class Kind(StrEnum):
    """What an item is: work to do, a phase of the schedule, or a safeguard."""

    TASK = "task"
    PHASE = "phase"
    SAFEGUARD = "safeguard"


class Numbering(StrEnum):
    """Whether item numbers run on through the sections or restart in each."""

    CONTINUOUS = "continuous"
    PER_SECTION = "per-section"


class PieceKind(StrEnum):
    """What a stretch of source text is."""

    BLANK = "blank"
    HEADER = "header"
    TITLE = "title"
    PREAMBLE = "preamble"
    SECTION = "section"
    ITEM = "item"
    ACTION = "action"
    ASSIGNMENT = "assignment"
    BODY = "body"
    FURNITURE = "furniture"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source text and what it was read as."""

    kind: PieceKind
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """责任单位: one unit named in an assignment, as written and in full."""

    name: str
    full: str
    role: Role
    collective: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Clause:
    """款: one piece of work with one assignment.

    ``text`` is the action text as in the source without white space; ``assignment`` the words that
    assign it, verbatim; ``due`` the words that set a time limit, verbatim, or None (未设定).
    """

    address: str
    text: str
    span: Span
    assignment: str | None
    assignment_span: Span | None
    mode: Mode | None
    open_ended: bool
    units: tuple[Unit, ...]
    campaigns: tuple[str, ...]
    due: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """条: a numbered item of a section."""

    no: int
    section: int
    title: str
    kind: Kind
    span: Span
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """章: a chapter; its span runs to the next one."""

    no: int
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Instrument:
    """依据文件: an instrument the plan cites, by title, by number or by both."""

    title: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Phase:
    """阶段: a dated phase; ``first`` and ``last`` are ISO dates, YYYY-MM where no day is given."""

    phase: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A place the compiler could not decide or repaired: code, 1-based line, a sentence."""

    code: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """The document the plan was read from; ``sha256`` is of its bytes."""

    name: str
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """计划: a compiled work plan; see ``plan.schema.json`` for its JSON."""

    source: Source
    title: str | None
    notice_title: str | None
    issuer: str | None
    doc_number: str | None
    issued_on: str | None
    year: int | None
    region: str | None
    numbering: Numbering
    addressees: tuple[str, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    campaigns: tuple[str, ...]
    instruments: tuple[Instrument, ...]
    timeline: tuple[Phase, ...]
    problems: tuple[Problem, ...]
    pieces: tuple[Piece, ...]

    def reassemble(self) -> str:
        """Return the source text put together again from the pieces of the tree."""
        return "".join(piece.text for piece in self.pieces)
