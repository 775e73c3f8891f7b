"""What the compiler could not decide, repaired or missed, each with its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.model import Kind, Numbering, PieceKind, Plan, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LOST_DOT = re.compile(r"[“\"][0-9]{1,2}[?？][0-9]{1,2}[”\"]")
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_MISSING = (
    ("title", "title-missing", "没有找到计划的标题。"),
    ("doc_number", "number-missing", "文中没有写明发文字号。"),
    ("issued_on", "date-missing", "文中没有写明成文日期。"),
    ("issuer", "issuer-missing", "文中没有写明发文机关。"),
    ("year", "year-missing", "没有找到计划所属年度。"),
)


def check(plan: Plan, reported: Iterable[Problem]) -> list[Problem]:
    """Return the problems of a plan, those ``reported`` while reading included, each once."""
    lines = [0, *(match.end() for match in _LINE_END.finditer(plan.source.text))]
    found = dict.fromkeys(_once_each(reported))
    found.update(dict.fromkeys(_missing(plan)))
    found.update(dict.fromkeys(_numbers(plan, lines)))
    found.update(dict.fromkeys(_clauses(plan, lines)))
    found.update(dict.fromkeys(_characters(plan, lines)))
    return list(found)


def _once_each(reported: Iterable[Problem]) -> Iterator[Problem]:
    """Report an unknown name where it first stands and not at every mention."""
    seen: set[tuple[str, str]] = set()
    for problem in reported:
        key = (problem.code, problem.message)
        if not problem.code.startswith("unit-") or key not in seen:
            seen.add(key)
            yield problem


def _line(lines: Sequence[int], offset: int) -> int:
    return bisect_right(lines, offset)


def _missing(plan: Plan) -> Iterator[Problem]:
    for name, code, message in _MISSING:
        if getattr(plan, name) is None:
            yield Problem(code, 1, message)


def _numbers(plan: Plan, lines: Sequence[int]) -> Iterator[Problem]:
    """Report numbers that are left out or come twice."""
    for scope, numbers in _scopes(plan).items():
        previous = None
        for number, offset in numbers:
            line = _line(lines, offset)
            if previous is not None and number == previous:
                yield Problem("number-repeated", line, f"{scope}编号{number}重复。")
            elif previous is not None and number != previous + 1:
                yield Problem(
                    "number-gap", line, f"{scope}编号由{previous}跳到{number}，请核对是否缺漏。"
                )
            previous = number


def _scopes(plan: Plan) -> dict[str, list[tuple[int, int]]]:
    scopes = {"章的": [(section.no, section.span[0]) for section in plan.sections]}
    for item in plan.items:
        if item.no:
            per_section = plan.numbering is Numbering.PER_SECTION
            scope = f"第{item.section}章条目的" if per_section else "条目的"
            scopes.setdefault(scope, []).append((item.no, item.span[0]))
    return scopes


def _clauses(plan: Plan, lines: Sequence[int]) -> Iterator[Problem]:
    tasks = [item for item in plan.items if item.kind is Kind.TASK]
    clauses = [clause for item in tasks for clause in item.clauses]
    if clauses and not any(clause.units for clause in clauses):
        yield Problem("no-assignment", 1, "全文没有读出任何责任单位，请人工指定。")
    for item in tasks:
        if not item.clauses:
            yield Problem("item-empty", _line(lines, item.span[0]), f"第{item.no}条没有任务内容。")
        for clause in item.clauses:
            if not clause.units:
                yield Problem(
                    "clause-without-unit",
                    _line(lines, clause.span[0]),
                    f"“{clause.text[:12]}…”没有写明责任单位，请指定。",
                )


def _characters(plan: Plan, lines: Sequence[int]) -> Iterator[Problem]:
    copies = [piece for piece in plan.pieces if piece.kind is PieceKind.DUPLICATE]
    for match in _LOST_DOT.finditer(plan.source.text):
        start = match.start()
        if any(piece.start <= start < piece.start + len(piece.text) for piece in copies):
            continue
        written = match.group()
        mended = re.sub("[?？]", "·", written)
        yield Problem(
            "character-repaired",
            _line(lines, match.start()),
            f"{written}中的间隔号在文件中变成了问号，按{mended}理解，原文保留。",
        )
