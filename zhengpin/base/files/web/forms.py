"""The shape of what is sent to open a sealed file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengpin.base.files.services import LONGEST_REASON


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("查阅理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：核对移送案件的检验报告。理由连同姓名和时间一并记录。"),
    )
