"""A compiled plan on a terminal: what it is, its chapters with who does what, and the doubts.

On a screen long tasks and lists are cut after a few lines, with a mark; in a pipe nothing is.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from zhengpin.kernel.plantext.breakdown import UNSET, UNSTATED, parties, section_heading
from zhengpin.sites.cli.wrap import clip, wrap, wrap_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zhengpin.kernel.plantext.model import Clause, Item, Plan

NARROWEST, WIDEST = 60, 160
SHOWN_PROBLEMS = 10
SHOWN_LINES = 3

GAP = 2  # cells between two columns
_DOUBT = "yellow"
_TRAILING = re.compile(r"(?: |\x1b\[[0-9;]*m)+\n")


@dataclass(frozen=True, slots=True)
class View:
    """Where the table is seen: its width in cells, and whether a person's screen shows it."""

    width: int
    on_screen: bool


@dataclass(frozen=True, slots=True)
class _Layout:
    """Widths in cells, the same in every chapter, and how many lines a cell may take."""

    address: int
    task: int
    leads: int
    members: int
    due: int
    lines: int | None


def render(plan: Plan, view: View) -> str:
    """Return ``plan`` as lines for ``view``; coloured on a screen unless NO_COLOR is set."""
    width = fitting(view.width)
    layout = _layout(plan, width, SHOWN_LINES if view.on_screen else None)
    parts = (*_heading(plan, width), *_chapters(plan, layout), *_doubts(plan, width))
    return printed(parts, view, hint="过长的只显示前三行；看全文：… --format table | less")


def fitting(width: int) -> int:
    """Return how wide tables are drawn where ``width`` cells are to be had."""
    return min(max(width, NARROWEST), WIDEST)


def printed(parts: Iterable[Text | Table], view: View, *, hint: str) -> str:
    """Return ``parts`` as lines, with ``hint`` below where a screen shows them cut."""
    page = io.StringIO()
    console = Console(
        file=page,
        width=fitting(view.width),
        force_terminal=view.on_screen,
        force_jupyter=False,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for part in parts:
        console.print(part)
    if view.on_screen and "…" in page.getvalue():
        console.print(Text(f"\n{hint}", "dim"))
    return _TRAILING.sub(_line_end, page.getvalue())


def _line_end(blanks: re.Match[str]) -> str:
    return "\x1b[0m\n" if "\x1b" in blanks.group() else "\n"


def _clauses(plan: Plan) -> Iterator[Clause]:
    return (clause for item in plan.items for clause in item.clauses)


def _layout(plan: Plan, width: int, lines: int | None) -> _Layout:
    """Give units and time limits what they need up to their share, and the rest to the task."""
    clauses = tuple(_clauses(plan))
    address = _widest("条款", (clause.address for clause in clauses), 10)
    due = _widest("时限", (clause.due or UNSET for clause in clauses), 9 if width < 90 else 14)
    rest = width - address - due - 4 * GAP
    shares = tuple(parties(clause) for clause in clauses)
    leads = _widest(UNSTATED, ("、".join(leads) for leads, _ in shares), min(rest * 23 // 100, 26))
    members = _widest(
        "参加", ("、".join(members) for _, members in shares), min(rest * 28 // 100, 42)
    )
    return _Layout(address, rest - leads - members, leads, members, due, lines)


def _widest(title: str, texts: Iterable[str], most: int) -> int:
    return min(max(map(cell_len, (title, *texts))), most)


def _heading(plan: Plan, width: int) -> Iterator[Text]:
    title = plan.title or plan.notice_title or f"{plan.source.name}（{UNSTATED}标题）"
    yield in_lines(wrap(visible(title), width), "bold")
    facts = (
        ("文号", plan.doc_number),
        ("日期", plan.issued_on),
        ("地区", plan.region),
        ("年份", None if plan.year is None else str(plan.year)),
    )
    stated = Text()
    for name, value in facts:
        stated.append(f"{name} ", "dim")
        stated.append(f"{visible(value or UNSTATED)}   ", None if value else "dim")
    yield stated
    yield _counts(plan)


def _counts(plan: Plan) -> Text:
    units = {
        unit.full for clause in _clauses(plan) for unit in clause.units if not unit.collective
    }
    counts = Text(
        f"{len(plan.sections)} 章   {len(plan.items)} 条   "
        f"{sum(1 for _ in _clauses(plan))} 款   {len(units)} 个单位   "
    )
    if plan.problems:
        return counts.append(f"{len(plan.problems)} 处存疑", _DOUBT)
    return counts.append("没有存疑", "dim")


def _chapters(plan: Plan, layout: _Layout) -> Iterator[Text | Table]:
    titles = {section.no: section.title for section in plan.sections}
    for no in sorted({*titles, *(item.section for item in plan.items)}):
        items = [item for item in plan.items if item.section == no]
        heading = Text(visible(section_heading(no, titles.get(no, ""))), "bold")
        yield Text()
        if heading:
            yield heading if items else heading.append("   没有条目", "not bold dim")
        if items:
            yield _chapter(items, layout)


def empty_table(columns: Iterable[tuple[str, int]]) -> Table:
    """Return a table with these columns, each with its heading and its width in cells."""
    table = Table(
        box=box.SIMPLE_HEAD,
        padding=(0, GAP - 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        leading=1,
        header_style="dim",
        border_style="dim",
    )
    for title, width in columns:
        table.add_column(title, width=width, no_wrap=True)
    return table


def _chapter(items: Sequence[Item], layout: _Layout) -> Table:
    table = empty_table(
        (
            ("条款", layout.address),
            ("任务", layout.task),
            ("牵头", layout.leads),
            ("参加", layout.members),
            ("时限", layout.due),
        )
    )
    for item in items:
        for row in _rows(item, layout):
            table.add_row(*row)
    return table


def _rows(item: Item, layout: _Layout) -> Iterator[tuple[Text, ...]]:
    title = in_lines(wrap(visible(item.title), layout.task), "bold")
    if not item.clauses:
        yield Text(str(item.no)), title, Text(), Text(), Text()
    for clause in item.clauses:
        task = in_lines(clip(wrap(visible(clause.text), layout.task), layout.lines, layout.task))
        yield (
            in_lines(wrap(clause.address, layout.address)),
            Text("\n").join(part for part in (title, task) if part),
            *_units(clause, layout),
            _due(clause, layout),
        )
        title = Text()


def _units(clause: Clause, layout: _Layout) -> tuple[Text, Text]:
    leads, members = parties(clause)
    if not leads and not members:
        return Text(UNSTATED, "dim"), Text()
    return (
        in_lines(wrap_list([visible(name) for name in leads], layout.leads, layout.lines)),
        in_lines(wrap_list([visible(name) for name in members], layout.members, layout.lines)),
    )


def _due(clause: Clause, layout: _Layout) -> Text:
    if clause.due is None:
        return Text(UNSET, "dim")
    return in_lines(wrap(visible(clause.due), layout.due))


def _doubts(plan: Plan, width: int) -> Iterator[Text]:
    if not plan.problems:
        return
    yield Text(f"\n存疑 {len(plan.problems)} 处", f"bold {_DOUBT}")
    shown = plan.problems[:SHOWN_PROBLEMS]
    margin = max(cell_len(f"第 {problem.line} 行") for problem in shown) + GAP
    for problem in shown:
        place = f"第 {problem.line} 行"
        message = wrap(visible(f"{problem.message} [{problem.code}]"), width - margin)
        indented = f"\n{' ' * margin}".join(message)
        yield Text(place + " " * (margin - cell_len(place)), _DOUBT).append(indented, "default")
    left = len(plan.problems) - len(shown)
    if left:
        yield Text(f"另有 {left} 处，见 --format json", "dim")


def in_lines(rows: Sequence[str], style: str = "") -> Text:
    return Text("\n".join(rows), style)


def visible(text: str) -> str:
    """Return ``text`` without what could move the cursor or hide other text."""
    return "".join(char if char.isprintable() else " " for char in text)
