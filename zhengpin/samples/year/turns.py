"""How the matters of the year go: which moves, each how many working days after the last.

Most are answered in time; some are late, silent, refused and sent to another, given back,
withdrawn or dropped. What would happen after the last day has not happened yet.
"""

from __future__ import annotations

from typing import NamedTuple

TO_ANOTHER = "resend"
"""The move with which a matter goes to a second organization."""

LENGTHS = (10, 15, 20)
"""Working days after sending on which the invented letters ask for an answer."""


class Turn(NamedTuple):
    """One move and the fewest and most working days since the move before."""

    move: str
    least: int
    most: int


_SENT = (Turn("draft", 0, 0), Turn("send", 0, 2))
_ACCEPTED = (*_SENT, Turn("accept", 0, 2))
_ANSWERED = (*_ACCEPTED, Turn("answer", 2, 7))
_CONCLUDED = Turn("conclude", 1, 5)
_LATE = Turn("answer", 26, 45)
_AFTER = (Turn("accept", 0, 2), Turn("answer", 2, 7), _CONCLUDED)

WAYS: tuple[tuple[int, tuple[Turn, ...]], ...] = (
    (420, (*_ANSWERED, _CONCLUDED)),
    (40, (*_ANSWERED, Turn("feed_back", 1, 4), _CONCLUDED)),
    (80, _ANSWERED),
    (70, (*_ACCEPTED, _LATE, _CONCLUDED)),
    (90, _SENT),
    (90, _ACCEPTED),
    (30, (*_SENT, Turn("refuse", 0, 2), Turn(TO_ANOTHER, 1, 3), *_AFTER)),
    (20, (*_SENT, Turn("refuse", 0, 2))),
    (20, (*_ACCEPTED, Turn("give_back", 1, 5), Turn(TO_ANOTHER, 1, 3), *_AFTER)),
    (
        20,
        (
            *_ANSWERED,
            Turn("ask_again", 1, 3),
            Turn("answer", 2, 6),
            _CONCLUDED,
        ),
    ),
    (30, (*_SENT, Turn("withdraw", 1, 4))),
    (60, (Turn("draft", 0, 0), Turn("drop", 0, 5))),
    (30, (Turn("draft", 0, 0),)),
)
"""How often of a thousand, and the moves; ``send`` stands for sending with approval too."""


def by_approval(way: tuple[Turn, ...], *, turned_down: bool) -> tuple[Turn, ...]:
    """Return the moves of a kind that somebody else approves, at the second attempt or at once."""
    attempt = (Turn("submit", 0, 1), Turn("approve", 0, 2))
    first = (Turn("submit", 0, 1), Turn("turn_down", 0, 1)) if turned_down else ()
    return tuple(
        turn for one in way for turn in ((*first, *attempt) if one.move == "send" else (one,))
    )
