"""通报、督办: the office tells units how things stand, or presses one for progress."""

from datetime import date

from pydantic import Field

from zhengpin.measures.contents import Content, Line, Result, Text
from zhengpin.mechanisms.handoffs.kinds import HandoffKind, Reach, declare

_OFFICE = frozenset({"leading_group", "leading_group_office"})


class Circular(Content):
    """通报: about which period, what is said and what is asked of the receiver."""

    subject: Line = Field(title="通报主题")
    period: Line = Field(title="所涉时段")
    findings: Text = Field(title="通报内容")
    asked: Text = Field(title="整改要求")


class Press(Content):
    """督办: which work stands still, and what is to be reached."""

    subject: Line = Field(title="督办事项")
    reasons: Text = Field(title="督办理由")
    target: Text = Field(title="办理要求")


CIRCULAR = declare(
    HandoffKind(
        code="circular",
        title="工作通报",
        series="通报",
        in_force_from=date(2010, 1, 1),
        content=Circular,
        reply=Result,
        partly=("R333",),
        outline=("subject", "period"),
        senders=_OFFICE,
        reach=Reach.BELOW,
    )
)

PRESS = declare(
    HandoffKind(
        code="press",
        title="督办",
        series="督办",
        in_force_from=date(2010, 1, 1),
        content=Press,
        reply=Result,
        partly=("R335",),
        outline=("subject",),
        senders=_OFFICE,
        reach=Reach.BELOW,
    )
)
