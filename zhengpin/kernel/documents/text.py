"""Decodes plain text: the codec is found from the bytes, the same way every time.

A byte order mark decides; then strict UTF-8; then UTF-16 without a mark, GB18030 and Big5, of
which the first is taken whose result is made of common Chinese characters. Read in the wrong
codec, Chinese text turns into rare ones: of the characters of real plans more than 99 % are
common, of the same plans misread at most 60 %, so a share of 75 % tells them apart.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from itertools import chain, product

from zhengpin.kernel.documents.characters import has_control
from zhengpin.kernel.documents.errors import NotText, Undecodable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
_GUESSES = ("utf-16-le", "utf-16-be", "gb18030", "big5hkscs")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARABLE = {
    b"utf-8": "utf-8",
    b"utf8": "utf-8",
    b"gb2312": "gb18030",
    b"gbk": "gb18030",
    b"gb18030": "gb18030",
    b"big5": "big5hkscs",
}
_COMMON_SHARE = 0.75
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the codec that gave it; a byte order mark is not part of the text."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a text file exactly.

    Raises Undecodable when no codec fits, NotText when the result holds control characters.
    """
    decoded = _by_mark(data) or _as_utf8(data) or _by_guess(data)
    if decoded is None:
        raise NotText if _is_binary(data) else Undecodable
    if has_control(decoded.text):
        raise NotText
    return decoded


def decode_as_declared(data: bytes) -> Decoded | None:
    """Decode a web page as it says it is encoded, with U+FFFD for what does not fit."""
    declared = _DECLARED.search(data[:4096])
    encoding = _DECLARABLE.get(declared.group(1).lower()) if declared else None
    return Decoded(data.decode(encoding, "replace"), encoding) if encoding else None


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], encoding)
            if text is None:
                raise Undecodable
            return Decoded(text, encoding)
    return None


def _as_utf8(data: bytes) -> Decoded | None:
    text = None if b"\0" in data else _strictly(data, "utf-8")
    return None if text is None else Decoded(text, "utf-8")


def _by_guess(data: bytes) -> Decoded | None:
    for encoding in _GUESSES:
        text = _strictly(data, encoding)
        if text is not None and not has_control(text) and _is_chinese(text):
            return Decoded(text, encoding)
    return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_binary(data: bytes) -> bool:
    """Return whether bytes that no codec fits look like something else than broken text."""
    return has_control(data.decode("latin-1"))


def _is_chinese(text: str) -> bool:
    beyond_ascii = [character for character in text[:_SAMPLE] if character > "\x7f"]
    known = sum(character in _common_characters() for character in beyond_ascii)
    return known >= _COMMON_SHARE * len(beyond_ascii)


@cache
def _common_characters() -> frozenset[str]:
    """Level one of GB 2312 and of Big5, with their punctuation, numbers and line drawing."""
    gb_rows = chain(range(0xA1, 0xA4), [0xA9], range(0xB0, 0xD8))
    big5_rows = chain(range(0xA1, 0xA3), range(0xA4, 0xC7))
    cells = range(0xA1, 0xFF)
    return frozenset(
        chain(
            _table("gb2312", product(gb_rows, cells)),
            _table("big5", product(big5_rows, chain(range(0x40, 0x7F), cells))),
        )
    )


def _table(encoding: str, codes: product[tuple[int, int]]) -> str:
    return b"".join(bytes(code) for code in codes).decode(encoding, "ignore")
