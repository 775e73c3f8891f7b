"""Reads the bytes of a document: checks its size, finds out its kind, calls its reader.

The readers of HTML, DOCX and PDF are imported when such a file comes, so that a command that
reads a plain text file starts at once.
"""
# ruff: noqa: PLC0415 see above

from __future__ import annotations

import hashlib

from zhengpin.kernel.documents import errors
from zhengpin.kernel.documents.characters import is_blank
from zhengpin.kernel.documents.kinds import is_html, kind_of
from zhengpin.kernel.documents.model import MAX_BYTES, Document, DocumentKind
from zhengpin.kernel.documents.text import decode, decode_as_declared


def read_document(data: bytes, name: str) -> Document:
    """Read the bytes of a document into text.

    The kind is found from the bytes; ``name`` only decides between text and web page where the
    bytes leave it open. Raises DocumentRefused, and nothing else, with a sentence that says what
    happened and what to do.
    """
    if len(data) > MAX_BYTES:
        raise errors.TooLarge
    if not data.strip():
        raise errors.EmptyDocument
    kind, encoding, text = _read(data, name)
    if is_blank(text):
        raise errors.EmptyDocument
    return Document(
        name=name.replace("\\", "/").rstrip("/").rpartition("/")[2],
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        encoding=encoding,
        text=text,
    )


def _read(data: bytes, name: str) -> tuple[DocumentKind, str | None, str]:
    kind = kind_of(data)
    if kind is DocumentKind.DOCX:
        from zhengpin.kernel.documents.docx import read_docx

        return kind, None, read_docx(data)
    if kind is DocumentKind.PDF:
        from zhengpin.kernel.documents.pdf import read_pdf

        return kind, None, read_pdf(data)
    return _read_text(data, name)


def _read_text(data: bytes, name: str) -> tuple[DocumentKind, str, str]:
    try:
        decoded = decode(data)
    except errors.Undecodable:
        return _read_broken_page(data, name)
    if is_html(decoded.text, name):
        return DocumentKind.HTML, decoded.encoding, _article(decoded.text)
    return DocumentKind.TEXT, decoded.encoding, decoded.text


def _read_broken_page(data: bytes, name: str) -> tuple[DocumentKind, str, str]:
    """Read a web page with stray bytes, as long as none of them is in its article."""
    decoded = decode_as_declared(data)
    if decoded is None or not is_html(decoded.text, name):
        raise errors.Undecodable
    article = _article(decoded.text)
    if "\ufffd" in article:
        raise errors.Undecodable
    return DocumentKind.HTML, decoded.encoding, article


def _article(page: str) -> str:
    from zhengpin.kernel.documents.html import read_html

    return read_html(page)
