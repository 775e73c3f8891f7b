"""A refusal, said in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from zhengpin.kernel.sentences import Refusal

if TYPE_CHECKING:
    from zhengpin.kernel.errors import DomainError


def sentence(error: DomainError) -> str:
    """Return a refusal in the language of the page."""
    return Refusal.of(error).said(gettext)
