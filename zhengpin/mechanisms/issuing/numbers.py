"""Document numbers: one form for each, however it was typed."""

from __future__ import annotations

import re
import unicodedata

from zhengpin.kernel.plantext.heading import NUMBER
from zhengpin.kernel.text.folding import simplify

_YEAR = re.compile(r"[〔\[(【﹝]([0-9]{4})[〕\])】﹞]")


def normalised(number: str) -> str:
    """Return a number as it is printed: 示打假发[2026] 1 号 → 示打假发〔2026〕1号."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", number))
    return _YEAR.sub(r"〔\1〕", plain)


def is_number(number: str) -> bool:
    """Tell whether a normalised text is a document number: code of the issuer, year, number."""
    return re.fullmatch(NUMBER, simplify(number)) is not None


def is_same(one: str, other: str) -> bool:
    """Tell whether two numbers are the same, whatever brackets and script print them."""
    return simplify(normalised(one)) == simplify(normalised(other))
