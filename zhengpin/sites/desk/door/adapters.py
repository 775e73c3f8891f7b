"""What the library may do here: no sign-up, no mail, our limits, our sentences, our record."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhengpin.base.access import queries as access
from zhengpin.kernel.errors import DomainError
from zhengpin.sites.desk import services
from zhengpin.sites.desk.door import identity, sessions
from zhengpin.sites.desk.door.addresses import address_of

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest, HttpResponse

    from zhengpin.base.access.models import Person

FRESH_SECONDS = 300  # how long what one has just shown need not be shown again
_SAID = {
    "mfa/messages/totp_activated.txt": gettext_lazy("动态验证码已启用，以后每次登录都要输入。"),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("动态验证码已停用。"),
    "mfa/messages/webauthn_added.txt": gettext_lazy("通行密钥已添加。"),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("通行密钥已删除。"),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy("恢复码已生成，只显示一次。"),
}
_TRIED_TOO_OFTEN = gettext_lazy("尝试次数过多，请在15分钟后重试。")
_DOES_NOT_HOLD = gettext_lazy("没有通过：请核对后重试；验证码约半分钟更换一次，用过的不能再用。")


class AccountAdapter(DefaultAccountAdapter):
    """Passwords are checked under our limits; coming in is recorded before it happens."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _TRIED_TOO_OFTEN,
        "rate_limited": _TRIED_TOO_OFTEN,
        "incorrect_code": _DOES_NOT_HOLD,
        "incorrect_password": gettext_lazy("密码不对，请重新输入。"),
    }

    def is_open_for_signup(self, request: HttpRequest, *_: Any) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person:
        """Return the person whose password it is; a refusal is the sentence the form shows."""
        try:
            return services.check_password(
                login=credentials["username"],
                password=credentials["password"],
                address=address_of(request),
                now=timezone.now(),
            )
        except DomainError as refusal:
            raise ValidationError(_(str(refusal)), code=type(refusal).__name__) from refusal

    def reauthenticate(self, user: Person, password: str) -> bool:
        return self.authenticate(self.request, username=user.login, password=password) == user

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whether what was shown at sign-in or since is too long ago for a change."""
        records = get_authentication_records(self.request, self.request.user)
        is_fresh = bool(records) and time.time() - records[-1]["at"] < FRESH_SECONDS
        return not is_fresh and bool(super().is_reauthentication_required(app=app, **more))

    def pre_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponse | None:
        sessions.note_password(request, user)
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer

    def login(self, request: HttpRequest, user: Person) -> None:
        way = sessions.way_of(request, user)
        now = timezone.now()
        services.sign_in(
            person=user,
            method=way.method,
            second_factor=way.second_factor,
            address=address_of(request),
            now=now,
        )
        super().login(request, user)
        sessions.end_after(request, now)
        if way.has_two_factors:
            sessions.note_second_factor(request)

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        messages.error(request, _("这个账户已经停用，请联系本单位的管理员。"))
        return HttpResponseRedirect(reverse("account_login"))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what we have a sentence for, and nothing else."""
        said = message or _SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """An identity opens the account it was joined to by an administrator, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, *_: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not sociallogin.is_existing:
            subject = sociallogin.account.uid.partition("#")[2]
            raise ImmediateHttpResponse(identity.refuse(request, subject))

    def on_authentication_error(self, request: HttpRequest, *_: Any, **more: Any) -> None:
        raise ImmediateHttpResponse(identity.refuse(request))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are stored encrypted; the last second factor stays while a post requires one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _DOES_NOT_HOLD,
        "cannot_delete_authenticator": gettext_lazy(
            "您担任的岗位要求两步验证：请先设置另一种方式，再去掉这一种。"
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "请先设置动态验证码或通行密钥，再生成恢复码。"
        ),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        person = authenticator.user
        others = Authenticator.objects.filter(user=person, type__in=sessions.FACTORS)
        if others.exclude(pk=authenticator.pk).exists():
            return True
        held = access.members_of(person, on=timezone.localdate())
        return not held.filter(post__requires_second_factor=True).exists()

    def generate_authenticator_name(self, user: Person, type: str) -> str:  # noqa: A002
        held = Authenticator.objects.filter(user=user, type=type).count()
        return _("通行密钥 %(number)s") % {"number": held + 1}

    def _get_user_identifier(self, user: Person) -> str:
        return user.login

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


def _cipher() -> Fernet:
    digest = salted_hmac("zhengpin.sites.desk.second_factor", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
