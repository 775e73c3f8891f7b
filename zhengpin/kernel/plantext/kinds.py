"""What an item is for (work, phase, safeguard) and which words of a clause set a time limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.model import Kind
from zhengpin.kernel.text.patterns import one_of

if TYPE_CHECKING:
    from zhengpin.kernel.plantext.layout import Page

_STEPS = one_of(
    "时间安排 实施步骤 工作步骤 方法步骤 进度安排 步骤安排 时间步骤 工作阶段 实施阶段 阶段安排"
    " 时间进度"
    " 推进步骤 行动步骤 时间节点"
)
_PHASE_SECTION = re.compile(rf".{{0,6}}{_STEPS}(?:[和及].{{0,6}})?\Z")
_BEFORE_SAFEGUARD = one_of("工作 组织 有关 相关 几点 具体 落实 强化 加强 完善 健全 制度 措施 实施")
_SAFEGUARD = one_of("保障 要求 组织领导 保障措施 保障机制 工作要求 措施保障")
_SAFEGUARD_SECTION = re.compile(
    rf"(?:{_BEFORE_SAFEGUARD}*{_SAFEGUARD}(?:措施|机制|工作)?|组织实施)\Z"
)
_PHASE_TITLE = re.compile(r"[^。,]{2,24}阶段\Z|第[一二三四五六]阶段.{0,20}\Z")
DATES_IN_TITLE = re.compile(r"\([^()]*[0-9一二三四五六七八九十]{1,4}[年月][^()]*\)\Z")

_BEFORE = one_of("前 之前 以前")
_DAY = r"(?:[0-9]{1,2}[日号]|底|末|初|上旬|中旬|下旬)"
_YEAR = r"(?:(?:20[0-9]{2}|[当本今明次])年)"
_DUE = re.compile(
    rf"[于在到至]?{_YEAR}?(?:[0-9一二三四五六七八九十]{{1,2}}月份?{_DAY}?{_BEFORE}"
    rf"|[0-9]{{1,2}}[日号]{_BEFORE}|年[底末终]{_BEFORE}?|年内|上半年|下半年"
    r"|[一二三四]季度[末底]?前?)"
    r"|每个?(?:季度?|半?月|半年|年|周|旬)(?:[末底初])?"
    r"|[0-9一二三四五六七八九十]{1,3}个?(?:工作)?[日天]内"
)


def kind_of(section: str, title: str) -> Kind:
    """Return the kind of an item from the title of its chapter and its own folded title."""
    if _PHASE_SECTION.match(section) or _PHASE_TITLE.match(DATES_IN_TITLE.sub("", title)):
        return Kind.PHASE
    return Kind.SAFEGUARD if _SAFEGUARD_SECTION.match(section) else Kind.TASK


def due_in(page: Page, start: int, end: int) -> str | None:
    """Return the first words in a compact range that set a time limit, verbatim, or None."""
    match = _DUE.search(page.text, start, end)
    return page.printed(*match.span()) if match else None
