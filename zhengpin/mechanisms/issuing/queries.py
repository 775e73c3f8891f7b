"""Whether a plan is issued, who may issue it, who has signed for it and who has not received."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from zhengpin.base.access.duties import OVERSEE
from zhengpin.base.organizations.models import in_force
from zhengpin.kernel.procedures import limits_of_json
from zhengpin.mechanisms.handoffs import queries as handoffs
from zhengpin.mechanisms.handoffs.kinds import KINDS, RECEIPT, SENDING
from zhengpin.mechanisms.handoffs.models import Delivery, Handoff
from zhengpin.mechanisms.issuing.models import Issue
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.proceedings.duties import COORDINATE, HANDLE
from zhengpin.mechanisms.proceedings.models import DueDay, Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Organization
    from zhengpin.mechanisms.handoffs.models import HandoffQuerySet
    from zhengpin.mechanisms.plans.models import Plan

KIND = "plan_issue"
_GONE = ("dropped", "withdrawn")


def may_issue(member: Member, plan: Plan, *, on: date) -> bool:
    """Tell whether a member may issue a plan: confirmed, its own, and not out already."""
    duties = member.holds(IMPORT_PLANS) and member.holds(HANDLE)
    is_own = plan.organization_id == member.organization.pk
    if not (duties and is_own and plan.is_confirmed) or is_out(plan):
        return False
    held = member.organization.competences.filter(in_force(on))
    return held.filter(function_code__in=KINDS[KIND].senders).exists()


def is_out(plan: Plan) -> bool:
    """Tell whether a letter of the plan's issue stands, sent or not yet."""
    issue = Issue.objects.filter(plan=plan).first()
    return issue is not None and letters_of(issue).exists()


def letters_of(issue: Issue) -> HandoffQuerySet:
    """Return the letters of an issue that were neither dropped nor withdrawn."""
    return Handoff.objects.filter(batch=issue.batch).exclude(proceeding__stage__in=_GONE)


def issue_for(member: Member, plan: Plan) -> Issue | None:
    """Return the issue of a plan one may see: to its holder at once, to others once it was sent.

    One query.
    """
    letters = Handoff.objects.filter(batch=OuterRef("batch")).exclude(proceeding__stage__in=_GONE)
    sent = letters.filter(deliveries__sent_by__isnull=False)
    issues = Issue.objects.annotate(is_sent=Exists(sent))  # type: ignore[no-redef]
    issue: Issue | None = (
        issues.filter(Exists(letters), plan=plan).select_related("made_by__person").first()
    )
    is_own = plan.organization_id == member.organization.pk
    return issue if issue is not None and (is_own or issue.is_sent) else None


def may_read_receipts(member: Member, plan: Plan) -> bool:
    """Tell whether a member reads who has signed: the holder, and who supervises the region."""
    if plan.organization_id == member.organization.pk:
        return True
    supervises = member.holds(OVERSEE) or member.holds(COORDINATE)
    return supervises and plan.region.code.startswith(member.region_prefix)


class State(IntEnum):
    """How a letter stands, those to look after first."""

    LATE = 1
    REFUSED = 2
    WAITING = 3
    PREPARED = 4
    SIGNED = 5


@dataclass(frozen=True, slots=True)
class Receipt:
    """签收: one addressee, whether it has signed, since when or until when.

    ``last_day`` is the day that was fixed for it, None where none was.
    """

    handoff: Handoff
    organization: Organization
    state: State
    signed_on: date | None
    last_day: date | None
    due: DueDay | None

    @property
    def is_received(self) -> bool:
        return self.state is State.SIGNED

    @property
    def was_late(self) -> bool:
        """Whether it was signed for after the day that was fixed."""
        return bool(self.signed_on and self.last_day and self.signed_on > self.last_day)


def receipts(letters: HandoffQuerySet, *, now: datetime) -> list[Receipt]:
    """Return letters with how each stands, late ones first. Four queries."""
    rows = list(letters.order_by("pk"))
    days = {
        one.proceeding_id: one
        for one in DueDay.objects.filter(
            proceeding__in=[one.proceeding_id for one in rows], clock_code=RECEIPT
        )
    }
    signed = dict(
        Delivery.objects.filter(handoff__in=rows, accepted_by__isnull=False).values_list(
            "handoff", "accepted_by__taken_on"
        )
    )
    fixed = _fixed_days(rows)
    found = [
        _receipt(
            one, days.get(one.proceeding_id), signed.get(one.pk), fixed.get(one.proceeding_id), now
        )
        for one in rows
    ]
    return sorted(found, key=lambda one: (one.state, _day(one), one.handoff.pk))


def _fixed_days(rows: Sequence[Handoff]) -> dict[int, date]:
    """Return the last days to sign, by matter, that the steps which sent these letters fixed."""
    steps = Step.objects.filter(
        proceeding__in=[one.proceeding_id for one in rows], move_code__in=SENDING | {"resend"}
    )
    fixed: dict[int, date] = {}
    for matter, limits in steps.order_by("pk").values_list("proceeding_id", "limits"):
        limit = limits_of_json(limits).get(RECEIPT)
        if limit is None:
            fixed.pop(matter, None)
        else:
            fixed[matter] = limit.due
    return fixed


def _receipt(
    handoff: Handoff,
    due: DueDay | None,
    signed_on: date | None,
    last_day: date | None,
    now: datetime,
) -> Receipt:
    stage = handoff.proceeding.stage
    is_late = due is not None and due.due_at is not None and due.due_at <= now
    states = {"refused": State.REFUSED, "sent": State.LATE if is_late else State.WAITING}
    state = State.SIGNED if signed_on else states.get(stage, State.PREPARED)
    return Receipt(handoff, handoff.receiver, state, signed_on, last_day, due)


def _day(receipt: Receipt) -> str:
    due = receipt.due
    return due.due_at.isoformat() if due is not None and due.due_at is not None else "9999"


def outstanding(found: Sequence[Receipt]) -> list[Receipt]:
    """Return those who have not received: late ones first."""
    return [one for one in found if not one.is_received]


def further_of(issue: Issue) -> Q:
    """Return the condition over hand-offs that one leads back to a letter of the issue."""
    chain = ("batch", "passed_from__batch", "passed_from__passed_from__batch")
    return Q(kind_code=KIND) & Q(*((one, issue.batch) for one in chain), _connector=Q.OR)


def letters_for(member: Member, issue: Issue, *, reads_all: bool) -> HandoffQuerySet:
    """Return the letters by which a plan came to the member's organization or was passed on by it.

    With ``reads_all`` also those to all addressees.
    """
    ours = member.organization
    own = Q(receiver=ours) | Q(sender=ours, passed_from__isnull=False)
    wanted = further_of(issue) & own
    if reads_all:
        wanted |= Q(batch=issue.batch)
    return handoffs.handoffs_for(member).filter(wanted).exclude(proceeding__stage__in=_GONE)


def issue_behind(handoff: Handoff) -> Issue | None:
    """Return the issue that a letter, or one it was passed on from, belongs to."""
    while handoff.passed_from is not None:
        handoff = handoff.passed_from
    if handoff.batch is None:
        return None
    return Issue.objects.filter(batch=handoff.batch).select_related("plan").first()
