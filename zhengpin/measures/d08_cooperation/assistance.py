"""协助、商请、互认: one organization asks another for something within its power (R242, R238)."""

from datetime import date

from pydantic import Field

from zhengpin.kernel.procedures import Citation
from zhengpin.measures.contents import Content, Line, Result, Text
from zhengpin.mechanisms.handoffs.kinds import HandoffKind, declare


class Request(Content):
    """请求: what is asked, in which matter."""

    subject: Line = Field(title="请求事项")
    details: Text = Field(title="具体内容")


class Recognition(Content):
    """请求互认的检验鉴定报告: which report of which body."""

    report: Line = Field(title="报告编号")
    laboratory: Line = Field(title="检验鉴定机构")
    conclusion: Text = Field(title="检验鉴定结论")


class RecognitionAnswer(Result):
    """互认结果: recognised or not, with reasons."""

    is_recognised: bool = Field(title="是否认可")


MARKET_ASSISTANCE = declare(
    HandoffKind(
        code="market_assistance",
        title="市场监管协查",
        series="协查",
        in_force_from=date(2021, 7, 15),
        content=Request,
        reply=Result,
        rows=("R242",),
        basis=(Citation("市场监督管理行政处罚程序规定", "第四十五条"),),
        outline=("subject",),
        senders=frozenset({"market_regulation"}),
        receivers=frozenset({"market_regulation"}),
        answer_rule="penalty-assist",
    )
)

ASSISTANCE = declare(
    HandoffKind(
        code="assistance",
        title="执法协助请求",
        series="协助",
        in_force_from=date(2010, 1, 1),
        content=Request,
        reply=Result,
        rows=("R242",),
        outline=("subject",),
        may_be_passed_on=True,
    )
)

CONSULTATION = declare(
    HandoffKind(
        code="consultation",
        title="商请函",
        series="商请",
        in_force_from=date(2010, 1, 1),
        content=Request,
        reply=Result,
        rows=("R242",),
        outline=("subject",),
    )
)

RECOGNITION = declare(
    HandoffKind(
        code="report_recognition",
        title="检验鉴定结果互认请求",
        series="互认",
        in_force_from=date(2010, 1, 1),
        content=Recognition,
        reply=RecognitionAnswer,
        partly=("R238",),
        outline=("report", "laboratory"),
    )
)
