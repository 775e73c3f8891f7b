"""What is typed at the door, in our words; the checks are the library's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhengpin.sites.desk.door import sessions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_PERIODS = 2 * settings.MFA_TOTP_TOLERANCE + 1


def _password() -> forms.CharField:
    return forms.CharField(
        label=_("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _code(label: Any, *, is_numeric: bool = False) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "none", "class": "short"}
    if is_numeric:
        attributes["inputmode"] = "numeric"
    return forms.CharField(label=label, max_length=40, widget=forms.TextInput(attrs=attributes))


class SignInForm(LoginForm):
    """Login and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        self.fields["login"] = forms.CharField(label=_("登录名"), max_length=60, widget=widget)
        self.fields["password"] = _password()
        self.order_fields(["login", "password"])

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        answer: HttpResponse = super().login(request, redirect_url)
        sessions.end_after(request, timezone.now())  # the library would prolong it at every use
        return answer


class _OnceOnly:
    """A code that was used stays used as long as its period is accepted, in every process."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            key = f"desk.code:{self.authenticator.pk}:{code.strip()}"
            if not cache.add(key, "used", timeout=30 * _PERIODS):
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_OnceOnly, AuthenticateForm):
    code = _code(_("验证码或恢复码"))


class CodeAgainForm(_OnceOnly, ReauthenticateForm):
    code = _code(_("验证码或恢复码"))


class PasswordAgainForm(PasswordAgain):
    password = _password()


class SetUpCodeForm(ActivateTOTPForm):
    code = _code(_("应用中显示的6位验证码"), is_numeric=True)


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("名称"),
        max_length=60,
        required=False,
        help_text=_("给自己看的，例如“办公室电脑”“手机”。"),
    )
    passwordless = forms.BooleanField(
        label=_("可以单独用它登录，不输密码"),
        required=False,
        initial=True,
        help_text=_("要求这台设备核对您的指纹、面容或 PIN。"),
    )
