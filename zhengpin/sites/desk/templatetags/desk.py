"""Components that hold other markup, and words that components need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string
from django.utils.translation import gettext

from zhengpin.base.access.duties import DUTIES
from zhengpin.kernel.sentences import Words

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def card(
    content: SafeString,
    title: str,
    *,
    note: str = "",
    kind: str = "",
    id: str = "",  # noqa: A002 — the attribute's own name
    is_flush: bool = False,
) -> SafeString:
    """Frame the enclosed markup; see ``components/card.html``."""
    shown = {"content": content, "title": title, "note": note, "kind": kind}
    return render_to_string("components/card.html", {**shown, "id": id, "is_flush": is_flush})


@register.simple_block_tag
def rows(content: SafeString, caption: str) -> SafeString:
    """Make a table of the enclosed heading and rows; see ``components/table.html``."""
    return render_to_string("components/table.html", {"content": content, "caption": caption})


@register.filter
def cut(text: str, longest: int) -> str:
    """Shorten a text to so many characters; the framework's own looks at each one's combining."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


@register.filter
def hanzi(number: int) -> str:
    """Return a number up to 99 as chapters are numbered: 一, 十, 二十一."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    digits = "一二三四五六七八九"
    ten = "" if not tens else ("" if tens == 1 else digits[tens - 1]) + "十"
    return ten + (digits[ones - 1] if ones else "")


@register.filter
def said(text: object) -> str:
    """Return a Chinese label or sentence in the language of the page, where it is known."""
    if isinstance(text, Words):
        return text.said(gettext)
    return gettext(str(text)) if text else ""


@register.filter
def duty(code: str) -> str:
    """Return what a duty is called; one that no part of the house declares any more, its code."""
    return gettext(DUTIES[code].title) if code in DUTIES else code
