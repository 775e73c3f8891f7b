"""The shape of what is sent about instruments; what is allowed, the services say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengpin.base.days import day_field
from zhengpin.mechanisms.plans.instruments import LONGEST_REMARK, LONGEST_SOURCE
from zhengpin.mechanisms.plans.web.words import STATUSES

if TYPE_CHECKING:
    from zhengpin.mechanisms.plans.models import Instrument


class InstrumentFilterForm(forms.Form):
    """What the register is narrowed to; anything that makes no sense narrows nothing."""

    q = forms.CharField(required=False, max_length=100)
    status = forms.CharField(required=False, max_length=12)
    plan = forms.UUIDField(required=False)
    after = forms.CharField(required=False, max_length=2_000)

    def value(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or None


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("状态"), choices=[("", _("请选择")), *STATUSES.items()])
    source = forms.CharField(
        label=_("出处"),
        max_length=LONGEST_SOURCE,
        help_text=_("公布修订、废止或者施行的文件名称和文号，或者刊登的公报、网站。"),
        error_messages={"required": _("请写明出处，例如公布修订或废止的文件名称和文号。")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ParticularsForm(forms.Form):
    number = forms.CharField(label=_("文号"), required=False, max_length=200)
    issuer = forms.CharField(label=_("制发机关"), required=False, max_length=200)
    issued_on = day_field(_("成文日期"), required=False)

    @classmethod
    def of(cls, instrument: Instrument) -> ParticularsForm:
        """Return the form over what is known now."""
        known = {name: getattr(instrument, name) for name in ("number", "issuer", "issued_on")}
        return cls(initial=known)


class RemarkForm(forms.Form):
    remark = forms.CharField(
        label=_("复核意见"),
        max_length=LONGEST_REMARK,
        error_messages={"required": _("请写明复核意见：这一款是否还能照办，依据改为什么。")},
    )
