from __future__ import annotations

from django.conf import settings
from django.db import models


class SignIn(models.Model):
    """登录: one time a person came in, and how; shown to that person and to nobody else.

    ``address`` is a keyed digest: two equal ones tell that the network address was the same.
    """

    class Method(models.TextChoices):
        PASSWORD = "password", "密码"
        PASSKEY = "passkey", "通行密钥"
        IDENTITY = "identity", "统一身份认证"

    class SecondFactor(models.TextChoices):
        TOTP = "totp", "动态验证码"
        PASSKEY = "webauthn", "通行密钥"
        RECOVERY_CODE = "recovery_codes", "恢复码"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_ins")
    signed_in_at = models.DateTimeField("登录时间")
    method = models.CharField("登录方式", max_length=20, choices=Method)
    second_factor = models.CharField(
        "第二步", max_length=20, choices=SecondFactor, blank=True, default=""
    )
    address = models.CharField("地址摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "登录"
        indexes = [models.Index(fields=["person", "-signed_in_at"], name="sign_in_by_person")]

    def __str__(self) -> str:
        return f"{self.signed_in_at:%Y-%m-%d %H:%M}"


class SignInFailure(models.Model):
    """登录失败: one failed sign-in, kept as long as it counts; the ledger keeps it for good.

    ``key`` is a keyed digest of a login or of a network address: neither is stored here.
    """

    key = models.CharField("摘要", max_length=64)
    failed_at = models.DateTimeField("失败时间")

    class Meta:
        verbose_name = verbose_name_plural = "登录失败"
        indexes = [models.Index(fields=["key", "failed_at"], name="sign_in_failure_by_key")]

    def __str__(self) -> str:
        return self.key[:8]
