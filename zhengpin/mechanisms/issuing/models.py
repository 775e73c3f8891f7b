from __future__ import annotations

from django.db import models

from zhengpin.base.access.models import Member
from zhengpin.base.organizations.models import Organization
from zhengpin.mechanisms.plans.models import Plan


class Issue(models.Model):
    """印发: a plan goes out under a number; ``batch`` joins the letters, one to each addressee.

    A plan is issued once. Where no letter of it stands any more, it is issued anew in this row.
    """

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="issue", verbose_name="计划")
    batch = models.UUIDField("批次", unique=True)
    number = models.CharField("发文字号", max_length=60)
    issued_on = models.DateField("成文日期")
    publicity = models.CharField("公开属性", max_length=200, blank=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="拟稿人")
    made_at = models.DateTimeField("拟稿时间")

    is_sent: bool  # whether a letter of it has left; from ``queries.issue_for``

    class Meta:
        verbose_name = verbose_name_plural = "印发"

    def __str__(self) -> str:
        return f"{self.number} {self.plan}"


class AddresseeLine(models.Model):
    """主送: one name as the notice prints it, and the organizations it means.

    A line that means none here has the ``reason`` a person gave.
    """

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="lines")
    order = models.IntegerField("次序")
    printed = models.TextField("原文名称")
    organizations = models.ManyToManyField(Organization, related_name="+", verbose_name="单位")
    reason = models.CharField("没有收件单位的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "主送"
        constraints = [models.UniqueConstraint("issue", "order", name="addressee_line_in_order")]

    def __str__(self) -> str:
        return self.printed
