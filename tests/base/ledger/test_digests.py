"""The quick way to the digest of a row gives what the kernel gives, or nothing."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from zhengpin.base.ledger.digests import digest_of_row
from zhengpin.kernel.merkle import entry_digest

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
FACTS = st.dictionaries(
    TEXT,
    st.recursive(
        st.none() | st.booleans() | INTEGERS | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=5,
)


@given(action=TEXT, subject=TEXT, member=st.none() | TEXT, facts=FACTS)
def test_the_quick_way_is_the_way_of_the_kernel(
    action: str, subject: str, member: str | None, facts: dict[str, object]
) -> None:
    row = ("u", action, subject, member, json.dumps(facts), "2026-03-01T01:00:00.000000+00:00")
    names = ("uuid", "action", "subject", "member", "facts", "recorded_at")
    digest = entry_digest({**dict(zip(names, row, strict=True)), "facts": facts})
    assert digest_of_row(row, digest) == digest
    assert digest_of_row(row, b"") == digest


def test_what_no_entry_can_say_has_no_digest() -> None:
    for facts in (
        '{"a": 1.5}',
        '{"a": 9007199254740993}',
        "[" * 100_000,
        f'{{"a": {"9" * 5000}}}',
    ):
        assert digest_of_row(("u", "a", "s", None, facts, "t"), b"") is None
