"""What a check of the ledger can find wrong, each with a code, a place and a sentence."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field

SENTENCES = {
    "entry-altered": "账目{uuid}（第{where}位）与封存时不符：被改动过。",
    "waiting-altered": "待封存的账目{uuid}的内容与摘要不符：被改动过。",
    "entry-missing": "第{where}位所指的账目不存在：被删除。",
    "entry-stray": "账目{uuid}既没有位置，也不在待封存之列：它的位置或待封存记录被删除。",
    "entries-removed": "{whose}封存了{size}笔，现在只有{sealed}笔：末尾的账目被删除。",
    "entries-changed": "第{where}位的账目与树上的节点不符：被改写或调换。",
    "position-missing": "第{where}位缺失：账目的位置被删除。",
    "positions-swapped": "账目{uuid}在第{where}位，封存时在第{sealed_at}位：次序被调换。",
    "node-missing": "树的节点{where}缺失。",
    "node-wrong": "树的节点{where}与其下的账目不符：节点被改动。",
    "nodes-surplus": "树多出{where}个节点。",
    "checkpoint-altered": "第{where}笔处的检查点与其签名文本不符。",
    "checkpoint-missing": "第{where}位之后没有检查点：检查点被删除，或有账目未经签名入树。",
    "signature-bad": "{whose}的签名无效，不是本账本的密钥所签：{why}",
    "root-mismatch": "{whose}签名的根与重新计算的不符：前面第{since}位起的账目被改动、替换或调换，"
    "树未经密钥重建。",
    "tree-lost": "自第{where}位起缺少重建树的节点，其后只核对了各笔账目自身。",
    "sealing-late": "{where}笔账目等待封存超过{seconds}秒：封存任务没有运行。",
}
_MOST = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold: a code, where, and a sentence."""

    code: str
    where: str
    message: str


@dataclass(slots=True)
class Faults:
    """The faults found so far: the first hundred in words, the rest by number.

    ``disturbed`` are positions above which nodes and roots cannot fit; that they do not is no
    fault of its own.
    """

    named: list[Fault] = field(default_factory=list)
    count: int = 0
    disturbed: list[int] = field(default_factory=list)

    def add(self, code: str, where: object, **words: object) -> None:
        self.count += 1
        if len(self.named) < _MOST:
            message = SENTENCES[code].format(where=where, **words)
            self.named.append(Fault(code, str(where), message))

    def disturb(self, position: int) -> None:
        insort(self.disturbed, position)

    def is_disturbed(self, start: int, stop: int) -> bool:
        at = bisect_left(self.disturbed, start)
        return at < len(self.disturbed) and self.disturbed[at] < stop


def stretch(start: int, stop: int) -> str:
    """Write positions from ``start`` up to before ``stop``."""
    return str(start) if stop == start + 1 else f"{start}–{stop - 1}"
