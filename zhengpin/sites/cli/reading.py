"""A plan named on the command line, read and compiled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhengpin.kernel.documents import read_document
from zhengpin.kernel.documents.model import MAX_BYTES
from zhengpin.kernel.errors import DocumentRefused
from zhengpin.kernel.plantext import compile_document
from zhengpin.sites.cli import streams
from zhengpin.sites.cli.errors import InputRefused

if TYPE_CHECKING:
    from zhengpin.kernel.plantext.model import Plan


def compiled(name: str) -> Plan:
    """Return the plan in file ``name``, or in standard input for ``-``.

    Raises InputRefused where it cannot be read or is no plan.
    """
    title = called(name)
    data = streams.read(name, limit=MAX_BYTES)
    try:
        return compile_document(read_document(data, title))
    except DocumentRefused as refusal:
        message = f"“{title}”：{refusal}"
        raise InputRefused(message) from refusal


def called(name: str) -> str:
    """Return what a file is called in sentences."""
    return "标准输入" if name == streams.STANDARD else streams.shown(Path(name).name)
