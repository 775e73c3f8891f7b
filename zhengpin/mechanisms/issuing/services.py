"""Issuing a plan: its letters are drafted in one batch, and leave once another approves them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from zhengpin.base.access.services import require
from zhengpin.base.ledger import services as ledger
from zhengpin.kernel.clocks.starts import BEIJING
from zhengpin.mechanisms.handoffs import services as handoffs
from zhengpin.mechanisms.handoffs.addressing import Addressee
from zhengpin.mechanisms.handoffs.kinds import RECEIPT
from zhengpin.mechanisms.handoffs.letter import Letter
from zhengpin.mechanisms.issuing import errors, numbers, queries
from zhengpin.mechanisms.issuing.models import AddresseeLine, Issue
from zhengpin.mechanisms.issuing.resolving import lines_of
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.plans.errors import NotHolder, PlanGone
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Organization
    from zhengpin.kernel.procedures import Limit
    from zhengpin.mechanisms.issuing.resolving import Line

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """印发通知: what it says of the plan. ``receipt`` is the last day to sign, with its source."""

    number: str
    issued_on: date
    asked: str
    publicity: str = ""
    receipt: Limit | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided of one printed line: whom it means, or why it means nobody here."""

    printed: str
    organizations: Sequence[Organization]
    reason: str = ""


@transaction.atomic
def issue_plan(
    *, plan: Plan, notice: Notice, decided: Sequence[Decided], member: Member, now: datetime
) -> Issue:
    """Draft the letters by which a confirmed plan goes to its addressees, one to each.

    They leave when another person approves them. Raises DutyMissing, PlanGone, NotHolder,
    PlanNotConfirmed, AlreadyIssued, NumberMissing, NumberMalformed, NumberIsCited, NumberTaken,
    IssuedInFuture, LinesChanged, LineUnresolved, NobodyAddressed, or what drafting a letter may
    be refused for; nothing is then saved.
    """
    today = now.astimezone(BEIJING).date()
    plan = _locked(plan, member)
    number = _number(notice.number, plan, member)
    if notice.issued_on > today:
        raise errors.IssuedInFuture
    lines = lines_of(plan, member.organization, on=today)
    to = _addressees(lines, decided, member)
    letters = handoffs.draft_batch(
        kind_code=queries.KIND,
        letter=_letter(plan, number, notice),
        to=to,
        member=member,
        said=Particulars(today),
        now=now,
        batch=(batch := uuid.uuid4()),
    )
    issue = _kept(plan, batch, number, notice, member, now)
    _keep_lines(issue, decided)
    ledger.record(
        action="issuing.issue",
        subject=str(plan.uuid),
        member=member.uuid,
        facts={
            "number": number, "issued_on": notice.issued_on.isoformat(), "batch": str(batch),
            "letters": len(letters),
        },
        now=now,
    )  # fmt: skip
    return issue


def _locked(plan: Plan, member: Member) -> Plan:
    require(member, IMPORT_PLANS)
    rows = Plan.objects.select_for_update(of=("self",)).select_related("region").defer("search")
    held = rows.filter(pk=plan.pk).first()
    if held is None:
        raise PlanGone
    if held.organization_id != member.organization.pk:
        raise NotHolder
    if not held.is_confirmed:
        raise errors.PlanNotConfirmed
    if queries.is_out(held):
        raise errors.AlreadyIssued
    return held


def _number(said: str, plan: Plan, member: Member) -> str:
    number = numbers.normalised(said)
    if not number:
        raise errors.NumberMissing
    if not numbers.is_number(number):
        raise errors.NumberMalformed
    if any(numbers.is_same(one["number"] or "", number) for one in plan.instruments):
        raise errors.NumberIsCited
    others = Issue.objects.exclude(plan=plan).filter(plan__organization=member.organization)
    if others.filter(number=number).exists():
        raise errors.NumberTaken
    return number


def _addressees(
    lines: Sequence[Line], decided: Sequence[Decided], member: Member
) -> list[Addressee]:
    """Return whom the letters go to, each once. Raises where a line is left undecided."""
    if [one.printed for one in lines] != [one.printed for one in decided]:
        raise errors.LinesChanged
    to: dict[int, Addressee] = {}
    for line, one in zip(lines, decided, strict=True):
        _require_decided(line, one)
        whys = {found.organization.pk: found.why for found in (*line.found, *line.offered)}
        for organization in one.organizations:
            why = whys.get(organization.pk, f"由{member.person.name}选定")
            said = f"主送“{line.printed}”：{why}" if line.is_printed else why
            to.setdefault(organization.pk, Addressee(organization, said))
    if not to:
        raise errors.NobodyAddressed
    return list(to.values())


def _require_decided(line: Line, decided: Decided) -> None:
    """Raise LineUnresolved where a printed line, or a region of it, is left without anybody."""
    if not line.is_printed or decided.reason.strip():
        return
    if not decided.organizations:
        raise errors.LineUnresolved(
            f"主送“{line.printed}”还没有定下收件单位：请选择单位，或者写明本地没有对应单位的理由。"
        )
    left = line.uncovered(list(decided.organizations))
    if left:
        names = "、".join(one.name for one in left)
        raise errors.LineUnresolved(
            f"主送“{line.printed}”里，{names}还没有定下收件单位：请选择单位，或者写明理由。"
        )


def _letter(plan: Plan, number: str, notice: Notice) -> Letter:
    return Letter(
        title=f"印发《{plan}》"[:_LONGEST_TITLE],
        ground=f"{number}《{plan}》",
        content={
            "plan": str(plan),
            "number": number,
            "issued_on": notice.issued_on,
            "publicity": notice.publicity,
            "asked": notice.asked,
        },
        limits={RECEIPT: notice.receipt} if notice.receipt else {},
    )


def _kept(
    plan: Plan, batch: uuid.UUID, number: str, notice: Notice, member: Member, now: datetime
) -> Issue:
    issue, _ = Issue.objects.update_or_create(
        plan=plan,
        defaults={
            "batch": batch,
            "number": number,
            "issued_on": notice.issued_on,
            "publicity": notice.publicity.strip(),
            "made_by": member,
            "made_at": now,
        },
    )
    return issue


def _keep_lines(issue: Issue, decided: Sequence[Decided]) -> None:
    issue.lines.all().delete()
    for order, one in enumerate(decided):
        line = AddresseeLine.objects.create(
            issue=issue, order=order, printed=one.printed, reason=one.reason.strip()
        )
        line.organizations.set(one.organizations)
