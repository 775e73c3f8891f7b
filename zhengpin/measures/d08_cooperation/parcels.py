"""寄递案件通报: what may be told of a case goes to the delivery enterprise it used (R254)."""

from datetime import date

from pydantic import Field

from zhengpin.kernel.procedures import Citation
from zhengpin.measures.contents import Content, Line, Text
from zhengpin.mechanisms.handoffs.kinds import HandoffKind, declare


class ParcelCircular(Content):
    """寄递案件通报: the releasable facts only, and the measures asked for."""

    summary: Line = Field(title="通报概要")
    releasable: Text = Field(title="可以通报的案情（已经保密审核）")
    measures: Text = Field(title="要求采取的措施")


class ParcelAnswer(Content):
    """整改反馈: what the enterprise did, and when."""

    measures: Text = Field(title="已采取的措施")
    done_on: date = Field(title="完成日期")


PARCEL_CIRCULAR = declare(
    HandoffKind(
        code="parcel_circular",
        title="寄递案件信息通报",
        series="寄通",
        in_force_from=date(2018, 5, 1),
        content=ParcelCircular,
        reply=ParcelAnswer,
        partly=("R254",),
        basis=(Citation("快递暂行条例"),),
        outline=("summary",),
        senders=frozenset({"postal", "police", "market_regulation"}),
        receivers=frozenset({"postal_enterprise"}),
    )
)
