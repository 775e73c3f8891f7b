"""Two aligned plans on a terminal: first the clauses without counterpart, then the pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from zhengpin.kernel.plantext.breakdown import UNSTATED
from zhengpin.sites.cli.table import (
    GAP,
    SHOWN_LINES,
    empty_table,
    fitting,
    in_lines,
    printed,
    visible,
)
from zhengpin.sites.cli.wrap import clip, wrap, wrap_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.table import Table

    from zhengpin.kernel.alignment import Alignment, Pair
    from zhengpin.kernel.plantext import Plan
    from zhengpin.sites.cli.table import View

_ADDRESS, _SCORE = 6, 4

Works = dict[str, str]


def render(a: Plan, b: Plan, alignment: Alignment, view: View) -> str:
    """Return the two plans side by side as lines for ``view``."""
    width, limit = fitting(view.width), SHOWN_LINES if view.on_screen else None
    works_a, works_b = _works(a), _works(b)
    parts = (
        *_heading(a, b, alignment, width),
        *_unmatched("甲", works_a, alignment.a_only, width, limit),
        *_unmatched("乙", works_b, alignment.b_only, width, limit),
        Text("\n对应的条款", "bold"),
        _pairs(alignment.pairs, works_a, works_b, width, limit),
    )
    return printed(parts, view, hint="过长的只显示前三行；看全文：… | less")


def _works(plan: Plan) -> Works:
    return {
        clause.address: visible("：".join(dict.fromkeys(filter(None, (item.title, clause.text)))))
        for item in plan.items
        for clause in item.clauses
    }


def _heading(a: Plan, b: Plan, alignment: Alignment, width: int) -> Iterator[Text]:
    for side, plan in (("甲", a), ("乙", b)):
        title = plan.title or plan.notice_title or f"{plan.source.name}（{UNSTATED}标题）"
        yield in_lines(wrap(f"{side}  {visible(title)}", width), "bold")
    yield Text(
        f"对应 {len(alignment.pairs)} 对   "
        f"仅甲有 {len(alignment.a_only)} 款   仅乙有 {len(alignment.b_only)} 款"
    )


def _unmatched(
    side: str, works: Works, addresses: Sequence[str], width: int, limit: int | None
) -> Iterator[Text | Table]:
    if not addresses:
        yield Text(f"\n仅{side}有的条款   没有", "bold")
        return
    yield Text(f"\n仅{side}有的条款", "bold")
    rest = width - _ADDRESS - GAP
    table = empty_table((("条款", _ADDRESS), ("任务", rest)))
    for address in addresses:
        table.add_row(*_cells(address, works, rest, limit))
    yield table


def _pairs(
    pairs: Sequence[Pair],
    works_a: Mapping[str, str],
    works_b: Mapping[str, str],
    width: int,
    limit: int | None,
) -> Table:
    rest = width - 2 * _ADDRESS - _SCORE - 5 * GAP
    work = rest * 38 // 100
    words = rest - 2 * work
    table = empty_table(
        (
            ("甲", _ADDRESS),
            ("任务", work),
            ("乙", _ADDRESS),
            ("任务", work),
            ("把握", _SCORE),
            ("共同词语", words),
        )
    )
    for one in pairs:
        table.add_row(
            *_cells(one.a, works_a, work, limit),
            *_cells(one.b, works_b, work, limit),
            Text(f"{one.score:.2f}"),
            in_lines(wrap_list(one.words, words, limit)),
        )
    return table


def _cells(
    address: str, works: Mapping[str, str], width: int, limit: int | None
) -> tuple[Text, Text]:
    return (
        in_lines(wrap(address, _ADDRESS)),
        in_lines(clip(wrap(works[address], width), limit, width)),
    )
