"""What the covering letter of a plan says beside number, date and addressees: as it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpin.kernel.text.folding import fold

if TYPE_CHECKING:
    from zhengpin.mechanisms.plans.models import Plan

_MARK = re.compile(r"\((?P<said>此件[^()]{2,20})\)")
_ASKED = re.compile(r"(?:印发|下发)给你们[,，;；]?(?P<said>[^。]{2,300}。)")


@dataclass(frozen=True, slots=True)
class Printed:
    """印发通知原文: the publicity mark and what is asked; "" where the text has none."""

    publicity: str
    asked: str


def printed(plan: Plan) -> Printed:
    """Return what the text of a plan says of itself, character for character but blanks."""
    folded = fold(plan.source_text)
    found = (one.search(folded.full) for one in (_MARK, _ASKED))
    said = (folded.source[one.start("said") : one.end("said")] if one else "" for one in found)
    publicity, asked = (re.sub(r"\s+", "", one) for one in said)
    return Printed(publicity, asked)
