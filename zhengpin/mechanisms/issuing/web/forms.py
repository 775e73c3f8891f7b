"""The shape of what is sent to issue a plan; what is allowed, the service says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengpin.base.days import day_field
from zhengpin.mechanisms.handoffs.kinds import KINDS, RECEIPT
from zhengpin.mechanisms.issuing.queries import KIND
from zhengpin.mechanisms.issuing.services import Notice
from zhengpin.mechanisms.proceedings.web.forms import LimitFields


class IssueForm(LimitFields):
    """What the notice says, and by when its addressees are to sign."""

    number = forms.CharField(
        label=_("发文字号"),
        max_length=60,
        help_text=_("本文件自己的文号，不是所引文件的文号。"),
    )
    issued_on = day_field(_("成文日期"))
    publicity = forms.CharField(
        label=_("公开属性"),
        max_length=200,
        required=False,
        help_text=_("照原件写，例如“此件公开发布”；原件没有就不填。"),
    )
    asked = forms.CharField(
        label=_("印发要求"), max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_limits([KINDS[KIND].procedure.clock(RECEIPT)])

    def notice(self) -> Notice:
        """Return what was filled in, from a form that is valid."""
        said = self.cleaned_data
        return Notice(
            number=said["number"],
            issued_on=said["issued_on"],
            asked=said["asked"],
            publicity=said["publicity"],
            receipt=self.limits().get(RECEIPT),
        )
