"""The pages of the door. Each refused form is answered with 422 and the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhengpin.config.identity import PROVIDER
from zhengpin.sites.desk import queries, services
from zhengpin.sites.desk.door import forms, sessions
from zhengpin.sites.desk.door.addresses import address_of
from zhengpin.sites.desk.door.open import without_post
from zhengpin.sites.desk.errors import TooManyFailures

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from zhengpin.sites.desk.requests import PersonRequest

SHOWN = 50  # of the times one came in
_TOO_MANY = {TooManyFailures.__name__, "too_many_login_attempts", "rate_limited"}


def _status(form: BaseForm) -> int:
    """Return 429 where guessing was stopped, else 422."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 429 if codes & _TOO_MANY else 422


class _Refusing:
    """Answers a refused form with a status that says so."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        answer.status_code = _status(form)
        return answer


class _Recording:
    """Writes the ledger entry of a change in the transaction of the change."""

    request: PersonRequest
    change: str
    kind: str

    def form_valid(self, form: BaseForm) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            services.record_factor(
                person=self.request.user,
                change=self.change,
                kind=self.kind,
                member=self.request.member or self.request.barred,
                now=timezone.now(),
            )
        if self.change == "add":
            sessions.note_second_factor(self.request)
        return answer


class SignIn(_Refusing, LoginView):
    template_name = "desk/sign_in.html"
    form_class = forms.SignInForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**more)
        return shown | _entrance(self.request)


def _entrance(request: HttpRequest) -> dict[str, Any]:
    return {
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "is_expired": "expired" in request.GET,
        "has_identity": settings.IDENTITY.is_set,
        "identity_address": reverse("openid_connect_login", kwargs={"provider_id": PROVIDER}),
        "identity_name": settings.IDENTITY.name or _("统一身份认证"),
    }


@login_not_required
@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Leave a sign-in that waits for its second step."""
    auth.logout(request)
    return redirect("desk:sign_in")


class SecondStep(base.AuthenticateView):
    """The second step of signing in: a code, a recovery code or a passkey."""

    template_name = "desk/second_step.html"
    form_class = forms.CodeForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on, unless the password was changed since it was shown."""
        if not sessions.password_still_holds(request, self.stage.login.user):
            auth.logout(request)
            return redirect("desk:sign_in")
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        person = self.stage.login.user
        services.refuse(
            person=person,
            step="second_factor",
            address=address_of(self.request),
            now=timezone.now(),
        )
        answer: HttpResponse = super().form_invalid(form)
        answer.status_code = _status(form)
        return answer

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**more)
        return shown | _kinds_of(self.stage.login.user)


def _kinds_of(person: Any) -> dict[str, Any]:
    """Say which pages to offer: a person may have codes, passkeys or both."""
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return {
        "has_codes": bool(kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}),
        "has_totp": Authenticator.Type.TOTP in kinds,
        "has_passkeys": Authenticator.Type.WEBAUTHN in kinds,
    }


class PasskeySignIn(webauthn.LoginWebAuthnView):
    """Signing in with a passkey alone; the device has checked who holds it."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        services.refuse(
            person=None, step="passkey", address=address_of(self.request), now=timezone.now()
        )
        shown = {"form": forms.SignInForm(request=self.request), "passkey_form": form}
        return render(
            self.request, "desk/sign_in.html", shown | _entrance(self.request), status=422
        )


class ConfirmPassword(_Refusing, ReauthenticateView):
    template_name = "desk/confirm_password.html"
    form_class = forms.PasswordAgainForm


class ConfirmCode(_Refusing, base.ReauthenticateView):
    template_name = "desk/confirm_code.html"
    form_class = forms.CodeAgainForm

    def form_valid(self, form: BaseForm) -> HttpResponse:
        sessions.note_second_factor(self.request)
        answer: HttpResponse = super().form_valid(form)
        return answer


class _KeepingForm:
    """Shows the form that was refused; the library would make a second one and check it again."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]
        return shown | more


class ConfirmPasskey(_KeepingForm, webauthn.ReauthenticateWebAuthnView):
    template_name = "desk/confirm_passkey.html"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        sessions.note_second_factor(self.request)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        shown = self.get_context_data(form=form)
        answer: HttpResponse = self.render_to_response(shown, status=_status(form))
        return answer


class SetUpCode(_Recording, _Refusing, totp.ActivateTOTPView):
    template_name = "desk/code_set_up.html"
    form_class = forms.SetUpCodeForm
    change, kind = "add", "totp"


class RemoveCode(_Recording, _Refusing, totp.DeactivateTOTPView):
    template_name = "desk/code_remove.html"
    change, kind = "remove", "totp"


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(recovery.ViewRecoveryCodesView):
    template_name = "desk/recovery_codes.html"


class RenewRecoveryCodes(_Recording, _Refusing, recovery.GenerateRecoveryCodesView):
    template_name = "desk/recovery_codes_renew.html"
    change, kind = "renew", "recovery_codes"


class AddPasskey(_Recording, _Refusing, _KeepingForm, webauthn.AddWebAuthnView):
    template_name = "desk/passkey_add.html"
    form_class = forms.AddPasskeyForm
    change, kind = "add", "webauthn"


class RemovePasskey(_Recording, _Refusing, webauthn.RemoveWebAuthnView):
    template_name = "desk/passkey_remove.html"
    success_url = reverse_lazy("desk:account")
    change, kind = "remove", "webauthn"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.object):
            form.add_error(None, get_adapter().validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        return super().form_valid(form)


@without_post
@require_GET
def second_step_required(request: PersonRequest) -> HttpResponse:
    """Say that the chosen post requires a second factor, and lead to where one is set up."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith("/")
    address = wanted if is_ours else reverse("desk:home")
    if request.barred is None:
        return redirect(address)
    shown = {"barred": request.barred, "next": address, **_kinds_of(request.user)}
    return render(request, "desk/second_step_required.html", shown)


@without_post
@require_GET
def account(request: PersonRequest) -> HttpResponse:
    """What a person signs in with, and when they came in."""
    kept = list(Authenticator.objects.filter(user=request.user).order_by("created_at", "pk"))
    codes = next((one for one in kept if one.type == Authenticator.Type.RECOVERY_CODES), None)
    sign_ins = list(queries.sign_ins_of(request.user)[: SHOWN + 1])
    shown = {
        "layout": "layouts/desk.html" if request.member else "layouts/plain.html",
        "totp": next((one for one in kept if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one for one in kept if one.type == Authenticator.Type.WEBAUTHN],
        "recovery_codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "sign_ins": sign_ins[:SHOWN],
        "is_cut": len(sign_ins) > SHOWN,
        "shown": SHOWN,
        "identities": [one.uid.partition("#")[2] for one in queries.identities_of(request.user)],
        "here_digest": services.address_digest(address_of(request)),
    }
    return render(request, "desk/account.html", shown)


sign_in = login_not_required(SignIn.as_view())
