"""Lists of names as plans print them: 市公安局、市商务局等 · 商务、知识产权部门 · X(牵头)、Y."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from zhengpin.kernel.organizations import is_collective, is_unit_like, resolve
from zhengpin.kernel.plantext.wording import (
    ALL_LEVELS,
    ENDS_LIKE_A_UNIT,
    GOES_ON,
    HALF_A_NAME,
    NOT_IN_A_NAME,
    OPEN_END,
    SEPARATOR,
    STEP_IN,
)


class Duty(IntEnum):
    """What the verb of a group of units asks of them."""

    LEAD = 0  # 牵头, 主办
    ACT = 1  # 负责, 承办, or no verb
    SUPPORT = 2  # 配合, 协办, 参加


@dataclass(frozen=True, slots=True)
class Named:
    """One name in a phrase, at ``[start, end)``.

    ``chain`` counts the comma groups; ``ending`` is what the name leaves to the last of its list,
    as 商务 does in 商务、知识产权部门.
    """

    name: str
    start: int
    end: int
    duty: Duty
    chain: int
    collective: bool = False
    ending: str = ""

    @property
    def is_good(self) -> bool:
        """Whether this can be the name of a body or of a class of bodies."""
        return self.collective or bool(self.ending) or is_unit_like(self.name)


@dataclass(frozen=True, slots=True)
class Group:
    """Names that share one verb; ``explicit`` where the phrase prints that verb or a label."""

    names: tuple[Named, ...]
    duty: Duty
    by_duty: bool = False
    open_ended: bool = False
    explicit: bool = False

    def with_duty(self, duty: Duty) -> Group:
        """Return the same names under another verb; a name with its own 牵头 keeps it."""
        names = (
            replace(name, duty=Duty.LEAD if name.duty is Duty.LEAD else duty)
            for name in self.names
        )
        return replace(self, names=tuple(names), duty=duty, explicit=True)


def duty_of(words: str) -> Duty:
    """Return what a verb or label asks: 牵头 leads, 配合 supports, 负责 acts."""
    if re.search("牵头|主办|主责|主管|主抓|统筹|抓总|主导|为主|总责", words):
        return Duty.LEAD
    if re.search("配合|协助|协办|协同|参加|参与|协作|支持|会办|成员", words):
        return Duty.SUPPORT
    return Duty.ACT


def read_list(text: str, offset: int = 0, duty: Duty = Duty.ACT) -> Group | None:
    """Return the names listed in ``text``, or None where one of them cannot be a name."""
    group = read_names(text, offset, duty)
    return group if group and all(name.is_good for name in group.names) else None


def read_names(text: str, offset: int, duty: Duty, chain: int = 0) -> Group | None:
    """Return the names of one list, however odd; None where it cannot be a list of names.

    ``offset`` is the place of ``text`` in its phrase; commas begin a new chain of prefixes.
    """
    open_end = OPEN_END.search(text)
    if open_end and open_end.start():
        text = text[: open_end.start()].rstrip("、,")
    else:
        open_end = None
    names: list[Named] = []
    for start, end, comma in _elements(text):
        chain += comma
        inner = OPEN_END.search(text, start, end)  # X等部门, in front of other names
        if inner and inner.start() > start:
            open_end = open_end or inner
        else:
            inner = None
        name = text[start : inner.start() if inner else end]
        named = _named(name, offset + start, duty, chain)
        if named is None:
            return None
        names.append(named)
    if not names:
        return None
    shared = open_end["rest"] if open_end else names[-1].name
    return Group(tuple(_with_endings(names, shared)), duty, open_ended=open_end is not None)


_SHORT = re.compile(r"[\u4e00-\u9fff]{2,6}")


def _with_endings(names: list[Named], shared: str) -> list[Named]:
    """Give 商务 in 商务、知识产权部门, or in 商务、税务等部门, the ending that it shares."""
    ending = re.search(r"(?:部门|机关)\Z", shared)
    if ending is None:
        return names
    word = ending.group()
    known = [not name.is_good and resolve(name.name + word).known for name in names]
    return [
        replace(name, ending=word)
        if takes or (any(known) and not name.is_good and _SHORT.fullmatch(name.name))
        else name
        for name, takes in zip(names, known, strict=True)
    ]


def _elements(text: str) -> list[tuple[int, int, int]]:
    """Return the ``[start, end)`` of each name, and whether a comma stands before it."""
    found: list[tuple[int, int, int]] = []
    start, comma = 0, 0
    for sign in SEPARATOR.finditer(text):
        inside = text.count("(", start, sign.start()) > text.count(")", start, sign.start())
        if inside or (sign.group() not in "、,;" and not _splits(text, start, sign)):
            continue
        if ALL_LEVELS.match(text, start, sign.start()) and GOES_ON.match(text, sign.end()):
            continue
        if sign.start() > start:
            found.append((start, sign.start(), comma))
            comma = 0
        comma = 1 if sign.group() in ",;" else comma
        start = sign.end()
    if start < len(text):
        found.append((start, len(text), comma))
    return found


def _splits(text: str, start: int, sign: re.Match[str]) -> bool:
    """Tell whether 及, 和, 与 stand between two names and not inside one (文化和旅游局)."""
    left = text[start : sign.start()]
    right = re.split(r"[、,;]", text[sign.end() :], maxsplit=1)[0]
    if len(left) < 3 or not ENDS_LIKE_A_UNIT.search(left) or HALF_A_NAME.match(left):
        return False
    return bool(ENDS_LIKE_A_UNIT.search(right)) or is_collective(right)


def _named(text: str, start: int, duty: Duty, chain: int) -> Named | None:
    step_in = STEP_IN.search(text)
    if step_in and step_in.start():
        own = duty_of(step_in["word"])
        text, duty = text[: step_in.start()], duty if own is Duty.ACT else own
    if not 1 < len(text) <= 40 or NOT_IN_A_NAME.search(text):
        return None
    return Named(text, start, start + len(text), duty, chain, is_collective(text))
