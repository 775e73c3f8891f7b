from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from zhengpin.base.access.models import Member, Person
from zhengpin.base.notices.kinds import Mailing, kind_of

if TYPE_CHECKING:
    from zhengpin.base.notices.kinds import NoticeKind


class Mail(models.Model):
    """邮件: one mail to one person, with one notice or a day's; it leaves at most once.

    Whoever takes one commits that first. What was taken and not heard of again is ``unsure`` and
    is not sent a second time: its notices stand on the desk.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待发"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发"
        NEEDLESS = "needless", "不必再发"
        UNSURE = "unsure", "不知是否发出"
        GIVEN_UP = "given_up", "放弃"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="收件人")
    is_digest = models.BooleanField("每日汇总", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField("生成时间")
    due_at = models.DateTimeField("应发时间")
    attempts = models.IntegerField("次数", default=0)
    tried_at = models.DateTimeField("最近一次", null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "邮件"
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state="waiting"), name="mail_waiting"
            ),
            models.Index(
                fields=["tried_at"], condition=Q(state="sending"), name="mail_on_its_way"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Notice(models.Model):
    """通知: one thing one member is told, once per kind and key.

    ``title`` are the words about the matter behind those of the kind; empty for a sealed one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="notices", verbose_name="收件任职"
    )
    kind_code = models.CharField("通知种类", max_length=40)
    key = models.CharField("事由键", max_length=200)
    title = models.CharField("标题", max_length=200, blank=True)
    link = models.CharField("链接", max_length=500)
    subject = models.UUIDField("对象", null=True, blank=True)
    is_sealed = models.BooleanField("保密", default=False)
    mailing = models.CharField("邮件方式", max_length=10, choices=Mailing, default=Mailing.NEVER)
    mail = models.ForeignKey(
        Mail, models.PROTECT, related_name="notices", null=True, blank=True, verbose_name="邮件"
    )
    made_at = models.DateTimeField("发出时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    is_shown: bool  # whether its reader may see the matter now; from ``queries.notices_for``

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        constraints = [
            models.UniqueConstraint("member", "kind_code", "key", name="notice_sent_once"),
            models.CheckConstraint(
                condition=Q(is_sealed=False) | Q(title=""), name="notice_sealed_says_nothing"
            ),
        ]
        indexes = [
            models.Index(
                fields=["member", "-id"], condition=Q(read_at=None), name="notice_unread"
            ),
            models.Index(
                fields=["member", "-id"], condition=Q(read_at__isnull=False), name="notice_read"
            ),
            models.Index(
                fields=["mailing", "id"],
                condition=Q(mail=None, read_at=None) & ~Q(mailing="never"),
                name="notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_code} {self.key}"

    @property
    def kind(self) -> NoticeKind:
        return kind_of(self.kind_code)

    @property
    def words(self) -> str:
        """What may be shown of the matter; empty where the reader may not see it any more."""
        return self.title if self.is_shown and not self.is_sealed else ""


class MailChoice(models.Model):
    """邮件选择: how one person wants one kind of notice by mail."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mail_choices")
    kind_code = models.CharField("通知种类", max_length=40)
    mailing = models.CharField("邮件方式", max_length=10, choices=Mailing)

    class Meta:
        verbose_name = verbose_name_plural = "邮件选择"
        constraints = [
            models.UniqueConstraint("person", "kind_code", name="mail_chosen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_code} {self.mailing}"
