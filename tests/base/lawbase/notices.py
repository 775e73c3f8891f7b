"""An invented notice of 2027 and sources for tests; no notice of that year is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests import factories
from zhengpin.base.lawbase import services
from zhengpin.kernel.calendars import read_announcement

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.base.lawbase.models import Override

OFF = [
    {"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"},
    {"name": "春节", "from": "2027-02-05", "to": "2027-02-11"},
    {"name": "清明节", "from": "2027-04-03", "to": "2027-04-05"},
    {"name": "劳动节", "from": "2027-05-01", "to": "2027-05-05"},
    {"name": "端午节", "from": "2027-06-09", "to": "2027-06-09"},
    {"name": "中秋节", "from": "2027-09-15", "to": "2027-09-15"},
    {"name": "国庆节", "from": "2027-10-01", "to": "2027-10-07"},
]
ON = [
    {"name": "元旦", "day": "2026-12-27"},
    {"name": "春节", "day": "2027-02-13"},
    {"name": "国庆节", "day": "2027-10-09"},
]
SOURCE = services.SourceText(
    title="关于2027年部分节假日安排的通知（为测试虚构）",
    number="虚构〔2026〕1号",
    text="一、元旦：1月1日至3日放假……",
    address="https://example.org/notice",
    issued_on=date(2026, 11, 25),
)
LAW = services.SourceText(
    title="政府信息公开条例（为测试虚构的修订）",
    number="虚构令第1号",
    article="第三十三条",
    text="行政机关应当自收到申请之日起15个工作日内予以答复。",
    issued_on=date(2027, 2, 1),
)


def keeper() -> Member:
    """Return a member of the office who maintains the law data."""
    return factories.member(factories.organization("市双打办"), "maintain_law")


def add_notice(
    member: Member, off: list[dict[str, str]] | None = None, on: list[dict[str, str]] | None = None
) -> Override:
    raw: dict[str, Any] = {"off": OFF if off is None else off, "on": ON if on is None else on}
    return services.add_calendar_notice(
        announcement=read_announcement(2027, raw), source=SOURCE, member=member, now=factories.NOW
    )


def add_version(
    member: Member, on: date = date(2027, 3, 1), code: str = "foi-reply", **changes: Any
) -> Override:
    return services.add_rule_version(
        code=code, on=on, changes=changes or {"length": 15}, source=LAW, member=member,
        now=factories.NOW,
    )  # fmt: skip
