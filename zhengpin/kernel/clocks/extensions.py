"""Which extensions of a rule are taken: none, the first, or up to the N-th definite one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.kernel.clocks.errors import ExtensionRefused

if TYPE_CHECKING:
    from zhengpin.kernel.lawdata import Extension, Rule


def read_extended(value: object) -> int:
    """Return how many extensions ``value`` asks for: false, true (1) or their number.

    Raises ExtensionRefused.
    """
    if value is None or value is False:
        return 0
    if value is True:
        return 1
    if isinstance(value, int) and value >= 0:
        return value
    message = f"延长写作“{value}”：请写 true、false 或第几次延长（1、2……）。"
    raise ExtensionRefused(message)


def taken(rule: Rule, count: int) -> tuple[Extension, ...]:
    """Return the first ``count`` definite extensions of ``rule``. Raises ExtensionRefused.

    The second comes after the first and is added to it.
    """
    definite = rule.definite_extensions
    if count <= len(definite):
        return definite[:count]
    if len(rule.extension) > len(definite):
        message = (
            f"规则 {rule.id} 第 {count} 次延长的长短由决定写明，条文没有定数"
            f"（{rule.extension[-1].by}）：请按决定书计算。"
        )
    elif definite:
        message = f"规则 {rule.id} 只有 {len(definite)} 次延长，没有第 {count} 次。"
    else:
        message = f"规则 {rule.id} 的条文没有延长。"
    raise ExtensionRefused(message)
