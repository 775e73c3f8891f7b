"""The state diagram of a procedure, as Mermaid text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengpin.kernel.procedures.model import Procedure


def mermaid(procedure: Procedure) -> str:
    """Return the diagram: a state per stage, an arrow per move and source."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{one.title}" as {one.code}' for one in procedure.stages]
    order = [one.code for one in procedure.stages]
    for move in procedure.moves:
        for source in sorted(move.sources, key=order.index) or ["[*]"]:
            lines.append(f"    {source} --> {move.target}: {move.title}")
    lines += [f"    {one.code} --> [*]" for one in procedure.stages if one.final]
    return "\n".join(lines) + "\n"
