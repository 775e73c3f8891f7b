"""Adding to the law data and taking back: one function, one transaction, one ledger entry.

All of them wait for one lock, so that the last override always names the state of the law.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from zhengpin.base.access.services import require
from zhengpin.base.lawbase import errors, queries
from zhengpin.base.lawbase.duties import MAINTAIN_LAW
from zhengpin.base.lawbase.law import package_law
from zhengpin.base.lawbase.merging import merged, with_override
from zhengpin.base.lawbase.models import Override
from zhengpin.base.ledger import services as ledger

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from zhengpin.base.access.models import Member
    from zhengpin.kernel.calendars import Announcement
    from zhengpin.kernel.lawdata import Rule

_ADDING = 7_262_312  # the advisory lock that only one addition holds


@dataclass(frozen=True, slots=True)
class SourceText:
    """出处原文: the document an addition rests on, and the words of it."""

    title: str
    text: str
    number: str = ""
    article: str = ""
    address: str = ""
    issued_on: date | None = None

    def require(self) -> None:
        """Raise SourceMissing without title and text, AddressMalformed for another scheme."""
        if not self.title.strip() or not self.text.strip():
            raise errors.SourceMissing
        if self.address and not self.address.startswith(("http://", "https://")):
            raise errors.AddressMalformed


@transaction.atomic
def add_calendar_notice(
    *, announcement: Announcement, source: SourceText, member: Member, now: datetime
) -> Override:
    """Add the State Council's notice of a year, or one that changes a year already announced.

    Raises DutyMissing, SourceMissing, or NoticeFaulty with everything that cannot be.
    """
    content = announcement.raw() | {"is_amendment": announcement.is_amendment}
    made = _new(Override.Kind.NOTICE, str(announcement.year), content, source, member, now)
    facts = {
        "year": announcement.year,
        "amendment": announcement.is_amendment,
        "off": [f"{one.name} {one.first} {one.last}" for one in announcement.off],
        "on": [f"{one.name} {one.day}" for one in announcement.on],
    }
    return _add(made, facts, action="lawbase.add_calendar_notice")


@transaction.atomic
def add_rule_version(
    *,
    code: str,
    on: date,
    changes: Mapping[str, Any],
    source: SourceText,
    member: Member,
    now: datetime,
) -> Override:
    """Add a version of a rule from a day on; the one before ends the day before.

    ``changes`` are fields of the row as the file writes them (length, unit, kind, counting_rule,
    extension …); the rest stays as in the version before. The citation is that of the source.
    Raises DutyMissing, SourceMissing, RuleUnknown, VersionRefused or LawDataFaulty.
    """
    entry = _entry(_base(code, on)) | dict(changes) | _cited(source)
    made = _new(Override.Kind.VERSION, code, entry, source, member, now)
    made.effective_from = on
    facts = {
        "from": on.isoformat(),
        "length": entry["length"],
        "unit": entry["unit"],
        "counting_rule": entry["counting_rule"] or "",
        "changed": sorted(changes),
    }
    return _add(made, facts, action="lawbase.add_rule_version")


@transaction.atomic
def add_correction(
    *,
    code: str,
    field: str,
    value: str,
    source: SourceText,
    member: Member,
    now: datetime,
) -> Override:
    """Correct one field of a row whose data is wrong; what it said is kept beside it.

    Raises DutyMissing, SourceMissing, RuleUnknown, CorrectionRefused or LawDataFaulty.
    """
    was = getattr(queries.row(code), field, None)
    content = {"field": field, "was": None if was is None else str(was), "now": value}
    made = _new(Override.Kind.CORRECTION, code, content, source, member, now)
    facts = {"field": field, "was": content["was"] or "", "now": value}
    return _add(made, facts, action="lawbase.add_correction")


@transaction.atomic
def withdraw_override(
    *, override: Override, reason: str, member: Member, now: datetime
) -> Override:
    """Take an addition back by a row of its own; what was added stays to be read.

    Raises DutyMissing, ReasonMissing, WithdrawalFinal, AlreadyWithdrawn or OthersRestOnIt.
    """
    require(member, MAINTAIN_LAW)
    if not reason.strip():
        raise errors.ReasonMissing
    if override.kind == Override.Kind.WITHDRAWAL:
        raise errors.WithdrawalFinal
    _wait()
    if Override.objects.filter(withdraws=override).exists():
        raise errors.AlreadyWithdrawn
    before = queries.law()
    standing = Override.objects.standing().exclude(pk=override.pk)
    after = merged(package_law(), standing, version="without")
    resting = after.set_aside.keys() - before.set_aside.keys()
    if resting:
        named = "、".join(str(one) for one in Override.objects.filter(pk__in=resting))
        message = f"别的增订以它为基础，请先撤回：{named}。"
        raise errors.OthersRestOnIt(message)
    made = Override.objects.create(
        kind=Override.Kind.WITHDRAWAL,
        subject=override.subject,
        withdraws=override,
        reason=reason.strip(),
        added_by=member,
        added_at=now,
    )
    facts = {"kind": override.kind, "withdraws": str(override.uuid), "reason": reason.strip()}
    _record(made, facts, action="lawbase.withdraw_override")
    return made


def _new(
    kind: Override.Kind,
    subject: str,
    content: dict[str, Any],
    source: SourceText,
    member: Member,
    now: datetime,
) -> Override:
    require(member, MAINTAIN_LAW)
    source.require()
    return Override(
        kind=kind,
        subject=subject,
        content=content,
        title=source.title.strip(),
        number=source.number.strip(),
        article=source.article.strip(),
        issued_on=source.issued_on,
        source_text=source.text.strip(),
        address=source.address.strip(),
        added_by=member,
        added_at=now,
    )


def _add(made: Override, facts: Mapping[str, object], *, action: str) -> Override:
    """Write an addition that the kernel accepts on top of the law as it stands."""
    _wait()
    with_override(queries.law(), made)
    made.save(force_insert=True)
    digest = hashlib.sha256(made.source_text.encode()).hexdigest()
    sourced = {"citation": made.citation, "address": made.address, "source_sha256": digest}
    _record(made, {**facts, **sourced}, action=action)
    return made


def _wait() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADDING])


def _record(made: Override, facts: Mapping[str, object], *, action: str) -> None:
    ledger.record(
        action=action,
        subject=made.subject,
        member=made.added_by.uuid,
        facts={"override": str(made.uuid), **facts},
        now=made.added_at,
    )


def _base(code: str, on: date) -> Rule:
    """Return the version whose fields a new one from ``on`` starts from. Raises RuleUnknown."""
    named = queries.row(code)
    earlier = [one for one in queries.versions(named) if one.effective_from < on]
    return earlier[-1] if earlier else named


def _entry(one: Rule) -> dict[str, Any]:
    """Return a row as ``deadlines.yaml`` writes it, without id, days and source."""
    return {
        "procedure": one.procedure,
        "kind": one.kind.value,
        "from_event": one.from_event,
        "to_event": one.to_event,
        "length": one.length,
        "unit": one.unit.value,
        "counting_rule": one.counting_rule,
        "extension": [
            {
                "length": each.length,
                "unit": each.unit.value if each.unit else None,
                "by": each.by,
                "condition": each.condition,
            }
            for each in one.extension
        ],
        "obliged_party": one.obliged_party,
        "excluded_time": one.excluded_time,
        "immediate": one.immediate,
        "note": None,
    }


def _cited(source: SourceText) -> dict[str, Any]:
    """Return the fields of a row that say where it comes from; its text is before whoever adds."""
    return {
        "source": {
            "title": source.title.strip(),
            "number": source.number.strip(),
            "article": source.article.strip(),
        },
        "verified": "text",
        "verified_at": source.address.strip() or f"《{source.title.strip()}》原文，见增订",
    }
