"""Checkpoints: one text for each, and nothing else is read."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.merkle.rfc9162 import ROOTS
from tests.kernel.merkle.untimed import UNTIMED
from zhengpin.kernel.merkle import (
    EMPTY_ROOT,
    Checkpoint,
    CheckpointMalformed,
    format_checkpoint,
    parse_checkpoint,
)

ORIGIN = "ledger.example/zhengpin"
ROOT = bytes.fromhex(ROOTS[8])
BODY = "ledger.example/zhengpin\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"

lines = st.text(
    st.characters(codec="utf-8", exclude_characters=[chr(code) for code in range(32)]), min_size=1
)


def test_the_example_of_c2sp_is_read_and_written_back() -> None:
    body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    root = base64.b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
    checkpoint = Checkpoint("example.com/behind-the-sofa", 20852163, root)
    assert parse_checkpoint(body) == checkpoint
    assert format_checkpoint(checkpoint) == body


def test_a_checkpoint_is_three_lines() -> None:
    assert format_checkpoint(Checkpoint(ORIGIN, 8, ROOT)) == BODY


def test_extension_lines_follow_the_root() -> None:
    checkpoint = Checkpoint(ORIGIN, 8, ROOT, ("一", "二 +"))
    assert format_checkpoint(checkpoint) == f"{BODY}一\n二 +\n"
    assert parse_checkpoint(f"{BODY}一\n二 +\n") == checkpoint


@UNTIMED
@given(lines, st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(lines))
def test_every_checkpoint_is_read_as_it_was_written(
    origin: str, size: int, root: bytes, extensions: list[str]
) -> None:
    checkpoint = Checkpoint(origin, size, root, tuple(extensions))
    assert parse_checkpoint(format_checkpoint(checkpoint)) == checkpoint


def test_the_empty_tree_has_its_own_root() -> None:
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert parse_checkpoint(format_checkpoint(empty)) == empty
    with pytest.raises(CheckpointMalformed):
        Checkpoint(ORIGIN, 0, ROOT)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param(BODY[:-1], id="no newline at the end"),
        pytest.param(f"{BODY}\n", id="an empty line at the end"),
        pytest.param(f"{BODY}\n一\n", id="an empty extension line"),
        pytest.param(f"{BODY}一", id="an extension line without newline"),
        pytest.param(f"\n{BODY}", id="an empty line before"),
        pytest.param(BODY.removeprefix(ORIGIN), id="an empty origin"),
        pytest.param(BODY.removeprefix(f"{ORIGIN}\n"), id="no origin"),
        pytest.param(f"{ORIGIN}\n8\n", id="no root"),
        pytest.param(BODY.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(BODY.replace("/", "\t"), id="a tab in the origin"),
        pytest.param(BODY.replace("ledger", "\ud800"), id="half a character"),
        *(
            pytest.param(BODY.replace("\n8\n", f"\n{size}\n"), id=f"size {size!r}")
            for size in (
                "08", "+8", "-8", " 8", "8 ", "8.0", "0x8", "1e3", "1_0", "", "-0", "00",
                "８", "八", "²", "9223372036854775808", "9" * 5000,
            )
        ),
        pytest.param(BODY.replace("Qyg=", "Qyg"), id="base64 without padding"),
        pytest.param(BODY.replace("Qyg=", "Qyh="), id="base64 with bits left over"),
        pytest.param(BODY.replace("Qyg=", "Qyg=="), id="base64 with too much padding"),
        pytest.param(BODY.replace("+", "-"), id="base64 for addresses"),
        pytest.param(BODY.replace("Xcna", "Xc na"), id="a blank in the base64"),
        pytest.param(BODY.replace("Xcna", ""), id="a short root"),
        pytest.param(BODY.replace("Xcna", "XcnaXcna"), id="a long root"),
        pytest.param(BODY.replace("Xcna", "Ｘcna"), id="a wide letter in the root"),
    ],
)  # fmt: skip
def test_malformed_checkpoints_are_refused(body: str) -> None:
    with pytest.raises(CheckpointMalformed):
        parse_checkpoint(body)


@pytest.mark.parametrize(
    ("origin", "size", "root", "extensions"),
    [
        ("", 8, ROOT, ()),
        ("a\nb", 8, ROOT, ()),
        (ORIGIN, -1, ROOT, ()),
        (ORIGIN, 2**63, ROOT, ()),
        (ORIGIN, 8, ROOT[:31], ()),
        (ORIGIN, 8, ROOT, ("",)),
        (ORIGIN, 8, ROOT, ("a\nb",)),
    ],
)
def test_a_checkpoint_that_no_text_can_hold_is_refused(
    origin: str, size: int, root: bytes, extensions: tuple[str, ...]
) -> None:
    with pytest.raises(CheckpointMalformed):
        Checkpoint(origin, size, root, extensions)


@UNTIMED
@given(st.text() | st.builds(f"{ORIGIN}\n{{}}\n{{}}\n".format, st.text(), st.text()))
def test_whatever_is_read_is_written_back_the_same(body: str) -> None:
    try:
        checkpoint = parse_checkpoint(body)
    except CheckpointMalformed:
        return
    assert format_checkpoint(checkpoint) == body
