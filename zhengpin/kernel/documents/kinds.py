"""Tells from the first bytes what a file is; the name is asked only where the bytes leave it open.

Whatever is neither text, web page, DOCX nor PDF is refused here, by the name a person knows it by.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpin.kernel.documents import errors
from zhengpin.kernel.documents.model import DocumentKind

if TYPE_CHECKING:
    from zhengpin.kernel.errors import DocumentRefused

_HEAD = 2048
_FAR = 20_000
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FOREIGN: tuple[tuple[re.Pattern[bytes], type[DocumentRefused]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), refusal)
    for pattern, refusal in (
        (rb"\s*\{\\rtf", errors.RichText),
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP", errors.Picture),
        (rb"II\*\0|MM\0\*|BM.{4}\0{4}|\0{4}.jP|.{4}ftyp(?:hei|mif|avif)", errors.Picture),
        (rb"\x1f\x8b\x08|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\xfd7zXZ\0|BZh\d1AY", errors.Archive),
        (rb".{257}ustar", errors.Archive),
        (rb"(?i).{0,1500}MIME-Version:.{0,1000}multipart/related", errors.WebArchive),
    )
)

_MARKUP_DATA = re.compile(r"\s*<\?xml\b|\s*<svg\b")
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_INSIDE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"\s*<(p|div|table|h[1-6]|ul|ol|article|section|main|span|font|center|ucap-content)\b"
    r".*</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(r"<(?:p|br|div|span|table|h[1-6]|li)\b[^<>]*>", re.IGNORECASE)
_HTML_NAME = re.compile(r"\.(?:x|s)?html?$", re.IGNORECASE)


def kind_of(data: bytes) -> DocumentKind:
    """Return PDF, DOCX or TEXT; whether a text is a web page is asked of its decoding.

    Raises a DocumentRefused named for the format when the bytes are something else.
    """
    head = data[:_HEAD]
    if _is_pdf(head, data):
        return DocumentKind.PDF
    if head.startswith(_ZIP):
        from zhengpin.kernel.documents.package import require_word  # noqa: PLC0415 zip on demand

        require_word(data)
        return DocumentKind.DOCX
    if head.startswith(_OLE):
        raise _ole_refusal(data)
    for pattern, refusal in _FOREIGN:
        if pattern.match(head):
            raise refusal
    return DocumentKind.TEXT


def is_html(text: str, name: str) -> bool:
    """Return whether a decoded text is a web page or a piece of one.

    Raises MarkupData for XML that is neither.
    """
    head = text[:_HEAD]
    if _HTML_START.match(head) or _FRAGMENT.match(text):
        return True
    if head.lstrip().startswith("<") and _HTML_INSIDE.search(text[:_FAR]):
        return True
    if _MARKUP_DATA.match(head):
        raise errors.MarkupData
    return bool(_HTML_NAME.search(name) and _ANY_TAG.search(text))


def _is_pdf(head: bytes, data: bytes) -> bool:
    """A PDF may have foreign bytes before its header, PDF Reference 1.7, appendix H, note 13."""
    if head.lstrip(b"\xef\xbb\xbf\0\t\n\f\r ").startswith(b"%PDF-"):
        return True
    return b"%PDF-" in head[:1024] and b"endobj" in data


def _ole_refusal(data: bytes) -> DocumentRefused:
    """An OLE container names its streams in UTF-16; an encrypted docx is kept in one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return errors.Encrypted()
    if "WordDocument".encode("utf-16-le") in data:
        return errors.OldOffice()
    return errors.OtherOffice()
