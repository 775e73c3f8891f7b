"""What is wrong with the declaration of a procedure, one sentence for each fault."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zhengpin.kernel.procedures.model import HOLDER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from zhengpin.kernel.lawdata import Rule
    from zhengpin.kernel.procedures.model import Clock, Procedure


def problems(
    procedure: Procedure, *, rules: Mapping[str, Rule], duties: Collection[str]
) -> list[str]:
    """Return the faults of a declaration; none for one that can be used."""
    found = [*_of_names(procedure), *_of_moves(procedure, duties)]
    if not found:
        found += _of_paths(procedure)
    for clock in procedure.clocks:
        found += [f"期限 {clock.code}：{one}" for one in _of_clock(clock, procedure, rules)]
    return found


def _of_names(procedure: Procedure) -> Iterator[str]:
    parts = {"阶段": procedure.stages, "动作": procedure.moves, "期限": procedure.clocks}
    for kind, declared in parts.items():
        counts = Counter(one.code for one in declared)  # type: ignore[attr-defined]
        yield from (
            f"{kind} {code} 写了 {count} 次" for code, count in counts.items() if count > 1
        )
    yield from (f"没有角色 {code}" for code in sorted(procedure.told_apart - procedure.roles))
    openings = [one.code for one in procedure.moves if one.opens]
    if len(openings) != 1:
        yield f"开始的动作应有一个，现有 {len(openings)} 个"


def _of_moves(procedure: Procedure, duties: Collection[str]) -> Iterator[str]:
    stages = {one.code for one in procedure.stages}
    clocks = {one.code for one in procedure.clocks}
    roles = procedure.roles | {HOLDER}
    for move in procedure.moves:
        for code in sorted((move.sources | {move.target}) - stages):
            yield f"动作 {move.code}：没有阶段 {code}"
        for role in sorted((move.by | ({move.hands_to} if move.hands_to else set())) - roles):
            yield f"动作 {move.code}：没有角色 {role}"
        for code in sorted(move.sets - clocks):
            yield f"动作 {move.code}：没有期限 {code}"
        if move.duty is not None and move.duty not in duties:
            yield f"动作 {move.code}：没有职责 {move.duty}"
        if not move.by:
            yield f"动作 {move.code}：没有人可以办理"


def _of_paths(procedure: Procedure) -> Iterator[str]:
    reached, fresh = set[str](), {procedure.opening.target}
    while fresh:
        reached |= fresh
        fresh = {m.target for one in fresh for m in procedure.moves_from(one)} - reached
    for stage in procedure.stages:
        onward = procedure.moves_from(stage.code)
        if stage.code not in reached:
            yield f"阶段 {stage.code}：到不了"
        if not stage.final and not any(one.target != stage.code for one in onward):
            yield f"阶段 {stage.code}：出不去，又不是终点"


def _of_clock(clock: Clock, procedure: Procedure, rules: Mapping[str, Rule]) -> Iterator[str]:
    moves = {one.code for one in procedure.moves}
    named = (
        clock.starts_on | clock.stops_on | clock.pauses_on | clock.resumes_on | clock.extends_on
    )
    yield from (f"没有动作 {code}" for code in sorted(named - moves))
    for role in (clock.owed_by, clock.owed_to):
        if role is not None and role not in procedure.roles | {HOLDER}:
            yield f"没有角色 {role}"
    if not clock.starts_on or not clock.stops_on:
        yield "要写明何时开始和何时停止"
    if clock.starts_on & clock.stops_on:
        yield "同一动作既开始又停止"
    if bool(clock.pauses_on) != bool(clock.resumes_on):
        yield "中止和恢复要成对写明"
    if clock.rule is not None and clock.rule not in rules:
        yield f"期限数据里没有规则 {clock.rule}"
    elif clock.extends_on and (clock.rule is None or not rules[clock.rule].extension):
        yield "写了延长，所引规则却没有延长"
    setters = {one.code for one in procedure.moves if clock.code in one.sets}
    if clock.rule is not None and setters - clock.extends_on:
        yield "法律定了长短，只有延长的步骤可以另定"
