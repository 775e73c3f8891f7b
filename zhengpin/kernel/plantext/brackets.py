"""Finds the places that assign work: brackets at the end of a sentence and label lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhengpin.kernel.organizations import is_unit_like
from zhengpin.kernel.plantext.assignments import (
    LONGEST,
    Assignment,
    lead_first,
    merge,
    read_assignment,
)
from zhengpin.kernel.plantext.model import Problem
from zhengpin.kernel.plantext.wording import (
    DUE_LABEL,
    FIRST_LEADS,
    LABEL,
    PERSON_LABEL,
    TASK_LABEL,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpin.kernel.plantext.layout import Page


@dataclass(frozen=True, slots=True)
class Found:
    """A place that assigns: the compact range with its signs, and the words inside them.

    ``offsets`` gives the source offset of each character of the phrase that was read.
    """

    start: int
    end: int
    inner: int
    inner_end: int
    assignment: Assignment | None
    offsets: tuple[int, ...]
    due: str | None = None


_VERBS = ("牵头", "负责", "主办", "配合")
_NAME_BEHIND = re.compile(r"[省市区县州盟旗各]|自治")
_SIGN = re.compile(r"[()【】\[\]〔〕]")


def find_assignments(page: Page) -> list[Found]:
    """Return every bracket and label line of a page that assigns work, in order."""
    brackets = _brackets(page)
    labels = _labels(page, brackets)
    ends = [one.end for one in labels]
    found = list(labels)
    for one in brackets:  # 市林业局(市草原局): a bracket inside the value of a label is no place
        after = bisect_right(ends, one.start)
        if after == len(labels) or one.start < labels[after].start:
            found.append(one)
    if first_named_leads(page):
        found = [
            replace(one, assignment=lead_first(one.assignment)) if one.assignment else one
            for one in found
        ]
    return sorted(found, key=lambda one: one.start)


def first_named_leads(page: Page) -> bool:
    """Tell whether the plan says of all its lists that the unit named first leads."""
    text = page.text
    return any(
        said.group().endswith("下同")
        or text[said.start() - 1 : said.start()] not in ",;、。"
        or text[said.end() : said.end() + 1] not in ")】]"
        for said in FIRST_LEADS.finditer(text)
    )


def phrase(page: Page, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    """Return the words of a compact range; what blanks alone set apart gets a sign between.

    A 、 between two names, a comma behind a verb: X牵头 Y、Z配合.
    """
    text, offsets = page.text[start:end], tuple(page.at[start:end])
    gaps = [at for at in range(1, len(text)) if offsets[at] - offsets[at - 1] > 1]
    parts: list[str] = []
    places: list[int] = []
    token = 0
    listed = len(text) >= 6 and not re.search("[、,;]", text)
    for at in gaps:
        blank = page.source.source[offsets[at - 1] + 1 : offsets[at]]
        sign = "" if "\n" in blank else _sign_between(text, token, at, listed=listed)
        if sign:
            parts += (text[token:at], sign)
            places += (*offsets[token:at], offsets[at - 1] + 1)
            token = at
    return "".join((*parts, text[token:])), (*places, *offsets[token:])


def _sign_between(text: str, token: int, at: int, *, listed: bool) -> str:
    """Return the sign that a blank before ``text[at]`` stands for, if any.

    ``listed``: the names of ``text`` have no signs between them.
    """
    if text.endswith(_VERBS, token, at) and _NAME_BEHIND.match(text, at):
        return ","
    if not listed or text[at] in ":(":
        return ""
    name = text[max(token, at - 60) : at].rpartition(":")[2]
    return "、" if len(name) >= 3 and is_unit_like(name) else ""


def join_adjacent(page: Page, found: Sequence[Found]) -> list[Found]:
    """Return the places with those that follow one another directly made one."""
    joined: list[Found] = []
    for one in found:
        if joined and not page.text[joined[-1].end : one.start].strip("。,;、:."):
            joined[-1] = join(joined[-1], one)
        else:
            joined.append(one)
    return joined


def join(first: Found, second: Found) -> Found:
    """Return two places about the same work as one; the second fills gaps of the first."""
    base = replace(first, end=second.end, inner_end=second.inner_end, due=first.due or second.due)
    if second.assignment is None:
        return base
    if first.assignment is None:
        return replace(base, assignment=second.assignment, offsets=second.offsets)
    return replace(
        base,
        assignment=merge(first.assignment, second.assignment, len(first.offsets)),
        offsets=first.offsets + second.offsets,
    )


def _brackets(page: Page) -> list[Found]:
    text = page.text
    borders = iter([*(marker.start for marker in page.markers), len(text)])
    border = next(borders)
    found: list[Found] = []
    stack: list[int] = []
    for sign in _SIGN.finditer(text):
        place = sign.start()
        while place >= border:
            _unclosed(page, stack, border, found)
            stack = []
            border = next(borders, len(text) + 1)
        if sign.group() in "(【[〔":
            stack.append(place)
        elif stack:
            _close(page, stack.pop(), place, found)
        else:
            _unopened(page, place, found)
    _unclosed(page, stack, len(text), found)
    return found


def _close(page: Page, opened: int, closed: int, found: list[Found]) -> None:
    bare = _may_be_bare(page, opened, closed)
    one = _read(page, opened + 1, closed, opened, closed + 1, bare=bare)
    if one is None:
        return
    while found and found[-1].start > opened:
        found.pop()
    found.append(one)


def _read(
    page: Page, inner: int, inner_end: int, start: int, end: int, *, bare: bool = False
) -> Found | None:
    words, offsets = phrase(page, inner, inner_end)
    assignment = read_assignment(words, bare=bare)
    if assignment is None:
        return None
    return Found(start, end, inner, inner_end, assignment, offsets, assignment.due)


def _may_be_bare(page: Page, opened: int, closed: int) -> bool:
    """Tell whether a bracket stands where an assignment would: at the end of a sentence."""
    text = page.text
    at_end = closed + 1 >= len(text) or page.begins_paragraph(closed + 1)
    ends = at_end or text[closed + 1] in "。;"
    begins = opened == 0 or text[opened - 1] in "。;" or page.begins_paragraph(opened)
    return ends or begins


def _unclosed(page: Page, stack: list[int], border: int, found: list[Found]) -> None:
    """Read a bracket that was opened and never closed, where it ends a paragraph."""
    if not stack:
        return
    opened = stack[-1]
    end = min(page.paragraph_end(opened), border)
    stop = end - 1 if page.text[end - 1] == "。" else end
    one = _read(page, opened + 1, stop, opened, end)
    message = "括号没有右半边"
    if one is not None:
        found.append(one)
        message += "，已按段末为止读取责任单位，请核对。"
    else:
        message += "，请核对。"
    page.problems.append(Problem("bracket-unclosed", page.line_at(opened), message))


def _unopened(page: Page, closed: int, found: list[Found]) -> None:
    """Read an assignment whose left bracket is missing, back to the end of the last sentence."""
    text = page.text
    floor = max(closed - 400, found[-1].end if found else 0)
    start = max(text.rfind("。", floor, closed) + 1, floor)
    one = _read(page, start, closed, start, closed + 1) if closed - start > 3 else None
    if one is None:
        return
    found.append(one)
    page.problems.append(
        Problem(
            "bracket-unopened",
            page.line_at(closed),
            "括号没有左半边，已从上一句末读取责任单位，请核对。",
        )
    )


def _labels(page: Page, brackets: list[Found]) -> list[Found]:
    starts = [one.start for one in brackets]
    found: list[Found] = []
    refused = 0  # a label behind a blank is not tried again inside what could not be read
    for label in sorted(
        [one for kind in (LABEL, DUE_LABEL, PERSON_LABEL) for one in kind.finditer(page.text)],
        key=lambda match: match.start(),
    ):
        start = label.start()
        if found and start < found[-1].end:
            continue
        before = bisect_right(starts, start) - 1
        inside = before >= 0 and start < brackets[before].end
        if inside or not _may_begin(page, start, behind_blank=start >= refused):
            continue
        one = _label(page, label)
        if one is not None:
            found.append(one)
        else:
            refused = min(page.paragraph_end(start), start + LONGEST)
    return found


def _may_begin(page: Page, start: int, *, behind_blank: bool) -> bool:
    if page.begins_paragraph(start) or page.text[start - 1] in "。;,)】”":
        return True
    if not behind_blank:
        return False
    gap = page.source.full[page.at[start - 1] + 1 : page.at[start]]
    return bool(gap) and gap.isspace() and "\n" not in gap


def _label(page: Page, label: re.Match[str]) -> Found | None:
    """Read the list behind a label, to the end of its sentence, paragraph or the next label."""
    start = label.start()
    end = min(page.paragraph_end(start), start + LONGEST + 1)
    stop = page.text.find("。", start, end)
    end = stop if stop >= 0 else end
    others = (kind.search(page.text, label.end(), end) for kind in (TASK_LABEL, PERSON_LABEL))
    end = min([end, *(other.start() for other in others if other)])
    inner_end = start + len(page.text[start:end].rstrip(",;、。"))
    if inner_end - start > LONGEST:
        return None
    words, offsets = phrase(page, start, inner_end)
    after = end + 1 if stop == end else end
    due = DUE_LABEL.match(words)
    if due and not LABEL.search(words):
        return Found(start, after, start, inner_end, None, offsets, words[due.end() :] or None)
    if PERSON_LABEL.match(words):
        other = LABEL.search(page.text, label.end(), inner_end)
        if other:
            inner_end = after = other.start()
            offsets = offsets[: inner_end - start]
        return Found(start, after, start, inner_end, None, offsets)
    assignment = read_assignment(words)
    if assignment is None:
        return None
    return Found(start, after, start, inner_end, assignment, offsets, assignment.due)
