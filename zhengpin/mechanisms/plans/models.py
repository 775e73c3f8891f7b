from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from zhengpin.base.access.models import Member
from zhengpin.base.files.models import File
from zhengpin.base.organizations.models import Organization, Region
from zhengpin.mechanisms.plans import kinds

if TYPE_CHECKING:
    from zhengpin.mechanisms.plans.kinds import ProblemKind

LONG_COLUMNS = ("source_text", "pieces", "instruments", "timeline", "search")
"""Columns of a plan that no list needs."""


class PlanQuerySet(models.QuerySet["Plan"]):
    def light(self) -> PlanQuerySet:
        """Without what only a review or an export reads: the text and what was found in it."""
        return self.defer(*LONG_COLUMNS)

    def newest_first(self) -> PlanQuerySet:
        return self.order_by(F("year").desc(nulls_last=True), F("id").desc())


class ClauseQuerySet(models.QuerySet["Clause"]):
    def in_order(self) -> ClauseQuerySet:
        """Newest plan first, each in the order of its text."""
        return self.order_by(F("plan__year").desc(nulls_last=True), "-plan_id", "order")


class ProblemQuerySet(models.QuerySet["Problem"]):
    def unsettled(self) -> ProblemQuerySet:
        return self.filter(settled_at__isnull=True)

    def deciding(self) -> ProblemQuerySet:
        """Those that must be settled before a plan is confirmed."""
        return self.exclude(code__in=kinds.INFORMATIVE)


class Plan(models.Model):
    """计划: one imported document, under review until its office confirms it.

    What the document does not state is empty, never invented. ``pieces`` hold kind and start of
    each stretch of ``source_text``; together they are the whole of it.
    """

    class Stage(models.TextChoices):
        REVIEW = "review", "核对中"
        CONFIRMED = "confirmed", "已核定"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name="承办单位")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="行政区划")
    title = models.TextField("标题", blank=True)
    notice_title = models.TextField("通知标题", blank=True)
    issuer = models.TextField("印发机关", blank=True)
    doc_number = models.TextField("发文字号", blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    year = models.IntegerField("年度", null=True, blank=True)
    stated_region = models.TextField("文中地区", blank=True)
    numbering = models.CharField("条目编号", max_length=20)
    addressees = ArrayField(models.TextField(), default=list, verbose_name="主送")
    campaigns = ArrayField(models.TextField(), default=list, verbose_name="专项行动")
    instruments = models.JSONField("依据文件", default=list)
    timeline = models.JSONField("阶段", default=list)
    source_name = models.TextField("来源文件名")
    source_sha256 = models.CharField("来源摘要", max_length=64)
    source_text = models.TextField("来源文本")
    source_file = models.ForeignKey(
        File, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="来源文件"
    )
    pieces = models.JSONField("文本分段", default=list)
    stage = models.CharField("阶段", max_length=12, choices=Stage, default=Stage.REVIEW)
    imported_by = models.ForeignKey(
        Member, models.PROTECT, related_name="+", verbose_name="导入人"
    )
    imported_at = models.DateTimeField("导入时间")
    confirmed_by = models.ForeignKey(
        Member, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="核定人"
    )
    confirmed_at = models.DateTimeField("核定时间", null=True, blank=True)
    citations_listed_at = models.DateTimeField("依据列入时间", null=True, blank=True)
    search = SearchVectorField("检索向量", null=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "计划"
        constraints = [
            models.UniqueConstraint("region", "source_sha256", name="plan_imported_once"),
            models.CheckConstraint(
                condition=Q(stage="review", confirmed_at__isnull=True)
                | Q(stage="confirmed", confirmed_at__isnull=False),
                name="plan_confirmed_at_some_time",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="plan_search"),
            models.Index(
                F("year").desc(nulls_last=True), F("id").desc(), name="plan_newest_first"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.notice_title or self.source_name

    @property
    def is_confirmed(self) -> bool:
        return self.stage == self.Stage.CONFIRMED


class Section(models.Model):
    """章: a chapter of a plan, with its place in the source."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    order = models.IntegerField("次序")
    no = models.IntegerField("章号")
    title = models.TextField("标题")
    start = models.IntegerField("起")
    end = models.IntegerField("止")

    class Meta:
        verbose_name = verbose_name_plural = "章"
        constraints = [models.UniqueConstraint("plan", "order", name="section_in_order")]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """条: a numbered item of a chapter."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, models.CASCADE, null=True, related_name="items")
    order = models.IntegerField("次序")
    no = models.IntegerField("条号")
    title = models.TextField("标题", blank=True)
    kind = models.CharField("性质", max_length=12)
    start = models.IntegerField("起")
    end = models.IntegerField("止")

    class Meta:
        verbose_name = verbose_name_plural = "条"
        constraints = [models.UniqueConstraint("plan", "order", name="item_in_order")]

    def __str__(self) -> str:
        return f"{self.no} {self.title}"


class Clause(models.Model):
    """款: one piece of work with one assignment. ``start`` and ``end`` never change.

    ``version`` counts the changes, so that nobody corrects what they have not seen.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="clauses", db_index=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="clauses")
    order = models.IntegerField("次序")
    address = models.CharField("条款地址", max_length=40)
    text = models.TextField("工作内容")
    start = models.IntegerField("起")
    end = models.IntegerField("止")
    assignment = models.TextField("责任分工", blank=True)
    assignment_start = models.IntegerField("分工起", null=True, blank=True)
    assignment_end = models.IntegerField("分工止", null=True, blank=True)
    mode = models.CharField("分工方式", max_length=16, blank=True)
    open_ended = models.BooleanField("名单未列全", default=False)
    due = models.TextField("时限", blank=True)
    campaigns = ArrayField(models.TextField(), default=list, verbose_name="专项行动")
    is_corrected = models.BooleanField("已更正", default=False)
    version = models.IntegerField("版本", default=0)
    search = SearchVectorField("检索向量", null=True, editable=False)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "款"
        constraints = [
            models.UniqueConstraint("plan", "order", name="clause_in_order"),
            models.UniqueConstraint("plan", "address", name="clause_addressed_once"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="clause_search"),
            # Tells which clauses a plan has without reading them: for counts and joins.
            models.Index(fields=["plan"], include=["id"], name="clause_of_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.text[:20]}"


class ClauseUnit(models.Model):
    """责任单位: one unit a clause names, and the organization it was found to be.

    A unit that a person added has no place in the text.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="units")
    order = models.IntegerField("次序")
    name = models.TextField("原文名称")
    full = models.TextField("全称")
    role = models.CharField("角色", max_length=8)
    is_collective = models.BooleanField("统称", default=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    start = models.IntegerField("起", null=True, blank=True)
    end = models.IntegerField("止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "责任单位"
        constraints = [models.UniqueConstraint("clause", "order", name="unit_in_order")]
        indexes = [models.Index(fields=["organization", "clause"], name="unit_by_organization")]

    def __str__(self) -> str:
        return self.full


class Problem(models.Model):
    """存疑: a place that a person has to decide, and how they settled it.

    ``start`` and ``end`` are the line in the source text; ``about`` is the name in question.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="problems")
    clause = models.ForeignKey(
        Clause, models.CASCADE, null=True, blank=True, related_name="problems"
    )
    unit = models.ForeignKey(ClauseUnit, models.SET_NULL, null=True, blank=True, related_name="+")
    order = models.IntegerField("次序")
    code = models.CharField("代码", max_length=40)
    line = models.IntegerField("行")
    start = models.IntegerField("起")
    end = models.IntegerField("止")
    about = models.TextField("涉及名称", blank=True)
    message = models.TextField("说明")
    settlement = models.CharField("处理", max_length=300, blank=True)
    settled_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "存疑"
        constraints = [models.UniqueConstraint("plan", "order", name="problem_in_order")]

    def __str__(self) -> str:
        return self.message

    @property
    def kind(self) -> ProblemKind:
        return kinds.kind_of(self.code)

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None


class Correction(models.Model):
    """更正: one field a person put right, with what the compiler had said first.

    The last row of a field holds; those before it are its history.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="corrections")
    field = models.CharField("字段", max_length=20)
    before = models.JSONField("编译器读作")
    after = models.JSONField("更正为")
    reason = models.CharField("理由", max_length=300, blank=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="更正人")
    corrected_at = models.DateTimeField("更正时间")

    class Meta:
        verbose_name = verbose_name_plural = "更正"

    def __str__(self) -> str:
        return f"{self.clause.address} {self.field}"


class Instrument(models.Model):
    """依据文件: one instrument that confirmed plans cite, however they print it.

    The keys are what all its spellings have in common; of a title that says a kind only, the key
    names the plan too. The status is what a person recorded, with its source; it is never derived.
    """

    class Status(models.TextChoices):
        UNKNOWN = "unknown", "未核"
        IN_FORCE = "in_force", "现行"
        REVISED = "revised", "已修订"
        REPEALED = "repealed", "已废止"
        NOT_YET = "not_yet", "未施行"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.TextField("标题", blank=True)
    title_key = models.TextField("标题的统一写法", blank=True)
    number = models.TextField("文号", blank=True)
    number_key = models.TextField("文号的统一写法", blank=True)
    issuer = models.TextField("制发机关", blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    status = models.CharField("状态", max_length=12, choices=Status, default=Status.UNKNOWN)
    listed_at = models.DateTimeField("列入时间")

    class Meta:
        verbose_name = verbose_name_plural = "依据文件"
        constraints = [
            models.UniqueConstraint("title_key", "number_key", name="instrument_listed_once"),
            models.CheckConstraint(
                condition=~Q(title_key="") | ~Q(number_key=""), name="instrument_has_a_name"
            ),
        ]
        indexes = [models.Index(fields=["number_key"], name="instrument_by_number")]

    def __str__(self) -> str:
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}" if self.title else self.number


class StatusChange(models.Model):
    """依据变动: one status that a person recorded for an instrument, and by what source."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="changes")
    before = models.CharField("原状态", max_length=12, choices=Instrument.Status)
    after = models.CharField("新状态", max_length=12, choices=Instrument.Status)
    source = models.TextField("出处")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="登记人")
    changed_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "依据变动"
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="status_change_has_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"


FLAGGED = Q(flagged_at__isnull=False, settled_at__isnull=True)
"""The condition over citations that the instrument changed and nobody has looked at it again."""


class CitationQuerySet(models.QuerySet["Citation"]):
    def flagged(self) -> CitationQuerySet:
        return self.filter(FLAGGED)


class Citation(models.Model):
    """引用: a clause, or a plan before its clauses, cites an instrument.

    Once for each instrument however often it is named; ``start`` and ``end`` are the first place
    in the source text. Flagged when the instrument changed after; a flag is settled by a remark.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="citations")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="citations")
    clause = models.ForeignKey(
        Clause, models.CASCADE, null=True, blank=True, related_name="citations"
    )
    start = models.IntegerField("起")
    end = models.IntegerField("止")
    flagged_at = models.DateTimeField("标记时间", null=True, blank=True)
    settlement = models.CharField("复核意见", max_length=300, blank=True)
    settled_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    settled_at = models.DateTimeField("复核时间", null=True, blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "引用"
        constraints = [
            models.UniqueConstraint("instrument", "clause", name="instrument_cited_once_a_clause"),
            models.UniqueConstraint(
                "instrument",
                "plan",
                condition=Q(clause__isnull=True),
                name="instrument_cited_once_a_head",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True)
                | Q(flagged_at__isnull=False) & ~Q(settlement=""),
                name="flag_settled_by_a_remark",
            ),
        ]
        indexes = [
            models.Index(
                fields=["instrument", "plan"],
                name="citation_flagged",
                condition=FLAGGED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.start}"

    @property
    def is_flagged(self) -> bool:
        return self.flagged_at is not None and self.settled_at is None
