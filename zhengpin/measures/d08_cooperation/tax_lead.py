"""涉税线索移交: a case that shows sales off the books goes to the tax authority (R231)."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from zhengpin.measures.contents import Content, CreditCode, Line, Text
from zhengpin.mechanisms.handoffs.kinds import HandoffKind, Reach, declare


class TaxLead(Content):
    """涉税线索: whose sales were found, how much, by what evidence."""

    summary: Line = Field(title="线索概要")
    taxpayer: Line = Field(title="纳税人")
    credit_code: CreditCode = Field("", title="统一社会信用代码")
    estimated_sales: Decimal | None = Field(
        None, title="估计销售额（元）", ge=0, max_digits=16, decimal_places=2
    )
    evidence: Text = Field(title="证据目录")


class TaxAnswer(Content):
    """核查结果: opened or not, and what was recovered."""

    is_opened: bool = Field(title="是否立案")
    reasons: Text = Field(title="理由")
    recovered: Decimal | None = Field(
        None, title="查补税款（元）", ge=0, max_digits=16, decimal_places=2
    )


TAX_LEAD = declare(
    HandoffKind(
        code="tax_lead",
        title="涉税案件线索移交",
        series="税移",
        in_force_from=date(2015, 5, 1),
        content=TaxLead,
        reply=TaxAnswer,
        rows=("R231",),
        outline=("summary",),
        senders=frozenset({"market_regulation", "customs", "drug", "industry_commerce"}),
        receivers=frozenset({"tax", "national_tax", "local_tax"}),
        reach=Reach.SAME,
    )
)
