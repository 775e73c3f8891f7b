"""Search tokens of Chinese text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.kernel.text.bigrams import MOST_WORDS, bigrams, query_of


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("市场监管", "市场 场监 监管"),
        ("市場監管", "市场 场监 监管"),
        ("茶", "茶"),
        ("剑网2026", "剑网 2026"),
        ("ＩＰ地址", "ip 地址"),
        ("打假发〔2026〕1号", "打假 假发 2026 1 号"),
        ("市场，监管", "市场 监管"),
        ("市场市场", "市场 场市"),
        ("二〇二六", "二〇 〇二 二六"),
        ("", ""),
        ("（、）", ""),
    ],
)
def test_text_is_cut_into_pairs_of_characters_and_words(text: str, tokens: str) -> None:
    assert bigrams(text) == tokens


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("市场监管", "'市场' & '场监' & '监管'"),
        ("市場 APP", "'市场' & 'app'"),
        ("茶", "'茶':*"),
        ("A", "'a'"),
        ("!|&():*'\\", ""),
        ("' | '假'", "'假':*"),
    ],
)
def test_a_question_asks_for_all_of_its_tokens_and_never_for_an_operator(
    words: str, query: str
) -> None:
    assert query_of(words) == query


def test_simplified_and_traditional_ask_the_same() -> None:
    assert query_of("侵犯知識產權和製售假冒偽劣商品") == query_of("侵犯知识产权和制售假冒伪劣商品")


def test_an_endless_question_is_cut() -> None:
    assert query_of(" ".join(str(number) for number in range(1000))).count("&") == MOST_WORDS - 1


@given(st.text())
def test_tokens_hold_no_sign_that_a_search_could_read(text: str) -> None:
    assert not set(bigrams(text)) & set("'\"&|!():*<>\\")
