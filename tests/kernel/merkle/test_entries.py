"""Canonical facts: what RFC 8785 writes, where json.dumps would differ, and what is refused."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.kernel.merkle.untimed import UNTIMED
from zhengpin.kernel.merkle import (
    FactRefused,
    IntegerTooLarge,
    TextMalformed,
    canonical_json,
    entry_digest,
)


class Kind(StrEnum):
    CASE = "case"


# The keys of RFC 8785 §3.2.3, in the order that the RFC gives.
RFC_KEYS = ["\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33"]

scalars = st.none() | st.booleans() | st.text() | st.integers(-(2**53) + 1, 2**53 - 1)
facts = st.dictionaries(
    st.text(),
    st.recursive(
        scalars, lambda some: st.lists(some) | st.dictionaries(st.text(), some), max_leaves=12
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(None, "null", id="nothing"),
        pytest.param(True, "true", id="yes, which is no number"),
        pytest.param(False, "false", id="no"),
        pytest.param(0, "0", id="nought"),
        pytest.param(-1, "-1", id="a negative number"),
        pytest.param(2**53 - 1, "9007199254740991", id="the largest number"),
        pytest.param(1 - 2**53, "-9007199254740991", id="the smallest number"),
        pytest.param("", '""', id="no text"),
        pytest.param("公开〔2025〕17号", '"公开〔2025〕17号"', id="Chinese stands as it is"),
        pytest.param('"\\', r'"\"\\"', id="quote and backslash"),
        pytest.param("\b\t\n\f\r", r'"\b\t\n\f\r"', id="the five short escapes"),
        pytest.param("\x00\x0b\x1f", r'"\u0000\u000b\u001f"', id="other controls, small letters"),
        pytest.param("\x7f\x80", '"\x7f\x80"', id="controls above ASCII stand as they are"),
        pytest.param("</script>", '"</script>"', id="no escaped slash"),
        pytest.param("\u2028\u2029\ufeff", '"\u2028\u2029\ufeff"', id="line separators"),
        pytest.param("e\u0301é", '"e\u0301é"', id="accents are not composed"),
        pytest.param("\U0001f600𠮷", '"\U0001f600𠮷"', id="beyond the first plane"),
        pytest.param([], "[]", id="an empty list"),
        pytest.param([3, "a", [1], None], '[3,"a",[1],null]', id="a list keeps its order"),
        pytest.param({}, "{}", id="an empty mapping"),
        pytest.param({"b": 1, "a": {"d": 2, "c": 3}}, '{"a":{"c":3,"d":2},"b":1}', id="nested"),
        pytest.param(MappingProxyType({"b": 1, "a": 2}), '{"a":2,"b":1}', id="any mapping"),
        pytest.param(Kind.CASE, '"case"', id="a code"),
    ],
)
def test_facts_are_written_as_the_rfc_orders(value: object, text: str) -> None:
    assert canonical_json({"事实": value}) == f'{{"事实":{text}}}'.encode()


def test_the_string_of_the_rfc() -> None:
    value = '\u20ac$\x0f\nA\'B"\\\\"/'
    assert canonical_json({"string": value}) == (
        b'{"string":"' + b"\xe2\x82\xac" + rb"""$\u000f\nA'B\"\\\\\"/""" + b'"}'
    )


def test_keys_are_sorted_by_utf_16_code_unit_where_python_sorts_by_code_point() -> None:
    made = canonical_json(dict.fromkeys(sorted(RFC_KEYS), 0))
    assert list(json.loads(made)) == RFC_KEYS
    assert sorted(RFC_KEYS) != RFC_KEYS


def test_only_quotes_backslashes_and_ascii_controls_are_escaped() -> None:
    plain = [chr(code) for code in (*range(0x20, 0xD800), *range(0xE000, 0x11000), 0x10FFFF)]
    text = "".join(char for char in plain if char not in '"\\')
    assert canonical_json({"": text}) == f'{{"":"{text}"}}'.encode()


def test_the_digest_is_that_of_the_canonical_text() -> None:
    text = '{"actor":"王某","no":"公开〔2025〕17号","steps":[1,2]}'
    made = entry_digest({"steps": [1, 2], "no": "公开〔2025〕17号", "actor": "王某"})
    assert made == hashlib.sha256(text.encode()).digest()
    assert entry_digest({}).hex() == hashlib.sha256(b"{}").hexdigest()


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        float("inf"),
        Decimal(1),
        b"",
        bytearray(b"a"),
        date(2025, 3, 3),
        datetime(2025, 3, 3, tzinfo=UTC),
        (1, 2),
        {1, 2},
        range(2),
        object(),
        {1: "a"},
        {None: "a"},
        {b"a": "a"},
        {"a": 1, 2: "b"},
    ],
)
def test_what_two_readers_could_write_differently_is_refused(value: object) -> None:
    for inside in (value, [value], {"甲": [{"乙": value}]}):
        with pytest.raises(FactRefused):
            entry_digest({"事实": inside})


@pytest.mark.parametrize("value", [2**53, -(2**53), 2**53 + 1, 10**400])
def test_integers_that_a_reader_of_doubles_would_round_are_refused(value: int) -> None:
    for inside in (value, [value], {"甲": value}):
        with pytest.raises(IntegerTooLarge):
            entry_digest({"事实": inside})


@pytest.mark.parametrize("value", ["\ud800", "a\udfff", "\ud83d\ude00"])
def test_half_characters_are_refused_in_values_and_in_keys(value: str) -> None:
    for made in ({"事实": value}, {value: "事实"}, {"事实": [{value: 1}]}):
        with pytest.raises(TextMalformed):
            entry_digest(made)


@UNTIMED
@given(facts)
def test_facts_can_be_read_back(made: dict[str, object]) -> None:
    assert json.loads(canonical_json(made)) == made


@UNTIMED
@given(facts)
def test_the_order_in_which_facts_are_given_does_not_matter(made: dict[str, object]) -> None:
    assert entry_digest(dict(reversed(made.items()))) == entry_digest(made)


@UNTIMED
@given(facts, facts)
def test_different_facts_have_different_texts(
    one: dict[str, object], other: dict[str, object]
) -> None:
    assume(one != other)
    assert canonical_json(one) != canonical_json(other)


def test_yes_is_not_one() -> None:
    assert entry_digest({"事实": True}) != entry_digest({"事实": 1})
    assert entry_digest({"事实": "1"}) != entry_digest({"事实": 1})
