"""The procedure of every task: worked on, reported with a result, verified by who assigned it."""

from datetime import date

from zhengpin.kernel.procedures import Clock, Move, Procedure, Stage
from zhengpin.kernel.procedures.model import HOLDER
from zhengpin.mechanisms.proceedings.register import declare

OFFICE, RESPONSIBLE, LEAD = "office", "responsible", "lead"
"""Who assigned it and verifies; who owes it; who leads the clause it is a part of."""

DUE = "due"

_HANDLE = "handle"
_WORKING, _WAITING, _REPORTED = (frozenset({one}) for one in ("working", "waiting", "reported"))
_OF_OFFICE, _OF_HOLDER = frozenset({OFFICE}), frozenset({HOLDER})
_DATED = frozenset({DUE})

TASK = declare(
    Procedure(
        code="task",
        title="计划任务",
        in_force_from=date(2010, 1, 1),
        roles=frozenset({OFFICE, RESPONSIBLE, LEAD}),
        told_apart=frozenset({LEAD}),
        stages=(
            Stage("working", "办理中"),
            Stage("waiting", "等待条件", aside=True),
            Stage("reported", "已报结果"),
            Stage("verified", "已核验", final=True),
            Stage("ended", "已终止", final=True, aside=True),
        ),
        moves=(
            Move(
                "assign", "下达", frozenset(), "working",
                duty=_HANDLE, hands_to=RESPONSIBLE, sets=_DATED, quiet=True,
            ),
            Move(
                "report", "报结果", _WORKING, "reported",
                by=_OF_HOLDER, duty=_HANDLE, hands_to=OFFICE, carries=True,
            ),
            Move(
                "progress", "报进展", _WORKING, "working",
                by=_OF_HOLDER, duty=_HANDLE, needs_note=True, carries=True,
            ),
            Move("verify", "核验", _REPORTED, "verified", by=_OF_OFFICE, duty=_HANDLE),
            Move(
                "give_back", "退回", _REPORTED, "working",
                by=_OF_OFFICE, duty=_HANDLE, hands_to=RESPONSIBLE, needs_note=True, sets=_DATED,
            ),
            Move(
                "set_due", "定期限", _WORKING, "working",
                by=_OF_OFFICE, duty=_HANDLE, needs_note=True, sets=_DATED,
            ),
            Move(
                "wait", "等待条件", _WORKING, "waiting",
                by=_OF_HOLDER | _OF_OFFICE, duty=_HANDLE, needs_note=True,
            ),
            Move(
                "go_on", "条件成就", _WAITING, "working",
                by=_OF_HOLDER | _OF_OFFICE, duty=_HANDLE, needs_note=True, carries=True,
            ),
            Move(
                "hand_over", "移交接续单位", _WORKING, "working",
                by=_OF_OFFICE, duty=_HANDLE, hands_to=RESPONSIBLE, needs_note=True, carries=True,
            ),
            Move(
                "end", "终止", _WORKING | _WAITING | _REPORTED, "ended",
                by=_OF_OFFICE, duty=_HANDLE, needs_note=True,
            ),
        ),
        clocks=(
            Clock(
                DUE, "办结期限", frozenset({"assign", "give_back"}), frozenset({"report", "end"}),
                owed_by=RESPONSIBLE, owed_to=OFFICE,
                pauses_on=frozenset({"wait"}), resumes_on=frozenset({"go_on"}),
            ),
        ),
    ),
    series="任务",
    coordinated=True,
    partly=("R010", "R019"),
)  # fmt: skip
