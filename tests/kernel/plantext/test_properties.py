"""Whatever the text: it compiles and puts its source together again, or it is refused."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.plantext.scoring import SAMPLE, SHARED
from zhengpin.kernel.documents import read_document
from zhengpin.kernel.errors import DocumentRefused
from zhengpin.kernel.plantext import compile_document, compile_text

if TYPE_CHECKING:
    from collections.abc import Callable

MUTANTS = 10_000
BATCHES = 20
_WIDE = {ord(narrow): ord(narrow) + 0xFEE0 for narrow in "(),:;.0123456789"}
_NARROW = {wide: narrow for narrow, wide in _WIDE.items()}
_MARKS = [
    "一、", "（一）", "1.", "(1)", "一是", "第一章", "(", ")", "（", "）", "。", "、", ",", "，",
    ":", "责任单位：", "牵头", "负责", "等", "由", "|", "《", "》", "“", "”", "\t",
]  # fmt: skip


def _sources() -> list[str]:
    paths = [SAMPLE, *sorted((SHARED / "plans").glob("*.txt"))]
    return [path.read_bytes().decode() for path in paths]


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    end = chance.randrange(start, min(len(text), start + 400) + 1)
    return text[:start] + text[end:]


def _double(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start : start + chance.randrange(600)] + text[start:]


def _insert(text: str, chance: random.Random) -> str:
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(text) + 1)
        blank = chance.choice([" ", "\n", "\r\n", "\u3000", "\t", "\n\n", "\u200b", *_MARKS])
        text = text[:place] + blank + text[place:]
    return text


def _swap_widths(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.randrange(1, 500))
    table = chance.choice([_WIDE, _NARROW])
    return text[:start] + text[start:end].translate(table) + text[end:]


def _shuffle(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


MUTATIONS: list[Callable[[str, random.Random], str]] = [
    _cut, _cut, _double, _insert, _insert, _swap_widths, _shuffle,
]  # fmt: skip


def _mutant(sources: list[str], chance: random.Random) -> str:
    text = chance.choice(sources)
    start = chance.randrange(len(text))
    text = text[start : start + chance.choice([40, 200, 800, 2000])]
    for _ in range(chance.randrange(1, 5)):
        text = chance.choice(MUTATIONS)(text, chance)
    return text


def compiles_or_refuses(text: str) -> None:
    try:
        plan = compile_text(text)
    except DocumentRefused as refusal:
        assert str(refusal)
        return
    assert plan.reassemble() == text
    for item in plan.items:
        for clause in item.clauses:
            start, end = clause.span
            assert 0 <= start <= end <= len(text)
            assert "".join(text[start:end].split()) or not clause.text


@pytest.mark.parametrize("batch", range(BATCHES))
def test_mutated_plans_compile_or_are_refused(batch: int) -> None:
    chance = random.Random(batch)  # noqa: S311 — a repeatable test, not a secret
    sources = _sources()
    for _ in range(MUTANTS // BATCHES):
        compiles_or_refuses(_mutant(sources, chance))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*_MARKS, "市公安局", "加强监管", "2026年", "\n", " "]), max_size=60)
)
def test_any_heap_of_plan_words_compiles_or_is_refused(words: list[str]) -> None:
    compiles_or_refuses("".join(words))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_compiles_or_is_refused(text: str) -> None:
    compiles_or_refuses(text)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_compile_or_are_refused(data: bytes) -> None:
    try:
        document = read_document(data, "plan.txt")
        plan = compile_document(document)
    except DocumentRefused as refusal:
        assert str(refusal)
        return
    assert plan.reassemble() == document.text
