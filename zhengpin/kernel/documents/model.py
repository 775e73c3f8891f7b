"""What reading a document gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 20 * 1024 * 1024
"""The largest document that is read, in bytes."""

MAX_CHARACTERS = 20 * 1024 * 1024
"""The longest text that reading may give, in characters: a table that repeats a cell in every
row it spans could otherwise grow without bound.
"""


class DocumentKind(StrEnum):
    """文件种类: what the bytes are, whatever the name says."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Document:
    """文件: a document read into text. ``text`` is what offsets of everything later refer to.

    ``name`` is the file's own name without directory, ``sha256`` the digest of its bytes and
    ``encoding`` the codec of a text or web page, None for the others. Of a plain text file
    ``text`` is the exact decoding, line ends included, without the byte order mark.
    """

    name: str
    sha256: str
    kind: DocumentKind
    encoding: str | None
    text: str
