"""The plan compiler: the text of a work plan in, its tree out.

Owns the reading of plans (工作要点, 实施方案, 任务分解表): chapters, items, clauses, who leads and
who takes part, campaigns, instruments, phases, and what could not be decided. Does not read files
(``kernel.documents`` does) and stores nothing. Invariant: the pieces of a plan put together are
its source, character for character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.kernel.plantext.compiler import compile_text
from zhengpin.kernel.plantext.model import Plan

if TYPE_CHECKING:
    from zhengpin.kernel.documents import Document

__all__ = ["Plan", "compile_document", "compile_text"]


def compile_document(document: Document) -> Plan:
    """Return the plan that a document prints.

    Raises DocumentRefused where the document has no structure at all.
    """
    return compile_text(document.text, name=document.name, sha256=document.sha256)
