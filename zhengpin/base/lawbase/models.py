from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from zhengpin.base.access.models import Member


class OverrideQuerySet(models.QuerySet["Override"]):
    def additions(self) -> OverrideQuerySet:
        """Those that add something; not the withdrawals."""
        return self.exclude(kind=Override.Kind.WITHDRAWAL)

    def standing(self) -> OverrideQuerySet:
        """Additions that nobody withdrew, in the order they were added."""
        return self.additions().filter(withdrawal__isnull=True).order_by("pk")


class Override(models.Model):
    """增订: one thing an installation adds to the law data of the package, with its source.

    Rows are added one after the other under a lock and never changed, so the last ``id`` names
    the state of the law. ``subject`` is the year of a notice or the id of a rule; ``content`` is
    what the kernel reads: a year of ``notices.yaml``, a row of ``deadlines.yaml`` or a correction.
    A withdrawal names the row it takes back and why.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", "放假通知"
        VERSION = "version", "规则版本"
        CORRECTION = "correction", "更正"
        WITHDRAWAL = "withdrawal", "撤回"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("种类", max_length=12, choices=Kind)
    subject = models.CharField("对象", max_length=120, db_index=True)
    content = models.JSONField("内容", default=dict)
    effective_from = models.DateField("施行日期", null=True, blank=True)
    title = models.CharField("文件标题", max_length=200, blank=True)
    number = models.CharField("文号", max_length=120, blank=True)
    article = models.CharField("条款", max_length=120, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    source_text = models.TextField("原文", blank=True)
    address = models.CharField("网址", max_length=500, blank=True)
    reason = models.TextField("理由", blank=True)
    withdraws = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="withdrawal",
        verbose_name="撤回的增订",
    )  # fmt: skip
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="登记人")
    added_at = models.DateTimeField("登记时间")

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "增订"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="withdrawal", withdraws__isnull=False)
                | (~Q(kind="withdrawal") & Q(withdraws__isnull=True)),
                name="override_withdrawal_names_a_row",
            ),
            models.CheckConstraint(
                condition=(Q(kind="withdrawal") & ~Q(reason=""))
                | (~Q(kind="withdrawal") & ~Q(title="") & ~Q(source_text="")),
                name="override_has_a_source_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind="version", effective_from__isnull=False)
                | (~Q(kind="version") & Q(effective_from__isnull=True)),
                name="override_version_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}"

    @property
    def citation(self) -> str:
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{self.article}"
