"""The declaration of a kind of hand-off, and the procedure that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from zhengpin.kernel.procedures import Citation, Clock, Move, Procedure, Stage
from zhengpin.mechanisms.proceedings import register

if TYPE_CHECKING:
    from datetime import date

    from pydantic import BaseModel

SENDER, RECEIVER, COPY = "sender", "receiver", "copy"
RECEIPT, ANSWER = "receipt", "answer"
SENDING = frozenset({"send", "approve"})
"""The moves by which a draft leaves: without and with approval."""


class Reach(StrEnum):
    """To which regions a kind may be sent, seen from the sender."""

    SAME = "same"  # the sender's own region
    OTHER = "other"  # a region that neither contains nor lies in the sender's
    BELOW = "below"  # a region inside the sender's, or the sender's own
    ANY = "any"


@dataclass(frozen=True, slots=True)
class HandoffKind:
    """移交种类: who may hand what to whom, on which ground, within which limits.

    ``rows`` are the requirements it serves, ``partly`` those of which it serves a part.
    ``content`` is the typed list of what is handed over and ``outline`` the names of its fields
    the receiver may read before signing; ``reply`` is the form of the answer, None where signing
    is all that is asked. Functions are codes of the table of names; an empty set stands for any
    organization. ``receipt_rule`` and ``answer_rule`` are rows of the law's deadlines; None where
    the law sets none: then the sender may fix a day, with its source, and otherwise it is 未设定.
    One that is not ``is_offered`` is drafted by another mechanism, from a page of its own.
    """

    code: str
    title: str
    series: str
    in_force_from: date
    content: type[BaseModel]
    reply: type[BaseModel] | None
    rows: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()
    outline: tuple[str, ...] = ()
    senders: frozenset[str] = frozenset()
    receivers: frozenset[str] = frozenset()
    reach: Reach = Reach.ANY
    receipt_rule: str | None = None
    answer_rule: str | None = None
    needs_approval: bool = True
    may_be_passed_on: bool = False
    takes_copies: bool = True
    is_offered: bool = True
    procedure: Procedure = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "procedure", _procedure(self))


KINDS: dict[str, HandoffKind] = {}


_HANDLE, _APPROVE = "handle", "approve"


def declare(kind: HandoffKind) -> HandoffKind:
    """Add a kind and its procedure to the registers and return it; a code is declared once."""
    register.declare(
        kind.procedure, series=kind.series, coordinated=True, rows=kind.rows, partly=kind.partly
    )
    KINDS[kind.code] = kind
    return kind


def ordered() -> list[HandoffKind]:
    """Return the kinds as lists show them: by the requirement they serve."""
    return sorted(KINDS.values(), key=lambda one: (one.rows + one.partly, one.code))


SIGNED = frozenset({"handling", "signed"})
"""Where a hand-off is once its receiver has signed for it."""

_STAGES = (
    Stage("drafted", "拟稿", inside=True),
    Stage("submitted", "待审批", inside=True),
    Stage("sent", "已发出"),
    Stage("refused", "被拒收", aside=True),
    Stage("handling", "办理中"),
    Stage("answered", "已答复"),
    Stage("fed_back", "已反馈"),
    Stage("concluded", "办结", final=True),
    Stage("signed", "已签收", final=True),
    Stage("withdrawn", "已撤回", final=True, aside=True),
    Stage("dropped", "作废", final=True, inside=True, aside=True),
)


_OF_ANSWERS = frozenset({"handling", "answered", "fed_back", "concluded"})


def _procedure(kind: HandoffKind) -> Procedure:
    unused = {"signed"} if kind.reply else _OF_ANSWERS
    if not kind.needs_approval:
        unused |= {"submitted"}
    stages = tuple(one for one in _STAGES if one.code not in unused)
    return Procedure(
        code=kind.code,
        title=kind.title,
        in_force_from=kind.in_force_from,
        stages=stages,
        moves=(*_until_sent(kind), *_after_sending(kind)),
        clocks=_clocks(kind),
        roles=frozenset({SENDER, RECEIVER}),
        basis=kind.basis,
    )


def _fixed(kind: HandoffKind) -> frozenset[str]:
    """Return the clocks whose day whoever sends may fix, because the law fixes none."""
    rules = {RECEIPT: kind.receipt_rule}
    if kind.reply is not None:
        rules[ANSWER] = kind.answer_rule
    return frozenset(code for code, rule in rules.items() if rule is None)


_OF_SENDER, _OF_RECEIVER = frozenset({SENDER}), frozenset({RECEIVER})


def _until_sent(kind: HandoffKind) -> tuple[Move, ...]:
    basis = kind.basis[0] if kind.basis else None
    drafted, submitted = frozenset({"drafted"}), frozenset({"submitted"})
    draft = Move("draft", "拟稿", frozenset(), "drafted", basis=basis, duty=_HANDLE)
    drop = Move("drop", "作废", drafted, "dropped", by=_OF_SENDER, duty=_HANDLE)
    if not kind.needs_approval:
        send = Move(
            "send", "发出", drafted, "sent", basis, _OF_SENDER, _HANDLE,
            sets=_fixed(kind), carries=True,
        )  # fmt: skip
        return draft, send, drop
    return (
        draft,
        Move("submit", "送审", drafted, "submitted", by=_OF_SENDER, duty=_HANDLE),
        Move(
            "approve", "审批发出", submitted, "sent", basis, _OF_SENDER, _APPROVE,
            sets=_fixed(kind), carries=True,
        ),
        Move(
            "turn_down", "退回修改", submitted, "drafted", None, _OF_SENDER, _APPROVE,
            needs_note=True,
        ),
        drop,
    )  # fmt: skip


def _after_sending(kind: HandoffKind) -> tuple[Move, ...]:
    answering = () if kind.reply is None else _answering(kind)
    back = frozenset({"sent", "refused"})
    withdraw = Move("withdraw", "撤回", back, "withdrawn", by=_OF_SENDER, duty=_HANDLE)
    return (*_delivering(kind), *answering, withdraw)


def _delivering(kind: HandoffKind) -> tuple[Move, ...]:
    sent, refused = frozenset({"sent"}), frozenset({"refused"})
    return (
        Move(
            "accept", "签收", sent, "handling" if kind.reply else "signed",
            by=_OF_RECEIVER, duty=_HANDLE, hands_to=RECEIVER if kind.reply else None, carries=True,
        ),
        Move(
            "refuse", "拒收", sent, "refused",
            by=_OF_RECEIVER, duty=_HANDLE, needs_note=True, carries=True,
        ),
        Move(
            "resend", "改送", refused, "sent",
            by=_OF_SENDER, duty=_HANDLE, sets=_fixed(kind), carries=True,
        ),
    )  # fmt: skip


def _answering(kind: HandoffKind) -> tuple[Move, ...]:
    handling, answered = frozenset({"handling"}), frozenset({"answered"})
    back = frozenset({"answered", "fed_back"})
    return (
        Move(
            "answer", "答复", handling, "answered",
            by=_OF_RECEIVER, duty=_HANDLE, hands_to=SENDER, carries=True,
        ),
        Move(
            "give_back", "退回", handling, "refused",
            by=_OF_RECEIVER, duty=_HANDLE, hands_to=SENDER, needs_note=True, carries=True,
        ),
        Move(
            "ask_again", "要求补充答复", answered, "handling",
            by=_OF_SENDER, duty=_HANDLE, hands_to=RECEIVER, needs_note=True,
            sets=_fixed(kind) - {RECEIPT},
        ),
        Move(
            "feed_back", "反馈", answered, "fed_back",
            by=_OF_SENDER, duty=_HANDLE, needs_note=True,
        ),
        Move("conclude", "办结", back, "concluded", by=_OF_SENDER, duty=_HANDLE),
    )  # fmt: skip


def _clocks(kind: HandoffKind) -> tuple[Clock, ...]:
    sending = frozenset({"approve" if kind.needs_approval else "send", "resend"})
    ends = frozenset({"refuse", "withdraw"} | ({"give_back"} if kind.reply else set()))
    receipt = Clock(
        RECEIPT, "签收期限", sending, ends | {"accept"},
        rule=kind.receipt_rule, owed_by=RECEIVER, owed_to=SENDER,
    )  # fmt: skip
    if kind.reply is None:
        return (receipt,)
    asks = sending if kind.answer_rule is None else frozenset({"accept"})
    return (
        receipt,
        Clock(
            ANSWER, "答复期限", asks | {"ask_again"}, ends | {"answer"},
            rule=kind.answer_rule, owed_by=RECEIVER, owed_to=SENDER,
        ),
    )  # fmt: skip
