from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from zhengpin.base.access import errors
from zhengpin.base.access.duties import ADMINISTER
from zhengpin.base.organizations.models import Organization, in_force

if TYPE_CHECKING:
    from datetime import date

    from zhengpin.base.access.duties import Duty
    from zhengpin.base.organizations.models import Region


class PersonManager(BaseUserManager["Person"]):
    """Accounts are made by ``services.open_account`` only; this answers the framework."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(login=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """人员: one human being with one account, whatever posts they hold.

    ``organization`` is the one whose administrator opened the account. ``is_password_initial``
    holds until they have replaced the password that an administrator set.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    login = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    email = models.EmailField("电子邮件", blank=True)
    language = models.CharField("界面语言", max_length=10, default="zh-hans")
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        verbose_name="开户单位",
        related_name="+",
        null=True,
        blank=True,
    )
    is_active = models.BooleanField("启用", default=True)
    is_password_initial = models.BooleanField("须改密码", default=False)
    is_demonstration = models.BooleanField("演示账户", default=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        constraints = [
            models.CheckConstraint(condition=Q(login=Lower("login")), name="login_is_lower"),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """岗位: a place in an organization and the duties that go with it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    title = models.CharField("岗位名称", max_length=60)
    duties = ArrayField(models.CharField(max_length=40), default=list, verbose_name="岗位职责")
    requires_second_factor = models.BooleanField("须两步验证", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            models.UniqueConstraint("organization", "title", name="post_titled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.title}"


class MemberQuerySet(models.QuerySet["Member"]):
    def in_force(self, on: date) -> MemberQuerySet:
        """Those who act on a day: the post is held, the organization exists, the account works."""
        ended = Q(post__organization__valid_to__lte=on)
        return self.filter(~ended, in_force(on), person__is_active=True)

    def in_region(self, prefix: str) -> MemberQuerySet:
        """Those in organizations of a region and of all regions inside it."""
        return self.filter(post__organization__region__code__startswith=prefix)

    def holding(self, *duties: Duty) -> MemberQuerySet:
        """Those whose post carries one of these duties at least."""
        return self.filter(post__duties__overlap=[one.code for one in duties])

    def administering(self, region: Region, on: date) -> MemberQuerySet:
        """Those who manage a region's people on a day, with no end to it entered."""
        return self.in_force(on).filter(
            valid_to__isnull=True,
            post__organization__valid_to__isnull=True,
            post__duties__contains=[ADMINISTER.code],
            post__organization__region__prefix__in=region.prefixes,
        )


class Member(models.Model):
    """任职: a person in a post, from one day to another. Everything is done as a member."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="members")
    post = models.ForeignKey(Post, models.PROTECT, related_name="members")
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("离任日期", null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="member_dated",
            ),
            models.UniqueConstraint(
                "person", "post", condition=Q(valid_to__isnull=True), name="member_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.post}）"

    @cached_property
    def organization(self) -> Organization:
        return self.post.organization

    @property
    def region_prefix(self) -> str:
        """The code prefix of the region the member's organization belongs to."""
        return self.organization.region.prefix

    def holds(self, duty: Duty) -> bool:
        return duty.code in self.post.duties

    def require_administration(self, region: Region) -> None:
        """Raise DutyMissing or OutsideOwnOrganization unless they manage that region's bodies."""
        if not self.holds(ADMINISTER):
            raise errors.DutyMissing
        if not region.code.startswith(self.region_prefix):
            raise errors.OutsideOwnOrganization


class Token(models.Model):
    """令牌: lets a program act as one member; only the digest of the secret is kept."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="tokens")
    label = models.CharField("用途", max_length=60)
    digest = models.BinaryField("摘要", max_length=32, unique=True)
    issued_at = models.DateTimeField("签发时间")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "令牌"

    def __str__(self) -> str:
        return self.label


class SealedView(models.Model):
    """密封查阅: one look by a member into a sealed record, or one export of it, and why.

    ``subject`` is what the ledger calls the record; ``organization`` holds it.
    """

    class Way(models.TextChoices):
        VIEW = "view", "查看"
        EXPORT = "export", "导出"

    member = models.ForeignKey(Member, models.PROTECT, related_name="sealed_views")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="保管单位", related_name="+"
    )
    subject = models.CharField("对象", max_length=120, db_index=True)
    title = models.CharField("名称", max_length=200)
    way = models.CharField("方式", max_length=10, choices=Way.choices)
    reason = models.TextField("理由", max_length=500)
    looked_at = models.DateTimeField("查阅时间")

    class Meta:
        verbose_name = verbose_name_plural = "密封查阅"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="sealed_view_reasoned"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.looked_at:%Y-%m-%d}"
