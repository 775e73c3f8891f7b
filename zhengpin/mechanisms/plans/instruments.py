"""What is done with the instruments that plans cite: one function, one ledger entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhengpin.base.access.models import Member
from zhengpin.base.access.services import require
from zhengpin.base.ledger import services as ledger
from zhengpin.base.notices import services as notices
from zhengpin.kernel.plantext.instruments import number_key
from zhengpin.mechanisms.plans import errors, fields
from zhengpin.mechanisms.plans.citing import wait_for_others
from zhengpin.mechanisms.plans.duties import IMPORT_PLANS
from zhengpin.mechanisms.plans.models import Citation, Instrument, Plan, StatusChange
from zhengpin.mechanisms.plans.notices import CHANGED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from zhengpin.base.access.models import MemberQuerySet

LONGEST_REMARK = 300
LONGEST_SOURCE = 500
_LONGEST_NAME = 200


@transaction.atomic
def set_status(
    *, instrument: Instrument, status: str, source: str, member: Member, now: datetime
) -> StatusChange:
    """Record the status of an instrument with its source, and flag every clause that cites it.

    A first finding that it is in force, or not yet, changes nothing and flags nothing. Revised
    once more is a change if its source is another one. The holders of the flagged plans are told.
    Raises DutyMissing, NotCiting, ValueNotAllowed, SourceMissing, TextTooLong, TextMalformed or
    StatusUnchanged.
    """
    held = _held(instrument, member)
    if status not in Instrument.Status.values:
        raise errors.ValueNotAllowed
    sentence = fields.sentence(source, LONGEST_SOURCE)
    if not sentence:
        raise errors.SourceMissing
    if status == held.status and not _is_revised_again(held, sentence):
        raise errors.StatusUnchanged
    change = StatusChange.objects.create(
        instrument=held, before=held.status, after=status, source=sentence, member=member,
        changed_at=now,
    )  # fmt: skip
    held.status = status
    held.save(update_fields=["status"])
    flagged = _flag(change) if _alters(change) else 0
    facts = {
        "before": change.before, "after": status, "source": sentence, "flagged": flagged,
    }  # fmt: skip
    _record("change_instrument", str(held.uuid), member, now, facts)
    if flagged:
        _tell(change)
    return change


def _is_revised_again(held: Instrument, source: str) -> bool:
    last = held.changes.order_by("-pk").first()
    is_revised = held.status == Instrument.Status.REVISED
    return is_revised and last is not None and last.source != source


def _alters(change: StatusChange) -> bool:
    first_found = {Instrument.Status.IN_FORCE, Instrument.Status.NOT_YET}
    return not (change.before == Instrument.Status.UNKNOWN and change.after in first_found)


def _flag(change: StatusChange) -> int:
    cited = Citation.objects.filter(instrument=change.instrument, plan__stage=Plan.Stage.CONFIRMED)
    return cited.update(
        flagged_at=change.changed_at, settlement="", settled_by=None, settled_at=None
    )


def _tell(change: StatusChange) -> None:
    instrument = change.instrument
    notices.send(
        to=_holders_of(instrument).exclude(pk=change.member_id),
        kind=CHANGED,
        key=f"{instrument.uuid}/{change.pk}",
        about=notices.About(
            f"/plans/instruments/{instrument.uuid}", str(instrument), instrument.uuid
        ),
        by=change.member,
        now=change.changed_at,
    )


def _holders_of(instrument: Instrument) -> MemberQuerySet:
    """Return who may settle the flags: posts that import plans, where the plans are held."""
    plans = Citation.objects.filter(instrument=instrument).flagged().values("plan__organization")
    return Member.objects.filter(post__organization__in=plans).holding(IMPORT_PLANS)


@transaction.atomic
def describe(
    *,
    instrument: Instrument,
    number: str,
    issuer: str,
    issued_on: date | None,
    member: Member,
    now: datetime,
) -> Instrument:
    """Write down what the plans do not say of an instrument: number, issuer and date.

    Raises DutyMissing, NotCiting, TextTooLong, TextMalformed, TextEmptied, InstrumentListed or
    NothingCorrected.
    """
    wait_for_others()
    held = _held(instrument, member)
    before = held.number, held.issuer, held.issued_on
    held.number, held.issuer = (fields.sentence(one, _LONGEST_NAME) for one in (number, issuer))
    held.issued_on = issued_on
    if before == (held.number, held.issuer, held.issued_on):
        raise errors.NothingCorrected
    held.number_key = number_key(held.number) if held.number else ""
    if not held.title_key and not held.number_key:
        raise errors.TextEmptied
    same = Instrument.objects.filter(title_key=held.title_key, number_key=held.number_key)
    if same.exclude(pk=held.pk).exists():
        raise errors.InstrumentListed
    held.save(update_fields=["number", "number_key", "issuer", "issued_on"])
    facts = {
        "number": held.number, "issuer": held.issuer,
        "issued_on": issued_on.isoformat() if issued_on else "",
    }  # fmt: skip
    _record("describe_instrument", str(held.uuid), member, now, facts)
    return held


@transaction.atomic
def settle_flag(*, citation: Citation, remark: str, member: Member, now: datetime) -> Citation:
    """Settle the flag on a citing clause with what was found when looking at it again.

    Raises DutyMissing, NotHolder, NotFlagged, RemarkMissing, TextTooLong or TextMalformed.
    """
    require(member, IMPORT_PLANS)
    rows = Citation.objects.select_for_update(of=("self",))
    held = rows.select_related("plan", "instrument", "clause").get(pk=citation.pk)
    if held.plan.organization_id != member.organization.pk:
        raise errors.NotHolder
    if not held.is_flagged:
        raise errors.NotFlagged
    sentence = fields.sentence(remark, LONGEST_REMARK)
    if not sentence:
        raise errors.RemarkMissing
    held.settlement, held.settled_by, held.settled_at = sentence, member, now
    held.save(update_fields=["settlement", "settled_by", "settled_at"])
    facts = {
        "instrument": str(held.instrument.uuid), "settlement": sentence,
        "address": held.clause.address if held.clause else "",
    }  # fmt: skip
    _record("settle_flag", str(held.plan.uuid), member, now, facts)
    return held


def may_record(instrument: Instrument, member: Member) -> bool:
    """Tell whether a member imports plans where a plan that cites the instrument is held."""
    cited = Citation.objects.filter(
        instrument=instrument, plan__organization=member.organization.pk
    )
    return member.holds(IMPORT_PLANS) and cited.exists()


def _held(instrument: Instrument, member: Member) -> Instrument:
    require(member, IMPORT_PLANS)
    if not may_record(instrument, member):
        raise errors.NotCiting
    return Instrument.objects.select_for_update().get(pk=instrument.pk)


def _record(
    action: str, subject: str, member: Member, now: datetime, facts: Mapping[str, object]
) -> None:
    ledger.record(
        action=f"plans.{action}", subject=subject, member=member.uuid, facts=facts, now=now
    )
