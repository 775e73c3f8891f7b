"""A refusal, said in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

if TYPE_CHECKING:
    from zhengpin.kernel.errors import DomainError


def sentence(error: DomainError) -> str:
    """Return a refusal in the language of the page.

    One that names figures or records is said in general first, where its words are not known.
    """
    exact = str(error)
    said = gettext(exact)
    general = (type(error).__doc__ or "").strip()
    if said != exact or not general or gettext(general) == general:
        return said
    return f"{gettext(general)}（{exact}）"
