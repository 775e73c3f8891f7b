"""交办: a task of the plan goes to a unit, which signs for it and reports what came of it."""

from datetime import date

from pydantic import Field

from zhengpin.measures.contents import Content, Line, Result, Text
from zhengpin.mechanisms.handoffs.kinds import HandoffKind, Reach, declare


class Task(Content):
    """交办的任务: the words of the plan and their place in it."""

    plan: Line = Field(title="计划名称")
    place: Line = Field(title="条款")
    work: Text = Field(title="工作内容")


ASSIGNMENT = declare(
    HandoffKind(
        code="plan_task_assignment",
        title="任务交办",
        series="交办",
        in_force_from=date(2010, 1, 1),
        content=Task,
        reply=Result,
        partly=("R010",),
        outline=("plan", "place", "work"),
        senders=frozenset({"leading_group", "leading_group_office"}),
        reach=Reach.BELOW,
        needs_approval=False,
        may_be_passed_on=True,
    )
)
