"""Folds a text for reading: one script, one width, no blanks, each character with its origin.

Invariant: folding never changes the number of characters. ``Folded.full`` is as long as the
source, and every character of a compact text knows the source offset it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import opencc

# Signs that stand for the same thing in the documents we read.
_SIGNS = {
    "﹝": "〔", "﹞": "〕", "〖": "【", "〗": "】", "﹙": "(", "﹚": ")",
    "「": "“", "」": "”", "『": "“", "』": "”", "＂": '"',
    "｡": "。", "､": "、", "﹑": "、", "﹐": ",", "﹔": ";", "﹕": ":", "∶": ":", "︰": ":",
    "○": "〇", "◯": "〇", "Ｏ": "O",
    "‧": "·", "・": "·", "•": "·", "∙": "·", "⋅": "·",
    "–": "—", "―": "—", "─": "—", "━": "—", "−": "-", "‐": "-", "‑": "-", "﹣": "-",
    "〜": "~", "∼": "~",
}  # fmt: skip

# What counts as a blank: white space, and signs that print nothing.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u200e\u200f\u202a-\u202e\ufffc"
_PRINTED = re.compile(rf"[^\s{_INVISIBLE}\x00-\x1f\x7f-\x9f]+")


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    import opencc  # noqa: PLC0415 — the converter loads its tables, and much of the kernel needs none

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _traditionalizer() -> opencc.OpenCC:
    import opencc  # noqa: PLC0415 — as above

    return opencc.OpenCC("s2t")


def _fold_sign(char: str) -> str:
    if char in _SIGNS:
        return _SIGNS[char]
    code = ord(char)
    if 0xFF01 <= code <= 0xFF5E:  # full-width ASCII
        return chr(code - 0xFEE0)
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:  # radicals and compatibility forms
        plain = unicodedata.normalize("NFKC", char)
        return plain if len(plain) == 1 else char
    return char


def _is_hanzi(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def _table(chars: Iterable[str]) -> dict[int, str]:
    """Return the translation of single characters, each by itself, so that lengths hold."""
    signs = {char: _fold_sign(char) for char in chars}
    hanzi = sorted({sign for sign in signs.values() if _is_hanzi(sign)})
    simple = _simplifier().convert("\n".join(hanzi)).split("\n") if hanzi else []
    simplified = {
        before: after
        for before, after in zip(hanzi, simple, strict=False)
        if len(after) == 1 and len(simple) == len(hanzi)
    }
    folded = {char: simplified.get(sign, sign) for char, sign in signs.items()}
    return {ord(char): to for char, to in folded.items() if to != char}


@dataclass(frozen=True, slots=True)
class Folded:
    """A source text, its folded copy of the same length, and how to leave the blanks out."""

    source: str
    full: str

    def compact(self, start: int, end: int) -> tuple[str, array[int]]:
        """Return the printed characters of ``[start, end)`` folded, and their source offsets."""
        offsets = array("L")
        parts = []
        for run in _PRINTED.finditer(self.full, start, end):
            parts.append(run.group())
            offsets.extend(range(run.start(), run.end()))
        return "".join(parts), offsets

    def printed(self, start: int, end: int) -> str:
        """Return ``[start, end)`` of the source as written, without its blanks."""
        return "".join(_PRINTED.findall(self.source, start, end))


def fold(source: str) -> Folded:
    """Return ``source`` with a folded copy: Simplified characters, half-width signs.

    Characters are converted one by one, never as phrases: documents converted to Traditional
    characters by machine (后→后, 于→于) fold back to what they were made from, and offsets hold.
    """
    return Folded(source, source.translate(_table(set(source))))


def simplify(word: str) -> str:
    """Return ``word`` folded and without blanks."""
    folded = fold(word)
    return folded.compact(0, len(word))[0]


def in_script_of(model: str, word: str) -> str:
    """Return Simplified ``word`` in the script that ``model`` is written in."""
    if fold(model).full == model:
        return word
    converted: str = _traditionalizer().convert(word)
    return converted
