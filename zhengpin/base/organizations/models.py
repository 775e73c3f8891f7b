from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from datetime import date


def in_force(on: date) -> Q:
    """Return the condition that a dated row is in force; ``valid_to`` is its first day out."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )


def _dated(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_from__isnull=True)
        | Q(valid_to__isnull=True)
        | Q(valid_to__gt=F("valid_from")),
        name=name,
    )


class Region(models.Model):
    """行政区划: one division of GB/T 2260; it contains those whose code begins with its prefix."""

    code = models.CharField("行政区划代码", max_length=6, unique=True)
    prefix = models.CharField("代码前缀", max_length=6, db_index=True)
    name = models.CharField("名称", max_length=60)
    full_name = models.CharField("全称", max_length=120)
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ("code",)
        constraints = [_dated("region_dated")]

    def __str__(self) -> str:
        return self.full_name

    def contains(self, other: Region) -> bool:
        return other.code.startswith(self.prefix)

    @property
    def prefixes(self) -> tuple[str, str, str]:
        """The prefixes of this region and of those that contain it, from the smallest."""
        return prefixes_of(self.code)


def prefixes_of(code: str) -> tuple[str, str, str]:
    """Return the prefixes of a region by its code, and of those that contain it."""
    return code, code[:4], code[:2]


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def in_force(self, on: date) -> OrganizationQuerySet:
        return self.filter(in_force(on))

    def in_region(self, region: Region) -> OrganizationQuerySet:
        """Those of a region and of all regions inside it."""
        return self.filter(region__code__startswith=region.prefix)

    def with_function(self, code: str, on: date) -> OrganizationQuerySet:
        competent = Competence.objects.filter(in_force(on), function_code=code)
        return self.filter(pk__in=competent.values("organization"))


class Organization(models.Model):
    """单位: one body, from the day it was set up to the day it was dissolved or merged."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="行政区划")
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ("region__code", "pk")
        constraints = [
            _dated("organization_dated"),
            models.UniqueConstraint(
                "name",
                "region",
                condition=Q(valid_to__isnull=True),
                name="organization_named_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganizationName(models.Model):
    """称谓: a name by which documents call an organization, with its days."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="names")
    name = models.CharField("称谓", max_length=120)
    folded = models.CharField("检索形式", max_length=120, db_index=True)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "称谓"
        constraints = [
            _dated("organization_name_dated"),
            models.UniqueConstraint("organization", "folded", "valid_from", name="name_said_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Competence(models.Model):
    """职能: one function that an organization has in certain days."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="competences")
    function_code = models.CharField("职能代码", max_length=40, db_index=True)
    valid_from = models.DateField("起始日期", null=True, blank=True)
    valid_to = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "职能"
        constraints = [
            _dated("competence_dated"),
            models.UniqueConstraint(
                "organization", "function_code", "valid_from", name="competence_said_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.function_code}"


class Succession(models.Model):
    """承继: from a day on, one organization carries on what another did."""

    predecessor = models.ForeignKey(Organization, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organization, models.PROTECT, related_name="precedents")
    on = models.DateField("承继日期")
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "承继"
        constraints = [
            models.UniqueConstraint("predecessor", "successor", name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
