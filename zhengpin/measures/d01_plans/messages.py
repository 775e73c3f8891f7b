"""工作联系、文件审核: a message tied to a matter (R029), a draft reviewed before issue (R026)."""

from datetime import date

from pydantic import Field

from zhengpin.measures.contents import Content, Line, Result, Text
from zhengpin.mechanisms.handoffs.kinds import HandoffKind, declare


class Message(Content):
    """联系事项: what is told or asked; the matter it is about stands in the letter."""

    subject: Line = Field(title="联系事项")
    text: Text = Field(title="内容")


class PolicyDraft(Content):
    """送审的文件: what it is, who drafted it, and which text exactly."""

    title: Line = Field(title="文件名称")
    drafter: Line = Field(title="起草单位")
    digest: Line = Field(title="送审稿的 SHA-256")
    explanation: Text = Field(title="起草说明")


class PolicyOpinion(Content):
    """审查意见: passed or not, with the reasons clause by clause."""

    is_passed: bool = Field(title="是否通过")
    reasons: Text = Field(title="逐条审查意见")
    digest: Line = Field(title="所审文本的 SHA-256")


MESSAGE = declare(
    HandoffKind(
        code="message",
        title="工作联系单",
        series="联系",
        in_force_from=date(2010, 1, 1),
        content=Message,
        reply=Result,
        partly=("R029",),
        outline=("subject", "text"),
        needs_approval=False,
    )
)

POLICY_REVIEW = declare(
    HandoffKind(
        code="policy_review",
        title="政策文件审核",
        series="审文",
        in_force_from=date(2010, 1, 1),
        content=PolicyDraft,
        reply=PolicyOpinion,
        partly=("R026",),
        outline=("title", "drafter", "explanation"),
        receivers=frozenset({"justice", "legal_affairs"}),
    )
)
