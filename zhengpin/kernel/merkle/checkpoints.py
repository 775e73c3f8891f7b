"""The head of a tree as text, in the C2SP tlog-checkpoint form; a note is signed around it.

Invariant: one checkpoint has one text. What is not exactly the text that we would write for it is
refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhengpin.kernel.merkle.errors import CheckpointMalformed
from zhengpin.kernel.merkle.notes import is_plain_line, read_base64, write_base64
from zhengpin.kernel.merkle.tree import EMPTY_ROOT, HASH_BYTES

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_MAX_SIZE = 2**63 - 1  # what other implementations and the database can hold


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """检查点: how many entries the log named ``origin`` had sealed, and the root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if not (
            all(line and is_plain_line(line) for line in lines)
            and 0 <= self.size <= _MAX_SIZE
            and len(self.root) == HASH_BYTES
            and (self.size > 0 or self.root == EMPTY_ROOT)
        ):
            raise CheckpointMalformed


def format_checkpoint(checkpoint: Checkpoint) -> str:
    root = write_base64(checkpoint.root)
    lines = (checkpoint.origin, str(checkpoint.size), root, *checkpoint.extensions)
    return "\n".join(lines) + "\n"


def parse_checkpoint(body: str) -> Checkpoint:
    """Read the body of a note; the note must have been opened with a trusted key before."""
    origin, size, root, *extensions = _lines(body)
    if not _SIZE.fullmatch(size):
        raise CheckpointMalformed
    try:
        return Checkpoint(origin, int(size), read_base64(root), tuple(extensions))
    except ValueError as error:
        raise CheckpointMalformed from error


def _lines(body: str) -> list[str]:
    *lines, rest = body.split("\n")
    if rest or len(lines) < 3:
        raise CheckpointMalformed
    return lines
