"""The shape of what a person types about their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.errors import PasswordTooWeak

if TYPE_CHECKING:
    from zhengpin.base.access.models import Person


class PasswordForm(forms.Form):
    current = forms.CharField(
        label=_("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    fresh = forms.CharField(
        label=_("新密码"),
        max_length=200,
        strip=False,
        help_text=_("至少10个字符；不用常见的密码，也不用姓名和登录名。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一遍新密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.person.check_password(current):
            raise forms.ValidationError(_("现在的密码不对，请重新输入。"))
        return current

    def clean_fresh(self) -> str:
        fresh: str = self.cleaned_data["fresh"]
        try:
            validate_password(fresh, self.person)
        except forms.ValidationError as weak:
            raise forms.ValidationError(_(str(PasswordTooWeak()))) from weak
        return fresh

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        fresh, again = values.get("fresh"), values.get("again")
        if fresh and again and fresh != again:
            self.add_error("again", _("两次输入的新密码不一样。"))
        if fresh and fresh == values.get("current"):
            self.add_error("fresh", _("新密码不能与现在的密码相同。"))
        return values
