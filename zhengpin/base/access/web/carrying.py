"""Doing one thing that a form of a page asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhengpin.base.refusals import sentence
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms


def carried_out(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Do what a form asks for; False where it is not valid, or the act refuses and says why."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except DomainError as refusal:
        form.add_error(None, sentence(refusal))
        return False
    return True
