"""What an assigning phrase says: who leads, who takes part, how the work is shared out.

Reads one phrase (the inside of a bracket, a label line, the head of a sentence) in folded,
blank-free text. Invariant: every name keeps its place in the phrase; nothing is guessed into a
list that the phrase does not print.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zhengpin.kernel.plantext.model import Mode, Role
from zhengpin.kernel.plantext.names import Duty, Group, Named, duty_of, read_names
from zhengpin.kernel.plantext.wording import (
    BEFORE_A_NAME,
    DUE_LABEL,
    DUE_ONLY,
    ENDS_LIKE_A_UNIT,
    FIRST_LEADS,
    JOINT,
    LABEL,
    PERSON_LABEL,
    REMARK,
    ROLE,
    SETS_DUE,
)

LONGEST = 1200  # characters of one phrase; the longest in the five plans has 240
_SIGNS = ",;、。:"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a phrase assigns; ``roles`` are aligned with ``units``, ``due`` is verbatim."""

    units: tuple[Named, ...]
    roles: tuple[Role, ...]
    mode: Mode
    open_ended: bool
    explicit: bool
    due: str | None = None
    shared: bool = False  # 按职责分工, 分别: nobody leads


def read_assignment(phrase: str, *, bare: bool = False) -> Assignment | None:
    """Return what the whole of ``phrase`` assigns, or None if it is not an assignment.

    ``bare`` also accepts a list of well-formed names without a verb: （市公安局、市商务局）.
    """
    if not phrase or len(phrase) > LONGEST:
        return None
    first = FIRST_LEADS.search(phrase)
    if first:
        phrase = phrase[: first.start()] + "," * len(first.group()) + phrase[first.end() :]
    kept, due = _without_due(phrase)
    groups = _labelled(kept) if LABEL.search(kept) else _spoken(kept)
    if not groups or not _are_names(groups, bare=bare):
        return None
    found = replace(assign(groups), due=due)
    return lead_first(found) if first else found


def lead_first(found: Assignment) -> Assignment:
    """Return the assignment with its first unit leading, where the words leave that open."""
    open_to_it = found.mode is Mode.BY_DUTY and not found.shared and len(found.units) > 1
    if not open_to_it or found.units[0].collective:
        return found
    units = tuple(
        replace(unit, duty=Duty.SUPPORT if index else Duty.LEAD)
        for index, unit in enumerate(found.units)
    )
    roles = (Role.LEAD, *(Role.MEMBER for _ in units[1:]))
    return replace(found, units=units, roles=roles, mode=Mode.LEAD_AND_MEMBERS)


def assign(groups: list[Group]) -> Assignment:
    """Return the assignment that groups of names make together; a name counts once."""
    units = list(
        {name.name: name for group in reversed(groups) for name in reversed(group.names)}.values()
    )
    units.reverse()
    roles = _roles(units)
    open_ended = any(group.open_ended for group in groups)
    by_duty = any(group.by_duty for group in groups)
    mode = _mode(units, roles, by_duty=by_duty, open_ended=open_ended)
    if mode is Mode.SOLE:
        roles = [Role.SOLE]
    explicit = any(group.explicit for group in groups)
    return Assignment(tuple(units), tuple(roles), mode, open_ended, explicit, shared=by_duty)


def merge(first: Assignment, second: Assignment, shift: int) -> Assignment:
    """Return two phrases about the same work as one; the second begins ``shift`` further on."""
    moved = [
        replace(unit, start=unit.start + shift, end=unit.end + shift, chain=unit.chain + 100)
        for unit in second.units
    ]
    open_ended = first.open_ended or second.open_ended
    groups = [
        Group((unit,), unit.duty, open_ended=open_ended, explicit=True)
        for unit in (*first.units, *moved)
    ]
    return replace(assign(groups), due=first.due or second.due)


def without_remarks(phrase: str) -> str:
    """Blank out remarks such as 排名不分先后, keeping every place."""
    return REMARK.sub(lambda match: "," * len(match.group()), phrase)


def _without_due(phrase: str) -> tuple[str, str | None]:
    """Blank out the parts that only set a time limit or name a person, keeping every place."""
    found: list[str] = []
    kept = without_remarks(phrase)
    for kind in (DUE_LABEL, PERSON_LABEL):
        for label in kind.finditer(phrase):
            stop = LABEL.search(phrase, label.end())
            end = stop.start() if stop else phrase.find(";", label.end()) % (len(phrase) + 1)
            if kind is DUE_LABEL:
                found.append(phrase[label.end() : end].strip(",;。"))
            kept = kept[: label.start()] + "," * (end - label.start()) + kept[end:]
    for part in re.finditer(r"[^,;]+", kept):
        words = part.group()
        if SETS_DUE.search(words) and DUE_ONLY.match(words):
            found.append(words)
            kept = kept[: part.start()] + "," * len(words) + kept[part.end() :]
    return kept.rstrip(",;"), ",".join(word for word in found if word) or None


def _labelled(phrase: str) -> list[Group] | None:
    """Return the groups of a phrase with labels: 牵头单位:X;配合单位:Y、Z."""
    labels = list(LABEL.finditer(phrase))
    groups = _spoken(phrase[: labels[0].start()].rstrip(_SIGNS))
    ends = [*(label.start() for label in labels[1:]), len(phrase)]
    for index, (label, end) in enumerate(zip(labels, ends, strict=True), 1):
        inner = _spoken(phrase[label.end() : end], chain=index * 20, offset=label.end())
        if groups is None or inner is None:
            return None
        groups += _under_label(inner, duty_of(label["word"]))
    return groups


def _under_label(groups: list[Group], duty: Duty) -> list[Group]:
    """Give the names under a label its duty; verbs under a mere 责任单位 keep their own."""
    if duty is Duty.ACT and any(group.explicit for group in groups):
        return [replace(group, explicit=True) for group in groups]
    return [group.with_duty(duty) for group in groups]


def _spoken(phrase: str, *, chain: int = 0, offset: int = 0) -> list[Group] | None:
    """Return the groups of a phrase whose verbs follow the names: X牵头,Y、Z按职责分工负责.

    None where something in it cannot be a name.
    """
    groups: list[Group] = []
    place = 0
    for role in [*ROLE.finditer(phrase), None]:
        text, start = _trimmed(phrase, place, role.start() if role else len(phrase))
        if role is not None:
            place = role.end()
            if not text:
                groups[-1:] = [_amended(group, role) for group in groups[-1:]]
        for part, shift, duty in _jointly(text, duty_of(role.group()) if role else Duty.ACT):
            chain += 20
            group = read_names(part, offset + start + shift, duty, chain)
            if group is None:
                return None
            by_duty = role is not None and _is_by_duty(role)
            groups.append(replace(group, by_duty=by_duty, explicit=role is not None))
    return groups


def _amended(group: Group, role: re.Match[str]) -> Group:
    """Let a second verb about the same names count: 按职责分工,分别负责."""
    duty = duty_of(role.group())
    names = tuple(replace(name, duty=min(name.duty, duty)) for name in group.names)
    duty = min(duty, group.duty) if group.explicit else duty
    by_duty = group.by_duty or _is_by_duty(role)
    return replace(group, names=names, duty=duty, by_duty=by_duty, explicit=True)


def _is_by_duty(role: re.Match[str]) -> bool:
    return "分别" in role.group() or any(role[key] for key in ("d1", "d2", "d3"))


def _trimmed(phrase: str, start: int, end: int) -> tuple[str, int]:
    before = BEFORE_A_NAME.match(phrase, start, end)
    start = before.end() if before else start
    return phrase[start:end].rstrip(_SIGNS), start


def _jointly(text: str, duty: Duty) -> list[tuple[str, int, Duty]]:
    """Split X会同Y、Z: the first leads, the others take part. Nothing for no text.

    Behind a comma, as in X牵头,会同Y、Z落实, 会同 stands alone.
    """
    joint = JOINT.search(text)
    if joint is not None and joint.start() == 0:
        return [(text[joint.end() :], joint.end(), Duty.SUPPORT)]
    if joint is None or not ENDS_LIKE_A_UNIT.search(text[: joint.start()]):
        return [(text, 0, duty)] if text else []
    return [
        (text[: joint.start()], 0, Duty.LEAD),
        (text[joint.end() :], joint.end(), Duty.SUPPORT),
    ]


def _are_names(groups: list[Group], *, bare: bool) -> bool:
    """Tell whether the names can be names: all of them where no verb says that they are."""
    names = [name for group in groups for name in group.names]
    good = [name.is_good for name in names]
    if any(group.explicit for group in groups) or any(name.duty is not Duty.ACT for name in names):
        return any(good) and (all(good) or len(good) > 1)
    return bare and all(good)


def _roles(units: list[Named]) -> list[Role]:
    duties = {unit.duty for unit in units}
    if Duty.LEAD in duties:
        leading = Duty.LEAD
    elif duties == {Duty.ACT, Duty.SUPPORT}:
        leading = Duty.ACT
    else:
        return [Role.MEMBER] * len(units)
    return [Role.LEAD if unit.duty is leading else Role.MEMBER for unit in units]


def _mode(units: list[Named], roles: list[Role], *, by_duty: bool, open_ended: bool) -> Mode:
    if len(units) == 1:
        if roles[0] is Role.LEAD:
            return Mode.CO_LEAD if open_ended else Mode.SOLE
        shared = open_ended or (by_duty and units[0].collective)
        return Mode.BY_DUTY if shared else Mode.SOLE
    if Role.LEAD not in roles:
        return Mode.BY_DUTY
    return Mode.LEAD_AND_MEMBERS if Role.MEMBER in roles else Mode.CO_LEAD
