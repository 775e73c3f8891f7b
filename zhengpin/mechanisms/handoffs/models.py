from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from zhengpin.base.access.models import Member
from zhengpin.base.organizations.models import Organization
from zhengpin.mechanisms.handoffs.kinds import KINDS, HandoffKind
from zhengpin.mechanisms.proceedings.models import Proceeding, Step


class HandoffQuerySet(models.QuerySet["Handoff"]):
    def newest_first(self) -> HandoffQuerySet:
        return self.order_by("-pk")


class Handoff(models.Model):
    """移交: what one organization hands to another; its steps and clocks are its proceeding's.

    ``content`` and ``reply`` have the shape its kind declares. ``limits`` are the days the drafter
    proposes to fix, ``{clock: {due, source}}``. ``batch`` joins those that were sent together,
    ``passed_from`` leads to the one a receiver passed on; ``refers_to`` names another matter
    without copying it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proceeding = models.OneToOneField(
        Proceeding, models.PROTECT, related_name="handoff", verbose_name="事项"
    )
    kind_code = models.CharField("种类", max_length=40)
    sender = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="发出单位"
    )
    receiver = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="接收单位"
    )
    drafter = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="拟稿人")
    ground = models.TextField("移交依据")
    content = models.JSONField("移交清单")
    reply = models.JSONField("答复内容", null=True, blank=True)
    limits = models.JSONField("拟定期限", default=dict)
    refers_to = models.ForeignKey(
        Proceeding, models.PROTECT, null=True, blank=True, related_name="referring_handoffs",
        verbose_name="所引事项",
    )  # fmt: skip
    passed_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="passed_to",
        verbose_name="转自",
    )  # fmt: skip
    batch = models.UUIDField("批次", null=True, blank=True)

    objects = HandoffQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "移交"
        constraints = [
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="handoff_to_another"),
        ]
        indexes = [
            models.Index(fields=["kind_code", "sender", "receiver"], name="handoff_pairs"),
            models.Index(F("receiver"), F("id").desc(), name="handoff_received"),
            models.Index(F("sender"), F("id").desc(), name="handoff_sent"),
            models.Index(fields=["batch"], name="handoff_batch", condition=Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.proceeding)

    @property
    def kind(self) -> HandoffKind:
        return KINDS[self.kind_code]


class Delivery(models.Model):
    """送达: a hand-off was sent to one organization, and what that organization did with it.

    ``why`` says how the organization was found. A refusal stays here when the hand-off is sent to
    another; ``refused_by`` is the step that holds its reasons.
    """

    handoff = models.ForeignKey(Handoff, models.PROTECT, related_name="deliveries")
    receiver = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="接收单位"
    )
    why = models.TextField("收件理由", blank=True)
    sent_by = models.ForeignKey(
        Step, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发出的步骤"
    )
    accepted_by = models.ForeignKey(
        Step, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收的步骤"
    )
    refused_by = models.ForeignKey(
        Step, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拒收的步骤"
    )

    class Meta:
        verbose_name = verbose_name_plural = "送达"

    def __str__(self) -> str:
        return f"{self.handoff} → {self.receiver}"
