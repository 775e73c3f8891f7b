"""Word lists as regular expressions."""

from __future__ import annotations


def one_of(words: str) -> str:
    """Return the alternation of blank-separated ``words``, the longest first.

    A word may itself be a pattern without blanks.
    """
    return f"(?:{'|'.join(sorted(words.split(), key=len, reverse=True))})"
