"""The procedure of every decision; an approver is a panel of one."""

from datetime import date

from zhengpin.kernel.procedures import Move, Procedure, Stage
from zhengpin.mechanisms.proceedings.register import declare

_OPEN = frozenset({"asked", "voting"})

DECISION = declare(
    Procedure(
        code="decision",
        title="审批决定",
        in_force_from=date(2010, 1, 1),
        stages=(
            Stage("asked", "待声明回避"),
            Stage("voting", "表决中"),
            Stage("decided", "已决定"),
            Stage("served", "已送达", final=True),
            Stage("withdrawn", "已撤回", final=True, aside=True),
        ),
        moves=(
            Move("ask", "提请决定", frozenset(), "asked", duty="handle"),
            Move("begin", "开始表决", frozenset({"asked"}), "voting", duty="handle", carries=True),
            Move(
                "decide", "作出决定", frozenset({"voting"}), "decided", duty="handle", carries=True
            ),
            Move("serve", "送达决定", frozenset({"decided"}), "served", duty="handle"),
            Move("withdraw", "撤回", _OPEN, "withdrawn", duty="handle", needs_note=True),
        ),
    ),
    series="决",
)
