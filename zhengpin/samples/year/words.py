"""What the letters of the year say; every name, place and number in them is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args

from zhengpin.mechanisms.handoffs.kinds import KINDS

if TYPE_CHECKING:
    from pydantic import BaseModel

_GOODS = (
    "食品", "化妆品", "儿童用品", "服装鞋帽", "家用电器", "汽车配件", "电子产品", "电线电缆",
    "建筑材料", "卫生洁具", "农药", "化肥", "种子", "兽药", "车用汽油", "医疗器械", "眼镜", "箱包",
    "玩具", "酒类", "茶叶", "头盔",
)  # fmt: skip
_PLACES = (
    "批发市场", "专业市场", "集贸市场", "直播间", "电商平台", "仓储园区", "快递网点", "展会",
    "农村集市", "商业街",
)  # fmt: skip
VARIANTS = len(_GOODS) * len(_PLACES)
"""In how many ways a letter of one kind is worded."""

_SAID = {
    "summary": "{place}销售假冒{goods}（示例）",
    "subject": "{place}{goods}专项治理（示例）",
    "details": "请对辖区{place}经营{goods}的情况进行核查，并提供有关登记档案。",
    "plan": "2026年打击侵权假冒工作方案（示例）",
    "place": "第{number}条",
    "work": "聚焦{place}，组织开展{goods}排查整治，建立问题清单和整改台账。",
    "taxpayer": "示例{goods}商行（虚构）",
    "evidence": "{goods}发货单{number}册，{place}交易流水一份",
    "connection": "{goods}的发货地在贵地{place}",
    "facts": "在{place}查获假冒{goods}{number}件，来源指向贵地",
    "jurisdiction": "{goods}的生产和销售均在贵地{place}",
    "files": "卷一至卷{number}（示例）",
    "report": "检字第{number}号（示例）",
    "laboratory": "示例{goods}检测所（虚构）",
    "conclusion": "所检{goods}不合格",
    "releasable": "某协议客户经{place}多次寄递假冒{goods}",
    "measures": "停止揽收有关{goods}并复核{place}客户",
    "period": "2026年第{quarter}季度",
    "findings": "{place}{goods}治理有{number}项任务没有进展",
    "asked": "说明原因，补上{place}{goods}治理任务",
    "reasons": "{place}{goods}治理情况已经核实",
    "target": "完成{place}{goods}整治",
    "result": "已对{place}经营{goods}的{number}户进行核查（示例）",
    "case_number": "示例案〔2026〕{number}号",
}
"""By the name of a field; a field that is not here is filled with its own title."""


@dataclass(frozen=True, slots=True)
class Wording:
    """来函: the title, the ground and the list of a letter, and the answer to it, as JSON.

    There is no answer where signing is all that is asked.
    """

    title: str
    ground: str
    content: dict[str, Any]
    reply: dict[str, Any] | None


@cache
def wording(kind_code: str, variant: int) -> Wording:
    """Return what a letter of a kind says in one of its ``VARIANTS``."""
    kind = KINDS[kind_code]
    words = {
        "goods": _GOODS[variant % len(_GOODS)],
        "place": _PLACES[variant // len(_GOODS)],
        "number": str(variant % 30 + 2),
        "quarter": "一二三四"[variant % 4],
    }
    return Wording(
        f"关于{words['place']}{words['goods']}的{kind.title}（示例）",
        f"{words['place']}{words['goods']}检查记录（示例）",
        _filled(kind.content, words),
        {} if kind.reply is None else _filled(kind.reply, words),
    )


def _filled(shape: type[BaseModel], words: dict[str, str]) -> dict[str, Any]:
    """Return what a shape holds, as the mechanism stores it."""
    said = {
        name: _value(name, one.annotation, one.title or name, words)
        for name, one in shape.model_fields.items()
        if one.is_required() or one.annotation is not str
    }
    return shape.model_validate(said).model_dump(mode="json")


def _value(name: str, annotation: Any, title: str, words: dict[str, str]) -> Any:
    kinds = {one for one in get_args(annotation) if one is not NoneType} or {annotation}
    if bool in kinds:
        return True
    if date in kinds:
        return date(2026, 3, 10)
    if kinds & {Decimal, int, float}:
        return int(words["number"]) * 1000
    return _SAID.get(name, f"{title}（示例）").format(**words)
