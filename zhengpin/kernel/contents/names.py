"""A name that can be shown, stored and handed out on any system; Chinese stays as it is."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengpin.kernel.contents.types import FileType

LONGEST = 120  # characters
_MOST_BYTES = 240  # of UTF-8; file systems stop at 255
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_NAMELESS = "文件"


def safe_name(name: str, kind: FileType) -> str:
    """Return the name without path, control and direction signs, with an ending that fits.

    An ending that belongs to another type stays and is followed by the right one:
    ``发票.exe`` that holds a PDF becomes ``发票.exe.pdf``.
    """
    last = re.split(r"[\\/]", name)[-1]
    clean = "".join(one for one in unicodedata.normalize("NFC", last) if _is_shown(one))
    clean = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", clean)).rstrip(" .")
    suffix = next((one for one in kind.suffixes if clean.lower().endswith(one)), "")
    stem = (clean[: -len(suffix)] if suffix else clean).strip(" .") or _NAMELESS
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    kept = clean[-len(suffix) :] if suffix else kind.suffixes[0]
    return _cut(stem, kept) + kept


def _is_shown(sign: str) -> bool:
    """Whether a sign is neither control, nor direction or other format sign, nor half of one."""
    return sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _cut(stem: str, suffix: str) -> str:
    room = _MOST_BYTES - len(suffix)
    short = stem[: LONGEST - len(suffix)].encode()[:room]
    return short.decode("utf-8", "ignore").rstrip(" .")
