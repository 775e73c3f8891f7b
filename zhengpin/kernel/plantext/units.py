"""The names of one assignment in full: inherited prefixes, mended slips.

A prefix (自治区, 内蒙古, 市, 市委) carries over 、 to names that have none and stops at a comma, a
verb or another prefix; customs offices, bank branches and classes of bodies take none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpin.kernel.organizations import correct, resolve, split_prefix, stands_alone, table
from zhengpin.kernel.plantext.model import Problem, Role, Unit
from zhengpin.kernel.text.folding import in_script_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpin.kernel.plantext.assignments import Assignment
    from zhengpin.kernel.plantext.layout import Page
    from zhengpin.kernel.plantext.names import Named

_CENTRAL = {"全国", "国家", "中央", "最高"}
_PARTY = {"宣传部", "政法委", "组织部", "统战部", "政法委员会"}
_PARTY_OF = {"市": "市委", "省": "省委", "区": "区委", "县": "县委", "旗": "旗委", "州": "州委",
             "自治区": "自治区党委", "自治州": "州委"}  # fmt: skip


def name_units(
    page: Page, assignment: Assignment, offsets: Sequence[int], year: int | None
) -> tuple[Unit, ...]:
    """Return the units of an assignment with their full names; report what is not known."""
    units: list[Unit] = []
    prefix, chain = "", None
    for named, role in zip(assignment.units, assignment.roles, strict=True):
        if named.chain != chain:
            prefix, chain = "", named.chain
        own, _ = split_prefix(named.name)
        full = _full(named, own, prefix)
        if not named.collective:
            prefix = "" if own in _CENTRAL else own or prefix
        units.append(_unit(page, named, role, offsets, full))
        _report(page, named, units[-1], full, year)
    return tuple(units)


def _full(named: Named, own: str, prefix: str) -> str:
    mended = correct(named.name)
    if mended:
        return mended
    if named.ending:
        return named.name + named.ending
    if own or not prefix or named.collective or stands_alone(named.name):
        return named.name
    return _inherited(prefix, named.name) + named.name


def _inherited(prefix: str, base: str) -> str:
    """Return what ``base`` takes from a prefix: 市委 goes on as 市委 to party bodies only."""
    party = any(table().functions[code].party for code in resolve(base).functions)
    if base in _PARTY:
        return _PARTY_OF.get(prefix, prefix)
    if party:
        return prefix
    return re.sub(r"(?:党委|委|党工委)\Z", "", prefix)


def _unit(page: Page, named: Named, role: Role, offsets: Sequence[int], full: str) -> Unit:
    source = page.source.source
    places = offsets[named.start : named.end]
    written = "".join(source[place] for place in places if not source[place].isspace())
    if full == named.name:
        whole = written
    elif full.startswith(named.name):
        whole = written + in_script_of(written, full[len(named.name) :])
    elif full.endswith(named.name):
        whole = in_script_of(written, full[: -len(named.name)]) + written
    else:
        whole = in_script_of(written, full)
    return Unit(written, whole, role, named.collective, (places[0], places[-1] + 1))


def _report(page: Page, named: Named, unit: Unit, full: str, year: int | None) -> None:
    line = page.source_line(unit.span[0])
    if correct(named.name):
        page.problems.append(
            Problem("unit-corrected", line, f"“{unit.name}”疑为“{unit.full}”之误，已按后者认定。")
        )
    resolution = resolve(full, year)
    if resolution.collective or named.collective:
        return
    if not resolution.known:
        page.problems.append(
            Problem("unit-unknown", line, f"名称表中没有“{unit.full}”，请核对名称或补入名称表。")
        )
    elif resolution.in_period is False:
        page.problems.append(
            Problem("unit-out-of-period", line, f"“{unit.full}”在{year}年不是现行名称，请核对。")
        )
