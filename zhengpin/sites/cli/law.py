"""``zhengpin law``: due days with their reasons, one or line by line, and a rule's fields."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.clocks import StartUnreadable, answer, read_start
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.lawdata import deadline_table, rule
from zhengpin.sites.cli import streams
from zhengpin.sites.cli.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.kernel.lawdata import Rule

LONGEST_LINE = 1_000_000
PIPED_WIDTH = 100
_UNITS = {
    "hours": "小时",
    "calendar_days": "日（自然日）",
    "working_days": "个工作日",
    "months": "个月",
}


class WrongQuestion(Exception):
    """The words of the command do not make a question; this is wrong usage."""


class LawRefused(DomainError):
    """法律数据不能回答。"""


def tell_deadline(rule_id: str, start: str | None, extended: int, *, as_json: bool) -> None:
    """Print the due day of one rule, or answer standard input line by line for ``-``.

    Raises WrongQuestion, or LawRefused with the refusal; as JSON it is printed as well.
    """
    if rule_id == streams.STANDARD:
        if not as_json or start is not None or extended:
            message = "RULE 写“-”时要加 --json，不写 --from 和 --extended"
            raise WrongQuestion(message)
        _answer_lines()
        return
    if start is None:
        message = "缺少 --from"
        raise WrongQuestion(message)
    try:
        read_start(start)
    except StartUnreadable as unreadable:
        message = f"参数 --from: {unreadable}"
        raise WrongQuestion(message) from unreadable
    found = answer(rule_id, start, extended)
    if as_json:
        _print(json.dumps(found, ensure_ascii=False, indent=2))
    if found["error"] is not None:
        raise LawRefused(str(found["error"]))
    if not as_json:
        _print("\n".join(_in_words(found)))


def show_rule(rule_id: str) -> None:
    """Print every field of a rule, and plainly whether it was read or recalled."""
    _print("\n".join(f"{name}　{value}" for name, value in _fields(rule(rule_id)) if value))


def _print(text: str) -> None:
    streams.write(f"{text}\n".encode("utf-8", "backslashreplace"), streams.STANDARD)


def _answer_lines() -> None:
    if sys.stdin is None:
        message = "标准输入是关闭的：请逐行输入 JSON。"
        raise InputRefused(message)
    while line := sys.stdin.buffer.readline(LONGEST_LINE):
        if line.strip():
            _print(json.dumps(_answer_line(line), ensure_ascii=False))


def _answer_line(line: bytes) -> dict[str, object]:
    try:
        question: Any = json.loads(line)
    except (ValueError, RecursionError):
        question = None
    if not isinstance(question, dict):
        sentence = '这一行不是 JSON 对象：请写 {"rule":…,"from":…,"extended":…}。'
        return answer(None, None) | {"error": sentence}
    return answer(question.get("rule"), question.get("from"), question.get("extended", False))


def _in_words(found: dict[str, Any]) -> Iterator[str]:
    """Yield the due day first and large, then the reasons, numbered."""
    from zhengpin.sites.cli.wrap import wrap  # noqa: PLC0415 (loads rich)

    on_screen = streams.is_terminal(sys.stdout)
    width = shutil.get_terminal_size((PIPED_WIDTH, 0)).columns if on_screen else PIPED_WIDTH
    due = found["due"] or "没有单一的到期日"
    mark = "（暂定）" if found["provisional"] else ""
    yield f"\x1b[1m{due}\x1b[0m{mark}" if on_screen else f"{due}{mark}"
    for number, sentence in enumerate(found["why"], 1):
        head, *rest = wrap(sentence, max(width - 4, 20))
        yield f"{number:>2}  {head}"
        yield from (f"    {line}" for line in rest)


def _fields(row: Rule) -> Iterator[tuple[str, str | None]]:
    table = deadline_table()
    counting = table.counting_rules.get(row.counting_rule or "")
    yield "规则", row.id
    yield "核实", "已见条文" if row.verified == "text" else "存疑：凭记忆录入，未见条文原文"
    yield "见于", row.verified_at or row.corroborated_by
    yield "程序", row.procedure
    yield "类别", f"{row.kind.value} {table.kinds[row.kind]}"
    yield "自", row.from_event
    yield "至", row.to_event
    yield "期间", "立即" if row.immediate else f"{row.length} {_UNITS[row.unit]}"
    yield "计算", f"{counting.code}：{counting.text}" if counting else "未载明（counting_rule 空）"
    for number, one in enumerate(row.extension, 1):
        length = f"{one.length} {_UNITS[one.unit]}" if one.unit else "长短由决定写明"
        yield f"延长{number}", f"{length}（{one.by}：{one.condition}）"
    yield "不计入", row.excluded_time
    yield "义务人", row.obliged_party
    yield "出处", row.citation
    yield (
        "施行",
        f"{row.effective_from} 起"
        + (f"，{row.effective_to} 起不再施行" if row.effective_to else ""),
    )
    yield "后继", row.superseded_by
    yield "备注", row.note
    yield "未定", table.unsettled.get(row.id)
    for change in table.corrections:
        if change.rule == row.id:
            yield "更正", f"{change.field}：{change.was or '空'} → {change.now}（{change.basis}）"
