"""The last checkpoint that this installation signed, kept in its home, outside the database.

Who removes the last entries with their places, nodes and checkpoints leaves a database that agrees
with itself. It does not agree with this file, nor with what outsiders keep.
"""

from __future__ import annotations

import logging
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from zhengpin.base.ledger import keys
from zhengpin.base.ledger.models import Checkpoint
from zhengpin.config.home import home
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.merkle import open_note, parse_checkpoint

if TYPE_CHECKING:
    from pathlib import Path

_logger = logging.getLogger(__name__)


def kept() -> str | None:
    """Return the note of the checkpoint kept last."""
    try:
        return _path().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def keep(checkpoint: Checkpoint) -> None:
    """Keep a checkpoint in the place of the one before it.

    One that this database does not have stays: it is evidence, or of another database.
    """
    note = kept()
    if note is not None and not _is_ours(note):
        _logger.warning("the ledger does not continue the checkpoint kept in %s", _path())
        return
    fresh = _path().with_name(f".checkpoint-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        fresh.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.write_text(checkpoint.note, encoding="utf-8")
        fresh.replace(_path())
    except OSError:
        _logger.warning("the checkpoint could not be kept in %s", _path(), exc_info=True)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _is_ours(note: str) -> bool:
    try:
        said = parse_checkpoint(open_note(note, [keys.verifier()]))
    except DomainError:
        return False
    return Checkpoint.objects.filter(size=said.size, root=said.root).exists()


def _path() -> Path:
    return home() / "ledger" / "checkpoint"
