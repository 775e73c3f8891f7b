"""The written form of a declared procedure, as ``docs/procedures`` keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.access.duties import DUTIES
from zhengpin.kernel.clocks.spans import Span
from zhengpin.kernel.lawdata import deadline_table
from zhengpin.kernel.procedures.diagrams import mermaid
from zhengpin.kernel.procedures.model import HOLDER
from zhengpin.mechanisms.proceedings import register

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from zhengpin.kernel.lawdata import Rule
    from zhengpin.kernel.procedures import Clock, Move, Procedure
    from zhengpin.mechanisms.proceedings.register import Entry

GENERATED = "<!-- Written by `make docs` from the declaration; do not edit. -->"


def wanted(folder: Path) -> dict[Path, str]:
    """Return the documents as they should be, by their paths: one per version, and a list."""
    documents = {folder / _name(one): page(one) for one in register.entries()}
    return documents | {folder / "README.md": _index()}


def stale(folder: Path) -> list[Path]:
    """Return the paths whose document is missing, out of date, or of no procedure any more."""
    documents = wanted(folder)
    kept = {path: path.read_text("utf-8") for path in folder.glob("*.md")}
    return sorted(
        path for path in documents.keys() | kept.keys() if documents.get(path) != kept.get(path)
    )


def _name(entry: Entry) -> str:
    return f"{entry.procedure.code}-{entry.procedure.in_force_from}.md"


def _index() -> str:
    lines = [GENERATED, "", "# 程序", "", "| 程序 | 施行 | 对应要求 |", "|---|---|---|"]
    lines += [
        f"| [{one.procedure.title}]({_name(one)}) | {one.procedure.in_force_from} | {_rows(one)} |"
        for one in register.entries()
    ]
    return "\n".join(lines) + "\n"


def page(entry: Entry) -> str:
    """Return one version of a procedure as Markdown: diagram, moves and clocks."""
    procedure = entry.procedure
    basis = "；".join(str(one) for one in procedure.basis) or "—"
    lines = [
        GENERATED,
        "",
        f"# {procedure.title}",
        "",
        f"代码 `{procedure.code}`，自 {procedure.in_force_from} 起施行；编号“{entry.series}”。",
        f"依据：{basis}。对应要求：{_rows(entry)}。",
        "统筹岗位可见辖区内的这类事项。" if entry.coordinated else "辖区内只有监督岗位可见。",
        "",
        "```mermaid",
        mermaid(procedure).rstrip(),
        "```",
        "",
        "## 动作",
        "",
        "| 动作 | 自 | 至 | 谁办理 | 岗位职责 | 此后持有 | 依据 |",
        "|---|---|---|---|---|---|---|",
        *(_move(procedure, one) for one in procedure.moves),
        "",
        "## 期限",
        "",
        "| 期限 | 长短 | 起算 | 停止 | 中止与恢复 | 延长 | 应办 | 依据 |",
        "|---|---|---|---|---|---|---|---|",
        *(_clock(procedure, one) for one in procedure.clocks),
    ]
    return "\n".join(lines) + "\n"


def _move(procedure: Procedure, move: Move) -> str:
    order = [one.code for one in procedure.stages]
    sources = [procedure.stage(one).title for one in sorted(move.sources, key=order.index)]
    cells = (
        f"{move.title} `{move.code}`" + ("（要写理由）" if move.needs_note else ""),
        "、".join(sources) or "（开始）",
        procedure.stage(move.target).title,
        _roles(move.by),
        DUTIES[move.duty].title if move.duty else "—",
        _roles({move.hands_to}) if move.hands_to else "不变",
        str(move.basis or "—"),
    )
    return f"| {' | '.join(cells)} |"


def _roles(roles: Collection[str]) -> str:
    return "、".join("持有单位" if one == HOLDER else f"`{one}`" for one in sorted(roles))


def _clock(procedure: Procedure, clock: Clock) -> str:
    rule = deadline_table().rules.get(clock.rule) if clock.rule else None
    pauses = "—"
    if clock.pauses_on:
        paused, resumed = _moves(procedure, clock.pauses_on), _moves(procedure, clock.resumes_on)
        pauses = f"{paused}；{resumed}恢复"
    cells = (
        f"{clock.title} `{clock.code}`",
        _length(rule),
        _moves(procedure, clock.starts_on),
        _moves(procedure, clock.stops_on),
        pauses,
        _moves(procedure, clock.extends_on) or "—",
        _roles({clock.owed_by}) + (f"→{_roles({clock.owed_to})}" if clock.owed_to else ""),
        f"{rule.citation} `{rule.id}`" if rule else "—",
    )
    return f"| {' | '.join(cells)} |"


def _length(rule: Rule | None) -> str:
    if rule is None:
        return "未设定（由步骤写明）"
    return "立即" if rule.immediate else str(Span(rule.length, rule.unit))


def _moves(procedure: Procedure, codes: Collection[str]) -> str:
    return "、".join(one.title for one in procedure.moves if one.code in codes)


def _rows(entry: Entry) -> str:
    return "、".join([*entry.rows, *(f"{one}（一部分）" for one in entry.partly)]) or "—"
