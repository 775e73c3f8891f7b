"""Form fields made from a declared content, and what stands in it as people read it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhengpin.base.days import day_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

_LONG = 200  # characters; longer texts get several lines
_YES_NO = (
    ("", gettext_lazy("请选择")),
    ("True", gettext_lazy("是")),
    ("False", gettext_lazy("否")),
)


def form_fields(shape: type[BaseModel]) -> dict[str, forms.Field]:
    """Return a field for each field of a content, in its order."""
    return {name: _field(one) for name, one in shape.model_fields.items()}


def _field(declared: FieldInfo) -> forms.Field:
    common: dict[str, Any] = {
        "label": _(declared.title or ""),
        "required": declared.is_required(),
    }
    kinds = {declared.annotation, *get_args(declared.annotation)}
    if bool in kinds:
        return forms.TypedChoiceField(
            choices=_YES_NO, coerce=lambda said: said == "True", **common
        )
    if Decimal in kinds:
        return forms.DecimalField(max_digits=16, decimal_places=2, min_value=0, **common)
    if date in kinds:
        return day_field(**common)
    length = _length(declared)
    widget = forms.Textarea(attrs={"rows": 5}) if length > _LONG else forms.TextInput()
    return forms.CharField(max_length=length, widget=widget, **common)


def _length(declared: FieldInfo) -> int:
    lengths = (getattr(one, "max_length", None) for one in declared.metadata)
    return next((one for one in lengths if one), _LONG)


def shown(shape: type[BaseModel], content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield title and value of what a content holds, in its declared order."""
    for name, declared in shape.model_fields.items():
        if name in content:
            yield _(declared.title or name), _value(declared, content[name])


def _value(declared: FieldInfo, value: Any) -> str:
    kinds = {declared.annotation, *get_args(declared.annotation)}
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if Decimal in kinds:
        return f"{Decimal(str(value)):,}"
    if date in kinds:
        return date_format(date.fromisoformat(value), "Y-m-d")
    return str(value)
