from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from zhengpin.base.access.models import Member
from zhengpin.base.files.models import File
from zhengpin.base.organizations.models import Organization
from zhengpin.mechanisms.plans.models import Clause, Plan
from zhengpin.mechanisms.proceedings.models import Proceeding, Step

if TYPE_CHECKING:
    from uuid import UUID


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> TaskQuerySet:
        return self.filter(proceeding__closed_on__isnull=True)

    def whole(self) -> TaskQuerySet:
        """Those that stand for a clause; not the parts a unit made of them."""
        return self.filter(parent__isnull=True)


class Task(models.Model):
    """任务: what one organization owes of a clause, or a part that was made of such a task.

    ``role`` is that of the unit in the clause. ``owner`` answers for it inside the organization.
    ``result`` says what came of it; ``why_no_evidence`` why nothing shows it.
    """

    proceeding = models.OneToOneField(
        Proceeding, models.PROTECT, related_name="task", verbose_name="事项"
    )
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", verbose_name="计划")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="tasks", verbose_name="款")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts",
        verbose_name="上级任务",
    )  # fmt: skip
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="承担单位"
    )
    role = models.CharField("角色", max_length=8)
    owner = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    result = models.TextField("结果", blank=True)
    why_no_evidence = models.TextField("没有佐证的理由", blank=True)
    progressed_on = models.DateField("最近进展", null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        constraints = [
            models.UniqueConstraint(
                "clause", "organization", condition=Q(parent__isnull=True),
                name="task_once_for_a_unit",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(F("organization"), F("id").desc(), name="task_of_organization"),
            models.Index("plan", "clause", name="task_of_plan"),
        ]

    def __str__(self) -> str:
        return str(self.proceeding)

    @property
    def uuid(self) -> UUID:
        return self.proceeding.uuid


class Evidence(models.Model):
    """佐证: a file or a matter that shows what a step of a task says."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="evidence", verbose_name="任务")
    step = models.ForeignKey(Step, models.PROTECT, related_name="+", verbose_name="步骤")
    file = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    proceeding = models.ForeignKey(
        Proceeding, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="所涉事项",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "佐证"
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, proceeding__isnull=True)
                | Q(file__isnull=True, proceeding__isnull=False),
                name="evidence_is_a_file_or_a_matter",
            ),
        ]

    def __str__(self) -> str:
        return str(self.file or self.proceeding)
