"""The campaigns (专项行动) that a plan names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpin.kernel.text.patterns import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.kernel.plantext.layout import Page

Place = tuple[int, int]

_KIND_WORDS = one_of("专项 集中 联合 统一 打击 整治 治理 执法 打假 保护 检查 清理 攻坚 提升 护航")
_KIND = rf"(?:系列)?{_KIND_WORDS}{{0,4}}行动"
_QUOTED = r"[“\"][^“”\"]{2,30}[”\"]"
_MARKED = re.compile(rf"[“\"](?P<name>[^“”\"]{{2,30}})[”\"](?=(?:[、和及]?{_QUOTED})*{_KIND})")
_MARKED_WHOLE = re.compile(r"[“\"](?P<name>[^“”\"]{1,30}行动(?:20[0-9]{2})?)[”\"]")
_ACTION = re.compile(rf"行动(?!{one_of('者 方案 计划 纲要 指南 不便 能力 自由 轨迹 为')})")
_CUT = re.compile(r"[。,;:!?()《》【】]")
_OPENING = re.compile(rf"{one_of('开展 实施 启动 部署 发起 参加 参与 举办 组织 组织好')}[好了]?")
_LEADING = re.compile(
    rf"{one_of('继续 持续 深入 全面 扎实 大力 积极 认真 重点')}*"
    rf"{one_of('推进 落实 做好 抓好 深化 配合 围绕 结合 推动')}"
)
_NOT_IN_NAME = re.compile(rf"{one_of('领导小组 部门 会议 单位 情况 本次 此次 方案 领导')}|[“”\"]")
_QUALIFIER = one_of("一系列 系列 相关 有关 多种形式的 一批 形式多样的 好 国家 跨国跨境 跨国 跨境")
_MODIFIER = re.compile(
    r"(?:(?:以|针对|围绕|聚焦|面向)[^“”]{1,40}?的"
    r"|[春夏秋冬](?:、[春夏秋冬])*(?:季|两季|三季|四季)"
    rf"|为期[^的]{{1,10}}的|全[市省区县国州]性?|[本我各][市省区县]|{_QUALIFIER})+"
)
# What is left of a name that says only "an action": 联合执法行动, 质量和品牌提升行动.
_GENERIC_WORD = one_of(
    "专项 专案 执法 联合 集中 统一 整治 打击 治理 清理 检查 跨国 跨境 跨区域 海关 区域 全区性"
    " 全市性 综合 集群 重点 重大 各类 各项 各 此次 本次 这次 该 质量 和 品牌 提升 保护 维权"
    " 知识产权保护 刑事 司法 救援 宣传 服务 整体 实际 具体 一致 开展 的"
)
_GENERIC = re.compile(rf"{_GENERIC_WORD}*行动\Z")
_WHOLE = re.compile(rf"落实[^。,;]{{0,12}}{_QUOTED}[^。,;]{{0,6}}专项行动")


def campaigns_in(page: Page, start: int, end: int) -> list[Place]:
    """Return the compact ranges of the campaign names in a range, in order, each once."""
    text = page.text
    found: dict[str, Place] = {}
    for begin, stop in sorted(_campaign_places(text, start, end)):
        found.setdefault(text[begin:stop], (begin, stop))
    return list(found.values())


def _campaign_places(text: str, start: int, end: int) -> Iterator[Place]:
    taken: list[Place] = []
    for match in _WHOLE.finditer(text, start, end):
        taken.append(match.span())
        yield match.span()
    for pattern in (_MARKED_WHOLE, _MARKED):
        for match in pattern.finditer(text, start, end):
            place = match.span("name")
            if _GENERIC.match(match["name"]):
                continue
            if not _inside(place, taken):
                taken.append(match.span())
                yield place
    for match in _ACTION.finditer(text, start, end):
        phrase = _noun_phrase(text, start, match.end())
        if phrase is not None and not _inside(phrase, taken):
            yield phrase


def _inside(place: Place, taken: list[Place]) -> bool:
    return any(begin <= place[0] and place[1] <= end for begin, end in taken)


def _noun_phrase(text: str, start: int, end: int) -> Place | None:
    """Return the noun phrase that ends in 行动 at ``end``, without verb and modifiers."""
    floor = max(start, end - 60)
    for cut in _CUT.finditer(text, floor, end):
        floor = cut.end()
    opening = list(_OPENING.finditer(text, floor, end - 2))
    leading = _LEADING.match(text, floor, end - 2)
    if opening:
        begin = opening[-1].end()
    elif leading:
        begin = leading.end()
    else:
        return None
    modifier = _MODIFIER.match(text, begin, end)
    begin = modifier.end() if modifier else begin
    while begin < end and text[begin] in "、的":
        begin += 1
    name = text[begin:end]
    if len(name) < 5 or _GENERIC.match(name) or _NOT_IN_NAME.search(name):
        return None
    return begin, end
