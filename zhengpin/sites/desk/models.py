from __future__ import annotations

from django.db import models


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
