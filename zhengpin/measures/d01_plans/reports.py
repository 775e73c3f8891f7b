"""自查报告、总结报告: what a phase of a plan asks every unit to report, by a day (R012–R014)."""

from datetime import date

from pydantic import Field

from zhengpin.measures.contents import Content, Line, Text
from zhengpin.mechanisms.handoffs.kinds import HandoffKind, Reach, declare

_OFFICE = frozenset({"leading_group", "leading_group_office"})


class ReportAsked(Content):
    """报送要求: for which phase of which plan, over which time, about what."""

    plan: Line = Field(title="计划名称")
    phase: Line = Field(title="阶段")
    period: Line = Field(title="所涉时段")
    asked: Text = Field(title="报送要求")


class SelfCheckReport(Content):
    """自查报告: problem by problem, each on a line of its own, and what is done about them."""

    focus: Text = Field(title="自查重点")
    problems: Text = Field(title="查出的问题（每行一个）")
    measures: Text = Field(title="整改措施")


class SummaryReport(Content):
    """总结报告: what was done, what came of it, and the figures that the text rests on."""

    activities: Text = Field(title="工作开展情况")
    results: Text = Field(title="工作成效")
    cases: int = Field(title="立案件数", ge=0)
    transferred: int = Field(title="移送公安机关件数", ge=0)
    problems: Text = Field(title="存在的问题和下一步打算")


SELF_CHECK = declare(
    HandoffKind(
        code="self_check_report",
        title="报送自查报告",
        series="自查",
        in_force_from=date(2010, 1, 1),
        content=ReportAsked,
        reply=SelfCheckReport,
        partly=("R012", "R013"),
        outline=("plan", "phase", "period", "asked"),
        senders=_OFFICE,
        reach=Reach.BELOW,
        needs_approval=False,
    )
)

SUMMARY = declare(
    HandoffKind(
        code="summary_report",
        title="报送总结报告",
        series="总结",
        in_force_from=date(2010, 1, 1),
        content=ReportAsked,
        reply=SummaryReport,
        partly=("R012", "R014"),
        outline=("plan", "phase", "period", "asked"),
        senders=_OFFICE,
        reach=Reach.BELOW,
        needs_approval=False,
    )
)
