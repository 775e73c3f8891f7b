"""The addresses of the door, under the names by which the library asks for them.

What is not listed is not offered: signing up, mail, forgotten passwords, trusted browsers. The
first part is open to anyone, the second to whoever is signed in, with or without a post.
"""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from zhengpin.config.identity import PROVIDER
from zhengpin.sites.desk.door import identity, views
from zhengpin.sites.desk.door.open import without_post

to_account = without_post(RedirectView.as_view(pattern_name="desk:account"))
second_step = login_not_required(views.SecondStep.as_view())
passkey_sign_in = login_not_required(views.PasskeySignIn.as_view())
confirm_password = without_post(views.ConfirmPassword.as_view())
confirm_code = without_post(views.ConfirmCode.as_view())
confirm_passkey = without_post(views.ConfirmPasskey.as_view())
set_up_code = without_post(views.SetUpCode.as_view())
remove_code = without_post(views.RemoveCode.as_view())
add_passkey = without_post(views.AddPasskey.as_view())
remove_passkey = without_post(views.RemovePasskey.as_view())
recovery_codes = without_post(views.RecoveryCodes.as_view())
renew_recovery_codes = without_post(views.RenewRecoveryCodes.as_view())

OURS = {"provider_id": PROVIDER}  # the library names the provider; the address need not

urlpatterns = [
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-in/second-step", second_step, name="mfa_authenticate"),
    path("sign-in/passkey", passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-in/identity", identity.begin, OURS, name="openid_connect_login"),
    path("sign-in/identity/back", identity.come_back, OURS, name="openid_connect_callback"),
    path("account/", to_account, name="mfa_index"),
    path("account/passkeys", to_account, name="mfa_list_webauthn"),
    path("account/confirm", confirm_password, name="account_reauthenticate"),
    path("account/confirm/code", confirm_code, name="mfa_reauthenticate"),
    path("account/confirm/passkey", confirm_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/code/set-up", set_up_code, name="mfa_activate_totp"),
    path("account/code/remove", remove_code, name="mfa_deactivate_totp"),
    path("account/passkeys/add", add_passkey, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove", remove_passkey, name="mfa_remove_webauthn"),
    path("account/recovery-codes", recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/renew", renew_recovery_codes, name="mfa_generate_recovery_codes"),
]
