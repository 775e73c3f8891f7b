"""印发: a confirmed plan goes to those it is addressed to, and each signs for it (R003)."""

from datetime import date

from pydantic import Field

from zhengpin.measures.contents import Content, Line, Text
from zhengpin.mechanisms.handoffs.kinds import HandoffKind, Reach, declare


class IssuedPlan(Content):
    """印发的计划: what the notice says of it. An issued plan is no secret to whom it goes."""

    plan: Text = Field(title="计划名称")
    number: Line = Field(title="发文字号")
    issued_on: date = Field(title="成文日期")
    publicity: str = Field("", title="公开属性", max_length=200)
    asked: Text = Field(title="印发要求")


PLAN_ISSUE = declare(
    HandoffKind(
        code="plan_issue",
        title="印发计划",
        series="印发",
        in_force_from=date(2010, 1, 1),
        content=IssuedPlan,
        reply=None,
        rows=("R003",),
        outline=("plan", "number", "issued_on", "publicity", "asked"),
        senders=frozenset({"leading_group", "leading_group_office", "government"}),
        reach=Reach.BELOW,
        may_be_passed_on=True,
        takes_copies=False,
        is_offered=False,
    )
)
