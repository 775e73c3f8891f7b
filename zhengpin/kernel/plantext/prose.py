"""Assignments written as sentences: 由X牵头，Y、Z配合 · X、Y等部门要 · X负责 · 各部门按照各自职责.

A subject counts only where it stands before its verb and is a body or a class of bodies; a body
that is the object of 组织, 协调, 对 … is not assigned, and a subject never reaches back over
earlier sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zhengpin.kernel.organizations import is_collective, resolve
from zhengpin.kernel.plantext.assignments import (
    Assignment,
    assign,
    merge,
    read_assignment,
    without_remarks,
)
from zhengpin.kernel.plantext.names import Duty, Group, duty_of, read_list
from zhengpin.kernel.plantext.wording import ENDS_LIKE_A_UNIT
from zhengpin.kernel.text.patterns import one_of


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject with its verb: the words ``[start, end)`` that assign, and what they assign.

    ``support``: it only joins in the work named before. ``tail``: it closes the sentence whose
    work it assigns. Names are placed relative to ``start``.
    """

    start: int
    end: int
    assignment: Assignment
    support: bool = False
    tail: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """One clause of prose: the action text and the subjects that carry it."""

    start: int
    end: int
    subjects: tuple[Subject, ...]


_POINT = re.compile(
    r"(?:(?<=[。;,:!])|^)(?:[一二三四五六七八九十]{1,3}(?:是|要)(?!否|求)[:,]?"
    r"|第[一二三四五六七八九十]{1,3},是?)"
)
_SENTENCE_END = re.compile(r"[。;!?]”?")
_HOW = one_of("具体 分别 共同 主要 统一 全面 统筹 联合 重点")
_MODAL = (
    r"(?:[也还都均]?要(?!求|素|点)|[均都]?应当?(?!急|用|对)|必须|须|将(?!军)"
    rf"|{_HOW}*(?:负责(?!人|制)|牵头|主抓|抓总)|[为是](?:牵头|主办|责任)单位)"
)
_WITH = r"[与同](?=[^,。;]{2,16}(?:协作|配合|联合|共同|密切|建立))"
_BASIS = r"(?:按照?|根据|依据|结合|对(?!外|口|接)|以(?!及|案)|在|围绕|针对|聚焦|充分)"
_ACTION = one_of(
    "加强 加大 开展 强化 严格 严厉 依法 深入 推进 推动 落实 建立 健全 完善 制定 做好 组织(?!部)"
    " 指导 督促 认真 积极 全面 持续 进一步 抓好 切实 定期 及时 每[月季年半] 承担 统筹 具体 重点"
    " 主要 分别 共同 主动 会同 牵头 配合 协助 依托 发挥 负有"
)
_TRIGGER = re.compile(
    rf"(?P<modal>{_MODAL})|(?P<with>{_WITH})|(?P<joint>会同|联合(?=[市省区县州各]|有关|相关))|(?P<basis>{_BASIS})"
    rf"|(?P<action>{_ACTION})|(?P<colon>:)"
)
_SHARED = re.compile(
    r"(?:[按依][照据]?|根据)[^,。;]{0,12}?(?:职责|职能|分工|权限)(?:分工|范围)?内?"
)
_WORK = one_of("此 该 本 这 上述 以上 各")
_BY = re.compile(rf"(?:{_WORK}项?(?:工作|任务|行动)?)?由(?=[^,。;]{{2,}})")
_OBJECT = re.compile(
    one_of(
        "组织(?!部) 协调 指导 督促 推动 会同 对 向 与 为 把 将 引导 鼓励 支持 配合 要求 请 和 及"
        " 并 同时 联合(?!会) 加强 推进 通过 依托 在 以 使 让 帮助"
    )
)
_JOINS_IN = re.compile(
    rf"{one_of('要 应 应当 须 负责')}?"
    rf"{one_of('积极 主动 密切 做好 予以 给予 认真 全力 依法 按职责 分别 协同')}*"
    r"(?:配合|支持|协助(?![查调提核鉴]))(?:做好|工作)?"
)
_LEADS = re.compile(rf"(?:{_HOW}*{one_of('牵头 负责 组织实施 组织落实 抓好落实')})+")
# What ends 由X…: the verb has no object of its own, the work stands before or behind it.
_CARRIES = re.compile(
    rf"(?P<shared>{_SHARED.pattern})?(?:{_HOW}|"
    rf"{one_of('负责 牵头 主办 承办 组织 实施 开展 落实 推进 抓好 督办 协调 办理')})+(?=[,。;]|$)"
)
_THEN_MODAL = re.compile(rf",?{_MODAL}")
_OF_UNITS = ("牵头", "负责", "主抓", "抓总", "单位")  # modals behind which other units follow
_TOGETHER = re.compile(r",?会同")
_PART_END = re.compile(r"[,。;]|$")


def read_head(text: str, start: int, end: int) -> Subject | None:
    """Return the units that ``text[start:end)`` names and that the words behind it are for.

    As in a chapter 职责分工: （一）市公安局。负责侦办…… · 县农业局、县林业局：开展……
    """
    group = read_list(text[start:end]) if end - start <= 60 else None
    if group and all(_is_sure_name(one.name + one.ending) for one in group.names):
        return Subject(start, end, assign([group]))
    return None


def read_prose(text: str, start: int, end: int) -> list[Stretch]:
    """Return the clauses of ``text[start:end)``; words without a subject form one of their own."""
    points = _points(text, start, end)
    stretches: list[Stretch] = []
    for begin, stop in points:
        stretches += _read_point(text, begin, stop)
    if len(points) > 1 and not any(stretch.subjects for stretch in stretches):
        return [Stretch(start, end, ())]
    return stretches


def _points(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of 一是…二是…, markers left out, and of what stands before them."""
    marks = [match.span() for match in _POINT.finditer(text[start:end])]
    if not marks:
        return [(start, end)]
    ends = [*(mark[0] for mark in marks[1:]), end - start]
    points = [(start + mark[1], start + stop) for mark, stop in zip(marks, ends, strict=True)]
    if text[start : start + marks[0][0]].strip("。;,:"):
        points.insert(0, (start, start + marks[0][0]))
    return points


def _read_point(text: str, start: int, end: int) -> list[Stretch]:
    stretches: list[Stretch] = []
    place = start
    while place < end:
        close = _SENTENCE_END.search(text, place, end)
        stop = close.end() if close else end
        _read_sentence(text, place, stop, stretches)
        place = stop
    return stretches


def _read_sentence(text: str, start: int, end: int, stretches: list[Stretch]) -> None:
    """Add one sentence to the clauses: to the last one, or as a new one with its own subject."""
    begin = start
    head = _subject_at(text, start, end, strict=False)
    if head is not None and head.tail and stretches and not stretches[-1].subjects:
        stretches[-1] = replace(stretches[-1], subjects=(head,))  # 上述工作由X牵头,Y配合。
        return
    if head is not None:
        stretches.append(Stretch(head.end, end, (head,)))
        begin = head.end
    elif stretches:
        stretches[-1] = replace(stretches[-1], end=end)
    else:
        stretches.append(Stretch(start, end, ()))
    reached = begin
    for comma in re.finditer(",", text[begin:end]):
        place = begin + comma.end()
        if place < max(reached, stretches[-1].start):
            continue
        subject = _subject_at(text, place, end, strict=True)
        if subject is not None:
            _add(text, stretches, subject, start, end)
            reached = subject.end


def _add(text: str, stretches: list[Stretch], subject: Subject, start: int, end: int) -> None:
    """Add a subject that stands inside a sentence."""
    last = stretches[-1]
    if subject.support and last.subjects:
        stop = subject.start if subject.tail else last.end
        stretches[-1] = replace(last, end=stop, subjects=(*last.subjects, subject))
    elif subject.tail and not last.subjects:
        stretches[-1] = Stretch(last.start, subject.start, (subject,))
    elif not last.subjects and last.start == start:
        stretches[-1] = replace(last, subjects=(subject,))
    elif not last.subjects:
        stretches[-1] = replace(last, end=start)
        stretches.append(Stretch(start, end, (subject,)))
    else:
        stretches[-1] = replace(last, end=subject.start)
        stretches.append(Stretch(subject.end, end, (subject,)))


def _subject_at(text: str, start: int, end: int, *, strict: bool) -> Subject | None:
    """Return the subject that begins at ``start``; ``strict`` inside a sentence."""
    by = _BY.match(text, start, end)
    body = by.end() if by else start
    if not by and _OBJECT.match(text, body, end):
        return None
    for trigger in _TRIGGER.finditer(text, body + 2, min(end, body + 160)):
        if "。" in text[body : trigger.start()]:
            return None
        names = without_remarks(text[body : trigger.start()]).rstrip(",")
        group = read_list(names, body - start)
        if group is None:
            continue
        if not _may_act(group, trigger, by=bool(by), strict=strict):
            return None
        return _subject(text, start, end, trigger, group, by=bool(by))
    return None


def _may_act(group: Group, trigger: re.Match[str], *, by: bool, strict: bool) -> bool:
    if trigger["colon"]:
        return not strict and all(_is_sure_name(one.name + one.ending) for one in group.names)
    if by or trigger["modal"] or trigger["with"]:
        return by or not strict or _is_sure(group)
    return (not strict or _ends_joining_in(trigger)) and _is_sure(group)


def _ends_joining_in(trigger: re.Match[str]) -> bool:
    """Tell whether the sentence ends with the verb, as in …,市公安局配合。"""
    joins = _JOINS_IN.match(trigger.string, trigger.start())
    return joins is not None and trigger.string[joins.end() : joins.end() + 1] in "。;"


def _is_sure(group: Group) -> bool:
    """Tell whether the first name is a body we know or a class of bodies."""
    first = group.names[0].name + group.names[0].ending
    return _is_sure_name(first)


def _is_sure_name(first: str) -> bool:
    return is_collective(first) or first.endswith("领导小组") or resolve(first).known


def _subject(
    text: str, start: int, end: int, trigger: re.Match[str], group: Group, *, by: bool
) -> Subject:
    word = trigger["modal"] or ""
    stop = trigger.end() if word or trigger["colon"] else trigger.start()
    together = _TOGETHER.match(text, stop, end) if word else None
    if together:
        return _joint(text, start, end, together, group)
    if word.endswith(_OF_UNITS) or trigger["joint"]:
        return _with_verb(text, start, end, trigger, group)
    if by and not word:
        carries = _CARRIES.match(text, stop, end)
        stop = carries.end() if carries else stop
        by_duty = bool(carries and carries["shared"])
        return _finished(text, start, end, stop, assign([replace(group, by_duty=by_duty)]))
    joins = _JOINS_IN.match(text, trigger.start(), end)
    if joins:
        support = group.with_duty(Duty.SUPPORT)
        return _finished(text, start, end, joins.end(), assign([support]))
    shared = _SHARED.match(text, trigger.start(), end)
    if shared:
        stop = shared.end()
        group = replace(group, by_duty=True)
        modal = _THEN_MODAL.match(text, stop, end)
        stop = modal.end() if modal else stop
    return _finished(text, start, end, stop, assign([group]))


def _with_verb(text: str, start: int, end: int, trigger: re.Match[str], group: Group) -> Subject:
    """Read on after 牵头, 负责 or 会同: the other groups that the same words name."""
    if trigger["joint"]:
        return _joint(text, start, end, trigger, group)
    verb = _LEADS.match(text, trigger.start(), end)
    stop = verb.end() if verb else trigger.end()
    together = _TOGETHER.match(text, stop, end)
    duty = duty_of(text[trigger.start() : stop])
    first = assign([group.with_duty(duty)])
    if together:
        return _joint(text, start, end, together, group)
    while stop < end and text[stop] in ",、;":
        close = _PART_END.search(text, stop + 1, end)
        until = close.start() if close else end
        more = read_assignment(text[stop + 1 : until])
        if more is None or not more.explicit:
            break
        first = merge(first, more, stop + 1 - start)
        stop = until
    return _finished(text, start, end, stop, first)


def _joint(text: str, start: int, end: int, joint: re.Match[str], group: Group) -> Subject:
    """Read X会同Y、Z开展…: the first leads, the others take part."""
    close = _PART_END.search(text, joint.end(), end)
    until = close.start() if close else end
    for place in range(min(until, joint.end() + 120), joint.end() + 1, -1):
        words = text[joint.end() : place]
        if not ENDS_LIKE_A_UNIT.search(words) and not words.endswith("等"):
            continue
        others = read_list(words, joint.end() - start)
        if others is not None:
            modal = _CARRIES.match(text, place, end) or _THEN_MODAL.match(text, place, end)
            both = [group.with_duty(Duty.LEAD), others.with_duty(Duty.SUPPORT)]
            return _finished(text, start, end, modal.end() if modal else place, assign(both))
    return _finished(text, start, end, joint.start(), assign([group.with_duty(Duty.LEAD)]))


def _finished(text: str, start: int, end: int, stop: int, assignment: Assignment) -> Subject:
    support = all(unit.duty is Duty.SUPPORT for unit in assignment.units)
    tail = not text[stop:end].strip("。;,!”")
    return Subject(start, stop, assignment, support=support, tail=tail)
