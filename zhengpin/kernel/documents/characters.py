"""Which characters belong together on a line, and which never belong in a text."""

from __future__ import annotations

import re
import unicodedata

WIDE = (
    r"\u2018-\u201d\u2014\u2026\u00b7\u2460-\u24ff"
    r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
)
"""Inside a character class: what is set in the full square of a Chinese character."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WIDE_END = re.compile(f"[{WIDE}]$")
_WIDE_START = re.compile(f"[{WIDE}]")


def has_control(text: str) -> bool:
    """Return whether a text holds control characters other than white space."""
    return _CONTROL.search(text) is not None


def without_unseen(text: str) -> str:
    """Return a text without what no reader sees: controls, zero widths, lone surrogates."""
    return _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))


def joins_closely(before: str, after: str) -> bool:
    """Return whether two pieces of one paragraph join without a space between them."""
    return bool(_WIDE_END.search(before) or _WIDE_START.match(after))


def is_blank(text: str) -> bool:
    """Return whether a text shows nothing at all."""
    return not without_unseen(text[:10_000]).strip() and not without_unseen(text).strip()


_RADICALS = str.maketrans(
    "⺁⺇⺌⺎⺏⺐⺒⺓⺗⺛⺝⺟⺠⺩⺬⺮⺯⺰⺱⺳⺶⺼⻁⻄⻅⻆⻈⻉⻋⻌⻓⻔⻖⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂几小兀尢尣巳幺心旡月母民玉示竹糸纟罒罒羊月虎西见角讠贝车辶长门阝青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
_KANGXI = re.compile("[\u2f00-\u2fd5]")


def unified(text: str) -> str:
    """Return a text with radicals as the characters they stand for: ⼯ is 工.

    PDF writers often map glyphs to the Kangxi Radicals and CJK Radicals Supplement blocks.
    """
    text = _KANGXI.sub(lambda sign: unicodedata.normalize("NFKC", sign.group()), text)
    return text.translate(_RADICALS)
