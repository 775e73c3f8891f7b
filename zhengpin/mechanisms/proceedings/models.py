from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from zhengpin.base.access.models import Member
from zhengpin.base.organizations.models import Organization
from zhengpin.kernel.procedures import Fact, limits_of_json
from zhengpin.mechanisms.proceedings import register

if TYPE_CHECKING:
    from zhengpin.kernel.procedures import Procedure, Stage


class Series(models.Model):
    """编号序列: the last number given to matters of one kind by one organization in a year."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    procedure_code = models.CharField("程序", max_length=40)
    year = models.IntegerField("年度")
    last = models.IntegerField("末号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号序列"
        constraints = [
            models.UniqueConstraint(
                "organization", "procedure_code", "year", name="series_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_code} {self.year} {self.last}"


class ProceedingQuerySet(models.QuerySet["Proceeding"]):
    def open(self) -> ProceedingQuerySet:
        return self.filter(closed_on__isnull=True)

    def newest_first(self) -> ProceedingQuerySet:
        return self.order_by("-pk")


class Proceeding(models.Model):
    """事项: one matter carried through a procedure, held by one organization at any moment.

    The steps taken are the truth. ``stage``, ``holder``, ``last_on`` and ``closed_on`` repeat what
    they say, so that lists need not replay them, ``is_inside`` what is declared of the stage.
    ``version_on`` is the day the version of the procedure came into force under which the matter
    began; ``region_code`` is that of its holder.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("编号", max_length=120)
    title = models.CharField("事项", max_length=200)
    procedure_code = models.CharField("程序", max_length=40)
    version_on = models.DateField("程序施行日期")
    origin = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="发起单位"
    )
    holder = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="承办单位"
    )
    region_code = models.CharField("行政区划代码", max_length=6)
    stage = models.CharField("阶段", max_length=40)
    is_inside = models.BooleanField("内部阶段", default=False)
    opened_on = models.DateField("开始日期")
    last_on = models.DateField("上一步日期")
    closed_on = models.DateField("办结日期", null=True, blank=True)
    search = SearchVectorField("检索", null=True, editable=False)

    objects = ProceedingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事项"
        constraints = [
            models.UniqueConstraint("origin", "number", name="proceeding_numbered_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="proceeding_closed_not_before_opened",
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("opened_on")), name="proceeding_steps_after_opening"
            ),
        ]
        indexes = [
            models.Index(F("holder"), F("id").desc(), name="proceeding_of_holder"),
            models.Index(F("region_code"), F("id").desc(), name="proceeding_of_region"),
            GinIndex("search", name="proceeding_search"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def procedure(self) -> Procedure:
        return register.version(self.procedure_code, self.version_on)

    @property
    def stage_declared(self) -> Stage:
        return self.procedure.stage(self.stage)


class StandingQuerySet(models.QuerySet["Standing"]):
    def standing(self) -> StandingQuerySet:
        """Those that have not ended."""
        return self.filter(ended_by__isnull=True)


class Standing(models.Model):
    """角色: an organization takes part in a matter beside its holder, in a declared role.

    Once ``ended_by`` a step it has no say any more, and reads what was done up to that step.
    """

    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="standings")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    role = models.CharField("角色", max_length=40)
    ended_by = models.ForeignKey(
        "Step", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="终止的步骤",
    )  # fmt: skip

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "角色"
        constraints = [
            models.UniqueConstraint(
                "organization", "proceeding", "role", name="standing_once_in_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.role}"


class Step(models.Model):
    """步骤: a move that was made on a legal day; never edited, corrected by a later step.

    ``limits`` are the last days this step itself fixed: ``{clock: {due, source}}``. A correction
    has the ``move_code`` of the step it ``corrects`` and the day that should have been written.
    """

    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="steps")
    move_code = models.CharField("动作", max_length=40)
    taken_on = models.DateField("办理日期")
    taken_at = models.DateTimeField("办理时刻", null=True, blank=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="办理人")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="办理单位"
    )
    note = models.TextField("说明", blank=True)
    limits = models.JSONField("所定期限", default=dict)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections",
        verbose_name="更正的步骤",
    )  # fmt: skip
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "步骤"

    def __str__(self) -> str:
        return f"{self.move_code} {self.taken_on}"

    def as_fact(self) -> Fact:
        return Fact(
            id=self.pk,
            move=self.move_code,
            on=self.taken_on,
            at=self.taken_at,
            corrects=self.corrects_id,
            sets=limits_of_json(self.limits),
        )


_IN_ORDER = ("is_paused", "due_at", "id")


class DueDay(models.Model):
    """到期日: a cache of one open clock, equal to what the steps say; written by one function.

    ``due_at`` is the instant when the day has passed, so that days and hours sort together; it is
    empty while the clock is paused or no day is set. ``region_code`` is that of who owes. Each
    index reads one side of the worklist in its order: dated by day, then unset, then paused.
    """

    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="due_days")
    procedure_code = models.CharField("程序", max_length=40)
    clock_code = models.CharField("期限", max_length=40)
    owed_by = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="应办单位"
    )
    owed_to = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="等候单位",
    )  # fmt: skip
    region_code = models.CharField("行政区划代码", max_length=6)
    started_on = models.DateField("起算日期")
    due_on = models.DateField("到期日", null=True, blank=True)
    due_at = models.DateTimeField("届满时刻", null=True, blank=True)
    is_paused = models.BooleanField("中止", default=False)
    is_provisional = models.BooleanField("暂定", default=False)
    extended = models.IntegerField("延长次数", default=0)
    citation = models.TextField("依据", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "到期日"
        constraints = [
            models.UniqueConstraint("proceeding", "clock_code", name="due_day_once_a_clock"),
        ]
        indexes = [
            models.Index("owed_by", *_IN_ORDER, name="due_day_owed_by"),
            models.Index(
                "owed_to",
                *_IN_ORDER,
                name="due_day_owed_to",
                condition=Q(owed_to__isnull=False),
            ),
            models.Index(Left("region_code", 2), *_IN_ORDER, name="due_day_of_province"),
            models.Index(Left("region_code", 4), *_IN_ORDER, name="due_day_of_city"),
            models.Index(Left("region_code", 6), *_IN_ORDER, name="due_day_of_county"),
            models.Index(*_IN_ORDER, name="due_day_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_code} {self.due_on or '—'}"


class Recomputation(models.Model):
    """重算: the due days of all open matters were read anew, because the law is in another state.

    ``package`` and ``override`` are that state (``LawState``), ``reached`` the last matter read
    so far: one that was cut off goes on from there.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    package = models.CharField("随附的法律数据", max_length=60)
    override = models.IntegerField("最后的增订")
    because = models.CharField("原因", max_length=200)
    reached = models.BigIntegerField("已到事项", default=0)
    changed = models.IntegerField("变动数", default=0)
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "重算"

    def __str__(self) -> str:
        return self.because


class DueChange(models.Model):
    """期限变动: a due day came out otherwise than it had been shown, and why.

    Written with the cache: after a corrected step, a holiday notice or a new version of a rule.
    """

    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="due_changes")
    clock_code = models.CharField("期限", max_length=40)
    before_at = models.DateTimeField("原届满时刻", null=True, blank=True)
    after_at = models.DateTimeField("现届满时刻", null=True, blank=True)
    is_provisional = models.BooleanField("暂定", default=False)
    because = models.CharField("原因", max_length=200)
    recomputation = models.ForeignKey(
        Recomputation, models.PROTECT, null=True, blank=True, related_name="changes",
        verbose_name="重算",
    )  # fmt: skip
    changed_at = models.DateTimeField("变动时间")

    class Meta:
        verbose_name = verbose_name_plural = "期限变动"

    def __str__(self) -> str:
        return f"{self.clock_code} {self.because}"


class Reminder(models.Model):
    """提醒: people were told that a last day draws near or has passed, once for each such day."""

    class Occasion(models.TextChoices):
        SOON = "soon", "将到期"
        OVERDUE = "overdue", "已逾期"

    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="reminders")
    clock_code = models.CharField("期限", max_length=40)
    due_at = models.DateTimeField("届满时刻")
    occasion = models.CharField("时机", max_length=8, choices=Occasion)
    reminded_at = models.DateTimeField("提醒时间")

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        constraints = [
            models.UniqueConstraint(
                "proceeding", "clock_code", "due_at", "occasion", name="reminded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_code} {self.occasion}"


class SavedView(models.Model):
    """视图: the filters of the worklist that a member keeps under a name."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name="任职")
    name = models.CharField("名称", max_length=40)
    filters = models.JSONField("筛选条件", default=dict)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = verbose_name_plural = "视图"
        constraints = [models.UniqueConstraint("member", "name", name="view_named_once")]

    def __str__(self) -> str:
        return self.name


class FeedToken(models.Model):
    """日历订阅: lets a calendar program read one member's due days; only the digest is kept."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name="任职")
    digest = models.BinaryField("摘要", max_length=32, unique=True)
    issued_at = models.DateTimeField("签发时间")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"
        constraints = [
            models.UniqueConstraint(
                "member", condition=Q(revoked_at__isnull=True), name="feed_once_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}"
