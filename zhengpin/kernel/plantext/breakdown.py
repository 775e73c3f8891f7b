"""任务分解表: who does what by when, one row per clause, as a sheet people open and print.

Invariant: nothing in a sheet is ever a formula, whatever the plan says.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.model import Role
from zhengpin.kernel.text.numerals import write_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.kernel.plantext.model import Clause, Item, Plan

COLUMNS = ("序号", "章", "条", "任务", "牵头单位", "参加单位", "时限", "依据原文")
UNSET = "未设定"
UNSTATED = "未写明"
UNASSIGNED = "未写明责任单位"

_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One task: a clause of the plan with its chapter, item, units, time limit and source."""

    no: int
    section: str
    item: str
    task: str
    leads: str
    members: str
    due: str
    source: str


def breakdown(plan: Plan) -> tuple[BreakdownRow, ...]:
    """Return one row per clause of ``plan``, in its order."""
    sections = {section.no: section.title for section in plan.sections}
    return tuple(
        _row(no, section_heading(item.section, sections.get(item.section, "")), item, clause)
        for no, (item, clause) in enumerate(_clauses(plan), start=1)
    )


def _clauses(plan: Plan) -> Iterator[tuple[Item, Clause]]:
    return ((item, clause) for item in plan.items for clause in item.clauses)


def _row(no: int, section: str, item: Item, clause: Clause) -> BreakdownRow:
    leads, members = parties(clause)
    assignment = "".join((clause.assignment or UNASSIGNED).split())
    return BreakdownRow(
        no=no,
        section=section,
        item=f"（{_numeral(item.no)}）{item.title}" if item.no else item.title,
        task=clause.text,
        leads="、".join(leads),
        members="、".join(members),
        due=clause.due or UNSET,
        source=f"{clause.address} {assignment}",
    )


def section_heading(no: int, title: str) -> str:
    """Return a chapter as plans write it, 三、强化保障; nothing before the first chapter."""
    return f"{_numeral(no)}、{title}" if no else ""


def _numeral(no: int) -> str:
    return write_numeral(no) if no <= 999 else str(no)


def parties(clause: Clause) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who leads and who takes part, in full names; 等 ends the list the plan leaves open.

    A sole unit leads. Where units share by duty nobody leads: all of them take part.
    """
    leads = [unit.full for unit in clause.units if unit.role is not Role.MEMBER]
    members = [unit.full for unit in clause.units if unit.role is Role.MEMBER]
    last = members or leads
    if last and clause.open_ended:
        last[-1] += "等"
    return tuple(leads), tuple(members)


def write_csv(plan: Plan) -> bytes:
    """Return the rows of ``plan`` as CSV that Excel opens: UTF-8 with its mark, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in breakdown(plan):
        writer.writerow(_harmless(cell) for cell in astuple(row))
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str | int) -> str | int:
    """Return ``cell`` so that a spreadsheet reads it as text and not as a formula."""
    if isinstance(cell, int):
        return cell
    text = printable(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
