"""岗位职责: what a post may do, declared once by the part of the house that asks for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing a post may do; ``code`` is stored with the post, ``title`` is shown."""

    code: str
    title: str


DUTIES: dict[str, Duty] = {}


def declare(code: str, title: str) -> Duty:
    """Add a duty to the register and return it; a code is declared once."""
    if code in DUTIES:
        message = f"duty {code} is declared twice"
        raise ValueError(message)
    DUTIES[code] = Duty(code, title)
    return DUTIES[code]


ADMINISTER = declare("administer", "管理单位和人员")
OVERSEE = declare("oversee", "监督辖区内事项")
READ_LEDGER = declare("read_ledger", "查阅账本和密封查阅记录")
