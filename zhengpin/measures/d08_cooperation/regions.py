"""线索通报、案件流转: what belongs to another region goes there (R235, R236)."""

from datetime import date

from pydantic import Field

from zhengpin.measures.contents import Content, Line, Result, Text
from zhengpin.mechanisms.handoffs.kinds import HandoffKind, Reach, declare

_ENFORCERS = frozenset(
    {
        "leading_group_office", "market_regulation", "police", "customs", "drug", "copyright",
        "intellectual_property", "agriculture", "cultural_enforcement", "tobacco",
    }
)  # fmt: skip


class RegionLead(Content):
    """异地线索: what was found and why it is the other region's."""

    summary: Line = Field(title="线索概要")
    connection: Text = Field(title="与当地的联系")
    facts: Text = Field(title="线索内容")


class LeadAnswer(Result):
    """核查反馈: what the check found."""

    is_confirmed: bool = Field(title="是否查实")


class RegionCase(Content):
    """流转案件: the case, why jurisdiction lies there, and its files by their digests."""

    summary: Line = Field(title="案情概要")
    jurisdiction: Text = Field(title="管辖理由")
    facts: Text = Field(title="案件事实")
    files: Text = Field(title="卷宗目录（含每份文件的 SHA-256）")


class CaseAnswer(Result):
    """接收结果: the number under which the case goes on, and that the files are whole."""

    case_number: Line = Field(title="当地案号")
    is_whole: bool = Field(title="卷宗齐全")


REGION_LEAD = declare(
    HandoffKind(
        code="region_lead",
        title="跨区域线索通报",
        series="线通",
        in_force_from=date(2010, 1, 1),
        content=RegionLead,
        reply=LeadAnswer,
        rows=("R235",),
        outline=("summary", "connection"),
        senders=_ENFORCERS,
        receivers=_ENFORCERS,
        reach=Reach.OTHER,
    )
)

REGION_CASE = declare(
    HandoffKind(
        code="region_case",
        title="跨区域案件流转",
        series="案转",
        in_force_from=date(2010, 1, 1),
        content=RegionCase,
        reply=CaseAnswer,
        partly=("R236",),
        outline=("summary", "jurisdiction"),
        senders=_ENFORCERS,
        receivers=_ENFORCERS,
        reach=Reach.OTHER,
    )
)
