"""The form field of a legal day, written as browsers write it in every language."""

from __future__ import annotations

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def day_field(
    label: Any = "", help_text: Any = "", *, required: bool = True, is_short: bool = False
) -> forms.DateField:
    """Return the field of a legal day; ``is_short``: no wider than a day needs."""
    widget = DayInput({"class": "short"} if is_short else None)
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)
