from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from zhengpin.base.access.models import Member
from zhengpin.mechanisms.proceedings.models import Proceeding

if TYPE_CHECKING:
    from uuid import UUID


class Decision(models.Model):
    """决定: a question put to one approver or an odd panel, and what came out.

    ``about`` is the matter the question arises in. ``appeal`` is the citation of the remedy that
    whoever is served may use; empty where the law data names none.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", "同意"
        REFUSED = "refused", "不同意"

    proceeding = models.OneToOneField(
        Proceeding, models.PROTECT, related_name="decision", verbose_name="事项"
    )
    about = models.ForeignKey(
        Proceeding, models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name="所涉事项",
    )  # fmt: skip
    applicant = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="提请人")
    question = models.TextField("提请决定的问题")
    outcome = models.CharField("结果", max_length=12, choices=Outcome, blank=True)
    appeal = models.TextField("救济途径", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "决定"

    def __str__(self) -> str:
        return str(self.proceeding)

    @property
    def uuid(self) -> UUID:
        return self.proceeding.uuid


class Panelist(models.Model):
    """表决人: one of those who decide; what they declared about recusal, how and why they voted.

    Whoever declared a conflict is replaced and stays on record; they count no more.
    """

    class Vote(models.TextChoices):
        FOR = "for", "赞成"
        AGAINST = "against", "反对"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="panelists")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="表决人")
    has_conflict = models.BooleanField("需要回避", null=True, blank=True)
    conflict = models.TextField("回避理由", blank=True)
    is_replaced = models.BooleanField("已更换", default=False)
    vote = models.CharField("表决", max_length=8, choices=Vote, blank=True)
    reasons = models.TextField("表决理由", blank=True)
    voted_at = models.DateTimeField("表决时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "表决人"
        constraints = [
            models.UniqueConstraint("decision", "member", name="panelist_once"),
            models.CheckConstraint(
                condition=Q(vote="") | Q(has_conflict=False),
                name="panelist_votes_without_conflict",
            ),
        ]
        indexes = [
            models.Index(
                fields=["member"],
                name="panelist_to_vote",
                condition=Q(vote="", is_replaced=False),
            ),
            models.Index(
                fields=["decision"],
                name="panelist_to_replace",
                condition=Q(has_conflict=True, is_replaced=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.vote}"
