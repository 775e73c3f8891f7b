"""The shape of what is sent about notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from zhengpin.base.notices.kinds import KINDS, Mailing

if TYPE_CHECKING:
    from collections.abc import Mapping


class MailingForm(forms.Form):
    """One choice per declared kind."""

    def __init__(self, *args: Any, chosen: Mapping[str, Mailing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, how in chosen.items():
            self.fields[code] = forms.ChoiceField(
                label=_(KINDS[code].title),
                choices=[(value, _(label)) for value, label in Mailing.choices],
                initial=how,
            )


class UntilForm(forms.Form):
    until = forms.IntegerField(min_value=1, max_value=2**63 - 1)
