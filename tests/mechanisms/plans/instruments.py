"""A plan that cites instruments, for the tests of their register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import factories
from zhengpin.mechanisms.plans.models import Citation, Instrument

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.plans.models import Plan

CITING = """2026年示例市打击侵权假冒工作要点

为贯彻《国务院关于打击假冒的意见》（国发〔2017〕14号，以下简称《意见》），制定本要点。
一、加强治理
（一）加强监管。落实《邮政业寄递安全监督管理办法》，检查寄递企业，对照《意见》整改。（市市场监管局负责）
严查网络销售，执行《商标法》和《商标法（2019修正）》。（市公安局负责）
（二）销毁。按照《关于印发〈侵权（假冒）商品“销毁”办法〉的通知》销毁。（市公安局负责）
"""
"""Cites four instruments: one before its clauses and in the first, one twice in the second."""

POST = "邮政业寄递安全监督管理办法"


def citing_plan(by: Member, text: str = CITING) -> Plan:
    return factories.confirmed_plan(by, text)


def named(title: str) -> Instrument:
    return Instrument.objects.get(title=title)


def places(plan: Plan) -> dict[str, list[str]]:
    """Return which clauses a plan's instruments are cited by; "" is the plan itself."""
    found: dict[str, list[str]] = {}
    rows = Citation.objects.filter(plan=plan).select_related("instrument", "clause")
    for one in rows.order_by("start", "pk"):
        found.setdefault(str(one.instrument), []).append(one.clause.address if one.clause else "")
    return found
