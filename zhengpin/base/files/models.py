from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from zhengpin.base.access.models import Member
from zhengpin.kernel.contents import TYPES

if TYPE_CHECKING:
    from zhengpin.kernel.contents import FileType


class File(models.Model):
    """文件: one file as somebody kept it; equal bytes are stored once, whoever names them.

    Whatever a file belongs to points at its row. A discarded row keeps its digest and loses its
    name; its bytes go when no other row needs them.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("摘要", max_length=64)
    size = models.BigIntegerField("字节数")
    type_code = models.CharField("类型", max_length=20)
    rule_code = models.CharField("收件规则", max_length=40)
    is_sealed = models.BooleanField("保密", default=False)
    kept_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="保存人")
    kept_at = models.DateTimeField("保存时间")
    discarded_at = models.DateTimeField("销毁时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        constraints = [
            models.CheckConstraint(
                condition=Q(discarded_at__isnull=False, name="")
                | Q(discarded_at__isnull=True) & ~Q(name=""),
                name="file_named_until_discarded",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_digest_formed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["sha256"], condition=Q(discarded_at__isnull=True), name="file_by_digest"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

    @property
    def type(self) -> FileType:
        return TYPES[self.type_code]
