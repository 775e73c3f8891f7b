"""The procedure of every decision; an approver is a panel of one.

Those who decide stand in it as the panel: whoever is the last to declare begins the voting, and
whoever is the last to vote fixes the outcome. The holder can neither hurry nor hold it back.
"""

from datetime import date

from zhengpin.kernel.procedures import Move, Procedure, Stage
from zhengpin.mechanisms.proceedings.register import declare

PANEL = "panel"
_PANEL = frozenset({PANEL})
_ASKED, _VOTING = frozenset({"asked"}), frozenset({"voting"})

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
            Move("begin", "开始表决", _ASKED, "voting", by=_PANEL, duty="approve", carries=True),
            Move(
                "decide", "作出决定", _VOTING, "decided", by=_PANEL, duty="approve", carries=True
            ),
            Move("serve", "送达决定", frozenset({"decided"}), "served", duty="handle"),
            Move(
                "withdraw", "撤回", _ASKED | _VOTING, "withdrawn", duty="handle", needs_note=True
            ),
        ),
        roles=_PANEL,
        told_apart=_PANEL,
    ),
    series="决",
)
