"""The marks that open a view; every page is closed without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

_View = TypeVar("_View", bound="Callable[..., HttpResponseBase]")


def without_post(view: _View) -> _View:
    """Open a view to those who are signed in and act as nobody yet."""
    view.post_required = False  # type: ignore[attr-defined]
    return view


def with_initial_password(view: _View) -> _View:
    """Open a view to those who have not yet replaced the password an administrator set."""
    view.own_password_required = False  # type: ignore[attr-defined]
    return view
