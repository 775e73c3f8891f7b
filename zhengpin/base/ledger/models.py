from __future__ import annotations

import uuid

from django.db import models


class Entry(models.Model):
    """账目: one act, written in the transaction that did it.

    ``digest`` is over everything else in the row; ``member`` is None only for what the platform
    did by itself. The organization and person stand in ``facts`` by uuid, not as foreign keys, so
    that the ledger depends on no other table.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    action = models.CharField("动作", max_length=60)
    subject = models.CharField("对象", max_length=120, db_index=True)
    member = models.UUIDField("任职", null=True, blank=True)
    facts = models.JSONField("事实")
    recorded_at = models.DateTimeField("记录时间")
    digest = models.BinaryField("摘要", max_length=32, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "账目"

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class Leaf(models.Model):
    """叶: the place of an entry in the tree, given at sealing and never again."""

    position = models.BigIntegerField("位置", primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf")

    class Meta:
        verbose_name = verbose_name_plural = "叶"

    def __str__(self) -> str:
        return str(self.position)


class Node(models.Model):
    """节点: the hash of one complete subtree, kept so that proofs need few reads."""

    level = models.SmallIntegerField("层")
    index = models.BigIntegerField("序号")
    hash = models.BinaryField("散列", max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "节点"
        constraints = [models.UniqueConstraint("level", "index", name="node_once")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """检查点: the signed size and root of the tree at one moment."""

    size = models.BigIntegerField("账目数", primary_key=True)
    root = models.BinaryField("根", max_length=32)
    note = models.TextField("签名文本")
    sealed_at = models.DateTimeField("封存时间")

    class Meta:
        verbose_name = verbose_name_plural = "检查点"

    def __str__(self) -> str:
        return f"{self.size}"


class Pending(models.Model):
    """待封存: an entry that has no place in the tree yet; the only table here that rows leave."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "待封存"

    def __str__(self) -> str:
        return str(self.entry_id)
