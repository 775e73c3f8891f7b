"""A file as an answer: to be saved, never shown in the page's own name."""

from __future__ import annotations

import re
import unicodedata
from typing import IO, TYPE_CHECKING
from urllib.parse import quote

from django.http import FileResponse

if TYPE_CHECKING:
    from zhengpin.base.files.models import File

_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


def attachment(file: File, content: IO[bytes]) -> FileResponse:
    """Return the bytes as an attachment under the file's own name, which a browser keeps so.

    The type is the one found in the content, and browsers are told not to guess another.
    """
    answer = FileResponse(content, content_type=file.type.media_type)
    answer["Content-Disposition"] = disposition(file.name)
    answer["Content-Length"] = str(file.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store" if file.is_sealed else "private, no-cache"
    return answer


def disposition(name: str) -> str:
    """Return the header that offers a name: whole by RFC 6266 and 8187, plain for old clients."""
    stem, dot, suffix = name.rpartition(".")
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = f"{_PLAIN.sub('_', ascii_stem).strip('_') or 'file'}{dot}{_PLAIN.sub('', suffix)}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
