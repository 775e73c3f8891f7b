"""What is done with plans: one function, one transaction, one ledger entry."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F

from zhengpin.base.access.services import require
from zhengpin.base.files import services as files
from zhengpin.base.ledger import services as ledger
from zhengpin.base.notices import services as notices
from zhengpin.kernel.documents import read_document
from zhengpin.kernel.plantext import compile_document
from zhengpin.mechanisms.plans import (
    citing,
    corrections,
    errors,
    fields,
    kinds,
    open_names,
    queries,
    search,
)
from zhengpin.mechanisms.plans.directory import Directory, within_reach
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.plans.models import Clause, ClauseUnit, Plan, Problem
from zhengpin.mechanisms.plans.notices import CONFIRMED
from zhengpin.mechanisms.plans.receiving import SOURCE
from zhengpin.mechanisms.plans.rows import day_of, rows_of, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Organization, Region
    from zhengpin.kernel.plantext import model as compiled

_LONGEST_REMARK = 300


def import_plan(
    *,
    data: bytes,
    name: str,
    organization: Organization,
    region: Region,
    member: Member,
    now: datetime,
) -> Plan:
    """Import a document as a plan of ``region``, held and reviewed by ``organization``.

    The document is kept as the plan's file. Raises DutyMissing, NotHolder where the organization
    is not the member's, RegionOutOfReach, DocumentRefused, StoreUnavailable, or
    PlanAlreadyImported; nothing is then saved.
    """
    require(member, IMPORT_PLANS)
    if organization.pk != member.organization.pk:
        raise errors.NotHolder
    if not member.organization.region.contains(region):
        raise errors.RegionOutOfReach
    source = compile_document(read_document(data, name))
    _refuse_second(source, region, member)
    try:
        return _import(data, source, organization, region, member, now)
    except IntegrityError:
        _refuse_second(source, region, member)
        raise


@transaction.atomic
def _import(
    data: bytes,
    source: compiled.Plan,
    organization: Organization,
    region: Region,
    member: Member,
    now: datetime,
) -> Plan:
    rows = rows_of(
        source, organization=organization, region=region, member=member, now=now,
        directory=Directory(region, day_of(source, now)),
    )  # fmt: skip
    rows.plan.source_file = files.keep(
        member=member, name=source.source.name, content=data, rule=SOURCE, now=now
    )
    plan = write(rows)
    facts = {
        "sha256": plan.source_sha256, "name": plan.source_name, "region": region.code,
        "organization": str(organization.uuid), "clauses": len(rows.clauses),
        "problems": len(rows.problems),
    }  # fmt: skip
    _record("import", plan, member, now, facts)
    return plan


def _refuse_second(source: compiled.Plan, region: Region, member: Member) -> None:
    """Refuse a document that the region has; it is named to those who may see it."""
    same = Plan.objects.filter(region=region, source_sha256=source.source.sha256)
    if not same.exists():
        return
    seen = queries.plans_for(member).filter(pk__in=same).first()
    if seen is None:
        raise errors.PlanAlreadyImported
    raise errors.PlanAlreadyImported(f"这份文件已经导入，就是“{seen}”，不能重复导入。")


@transaction.atomic
def correct_clause(
    *,
    clause: Clause,
    changes: Mapping[str, Any],
    reason: str = "",
    member: Member,
    now: datetime,
    version: int | None = None,
) -> Clause:
    """Put fields of a clause right; what the compiler said first is kept beside each.

    ``version`` is the state the member saw, by default that of ``clause``. ``units`` is the whole
    list. Raises DutyMissing, NotHolder, PlanConfirmed, ClauseChangedMeanwhile, NothingCorrected,
    or what ``fields.checked`` raises; nothing is then saved.
    """
    plan = _held(clause.plan_id, member)
    current = Clause.objects.select_related("item", "plan").defer("search").get(pk=clause.pk)
    if current.version != (clause.version if version is None else version):
        raise errors.ClauseChangedMeanwhile
    wanted = fields.checked(changes)
    remark = fields.sentence(reason, _LONGEST_REMARK)
    said = fields.values_of(current)
    changed = {name: value for name, value in wanted.items() if value != said[name]}
    if not changed:
        raise errors.NothingCorrected
    corrections.note(current, said, changed, remark, member, now)
    touched = corrections.apply(current, changed, within_reach(member.organization.region))
    if "units" in changed:
        if changed["units"]:
            asked = current.problems.filter(code=kinds.WITHOUT_UNIT)
            open_names.settle(asked, "责任单位已经更正", member, now)
        open_names.follow(plan, member, now)
    search.refresh(plan, touched)
    facts = {"address": current.address, "fields": sorted(changed), "digest": _digest(changed)}
    _record("correct", plan, member, now, facts)
    current.refresh_from_db()
    return current


def _digest(changed: Mapping[str, Any]) -> str:
    text = json.dumps(changed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def settle_problem(*, problem: Problem, settlement: str, member: Member, now: datetime) -> Problem:
    """Settle a problem with a sentence that says how; the same sentence again changes nothing.

    Raises DutyMissing, NotHolder, PlanConfirmed, SettlementMissing, TextTooLong, TextMalformed.
    """
    plan = _held(problem.plan_id, member)
    sentence = fields.sentence(settlement, _LONGEST_REMARK)
    if not sentence:
        raise errors.SettlementMissing
    current = Problem.objects.get(pk=problem.pk)
    if current.settlement == sentence:
        return current
    current.settlement, current.settled_by, current.settled_at = sentence, member, now
    current.save(update_fields=["settlement", "settled_by", "settled_at"])
    facts = {"problem": current.order, "code": current.code, "settlement": sentence}
    _record("settle", plan, member, now, facts)
    return current


@transaction.atomic
def choose_organization(
    *, unit: ClauseUnit, organization: Organization, member: Member, now: datetime
) -> ClauseUnit:
    """Say which organization a unit is, wherever the plan prints that name and meant the same.

    Settles the problems about the name; chosen again, it changes nothing. Raises DutyMissing,
    NotHolder, PlanConfirmed, PlanGone, CollectiveName or OrganizationOutOfReach.
    """
    clause = Clause.objects.filter(pk=unit.clause_id).only("plan_id").first()
    if clause is None:
        raise errors.PlanGone
    plan = _held(clause.plan_id, member)
    current = ClauseUnit.objects.filter(pk=unit.pk).first()
    if current is None:
        raise errors.PlanGone
    if current.is_collective:
        raise errors.CollectiveName
    if not within_reach(member.organization.region).filter(pk=organization.pk).exists():
        raise errors.OrganizationOutOfReach
    asked = plan.problems.unsettled().filter(
        about=current.full, code__in=kinds.ABOUT_ORGANIZATIONS + kinds.ABOUT_NAMES
    )
    if current.organization_id == organization.pk and not asked.exists():
        return current
    touched = _assign(plan, current, organization)
    open_names.settle(asked, f"选定为{organization.name}", member, now)
    search.refresh(plan, touched)
    facts = {"name": current.full, "chosen": str(organization.uuid), "places": len(touched)}
    _record("choose_organization", plan, member, now, facts)
    current.refresh_from_db()
    return current


def _assign(plan: Plan, unit: ClauseUnit, organization: Organization) -> list[int]:
    """Write the organization to every mention of the name; return the clauses they stand in."""
    same = ClauseUnit.objects.filter(clause__plan=plan, full=unit.full, is_collective=False)
    same = same.filter(organization=unit.organization_id)
    touched = list(same.values_list("clause_id", flat=True).distinct())
    same.update(organization=organization)
    Clause.objects.filter(pk__in=touched).update(version=F("version") + 1)
    return touched


@transaction.atomic
def confirm_plan(*, plan: Plan, member: Member, now: datetime) -> Plan:
    """Confirm a plan, which ends its review; list what it cites, and tell whom it names.

    Raises DutyMissing, NotHolder, PlanConfirmed, or OpenProblems, which says how many and which.
    """
    held = _held(plan.pk, member)
    open_codes = held.problems.unsettled().deciding().values_list("code", flat=True)
    counts = Counter(kinds.kind_of(code).title for code in open_codes)
    if counts:
        which = "、".join(f"{title}{count}处" for title, count in counts.most_common())
        raise errors.OpenProblems(
            f"还有{counts.total()}处存疑没有处理（{which}），请逐条处理后再核定。"
        )
    held.stage, held.confirmed_by, held.confirmed_at = Plan.Stage.CONFIRMED, member, now
    held.save(update_fields=["stage", "confirmed_by", "confirmed_at"])
    cited = citing.list_citations(plan=held, now=now)
    notices.send(
        to=queries.members_named(held).exclude(pk=member.pk),
        kind=CONFIRMED,
        key=str(held.uuid),
        about=notices.About(f"/plans/{held.uuid}", str(held), held.uuid),
        by=member,
        now=now,
    )
    facts = {
        "sha256": held.source_sha256,
        "corrected": held.clauses.filter(is_corrected=True).count(),
        "citations": cited,
    }
    _record("confirm", held, member, now, facts)
    return held


@transaction.atomic
def withdraw_import(*, plan: Plan, member: Member, now: datetime) -> None:
    """Delete a plan that is still in review, with its file; the ledger keeps digest and name.

    Raises DutyMissing, NotHolder, PlanConfirmed or PlanGone.
    """
    held = _held(plan.pk, member)
    facts = {
        "sha256": held.source_sha256, "name": held.source_name, "title": held.title,
        "region": held.region.code,
    }  # fmt: skip
    source = held.source_file
    held.delete()
    if source is not None:
        files.discard(file=source, member=member, now=now)
    _record("withdraw", held, member, now, facts)


def _held(plan: int, member: Member) -> Plan:
    """Return the plan, locked, for a change by its holder while it is in review."""
    require(member, IMPORT_PLANS)
    rows = Plan.objects.select_for_update(of=("self",)).select_related("region", "organization")
    held = rows.defer("search").filter(pk=plan).first()
    if held is None:
        raise errors.PlanGone
    if held.organization_id != member.organization.pk:
        raise errors.NotHolder
    if held.is_confirmed:
        raise errors.PlanConfirmed
    return held


def _record(
    action: str, plan: Plan, member: Member, now: datetime, facts: Mapping[str, object]
) -> None:
    ledger.record(
        action=f"plans.{action}", subject=str(plan.uuid), member=member.uuid, facts=facts, now=now
    )
