"""Drafting, sending, taking in and answering hand-offs: one ledger entry for each act.

Steps that carry nothing of a hand-off (submit, withdraw, feed back …) are the engine's own.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from pydantic import ValidationError

from zhengpin.kernel.procedures import limits_as_json, limits_of_json
from zhengpin.mechanisms.handoffs import addressing, errors, queries
from zhengpin.mechanisms.handoffs.kinds import COPY, KINDS, RECEIVER, SENDER, SENDING
from zhengpin.mechanisms.handoffs.letter import Letter
from zhengpin.mechanisms.handoffs.models import Delivery, Handoff
from zhengpin.mechanisms.proceedings import queries as proceedings
from zhengpin.mechanisms.proceedings import services as engine
from zhengpin.mechanisms.proceedings.parties import end, stand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pydantic import BaseModel

    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Organization
    from zhengpin.kernel.errors import DomainError
    from zhengpin.kernel.procedures import Limit
    from zhengpin.mechanisms.handoffs.addressing import Addressee
    from zhengpin.mechanisms.handoffs.kinds import HandoffKind
    from zhengpin.mechanisms.proceedings.models import Step
    from zhengpin.mechanisms.proceedings.particulars import Particulars


@transaction.atomic
def draft(
    *,
    kind_code: str,
    letter: Letter,
    to: Addressee,
    member: Member,
    said: Particulars,
    now: datetime,
    batch: uuid.UUID | None = None,
) -> Handoff:
    """Draft a hand-off to one organization; nothing leaves before it is sent.

    Raises KindUnknown, SenderNotCompetent, SentToOneself, ReceiverNotCompetent,
    ReceiverOutOfReach, ReceiverDissolved, GroundMissing, ContentMalformed, CopiesNotTaken,
    CopiedToParty, NothingReferred, or what opening a matter may be refused for.
    """
    kind = _kind(kind_code)
    addressing.require_sender(kind, member.organization, on=said.on)
    return _draft(kind, letter, to, member, said, now, batch)


def _draft(
    kind: HandoffKind,
    letter: Letter,
    to: Addressee,
    member: Member,
    said: Particulars,
    now: datetime,
    batch: uuid.UUID | None,
) -> Handoff:
    sender, receiver = member.organization, to.organization
    addressing.require_receiver(kind, sender, receiver, on=said.on)
    _check_letter(kind, letter, member, receiver)
    content = _valid(kind.content, letter.content, errors.ContentMalformed)
    proceeding = engine.open_proceeding(
        procedure_code=kind.code,
        title=letter.title.strip(),
        member=member,
        said=said,
        now=now,
        parties={SENDER: sender, RECEIVER: receiver},
    )
    handoff = Handoff.objects.create(
        proceeding=proceeding,
        kind_code=kind.code,
        sender=sender,
        receiver=receiver,
        drafter=member,
        ground=letter.ground.strip(),
        content=content,
        limits=limits_as_json(letter.limits),
        refers_to=letter.refers_to,
        passed_from=letter.passed_from,
        batch=batch,
    )
    stand(proceeding, COPY, letter.copies)
    Delivery.objects.create(handoff=handoff, receiver=receiver, why=to.why)
    return handoff


@transaction.atomic
def draft_batch(
    *,
    kind_code: str,
    letter: Letter,
    to: Sequence[Addressee],
    member: Member,
    said: Particulars,
    now: datetime,
    batch: uuid.UUID | None = None,
) -> list[Handoff]:
    """Draft the same letter to several organizations, one hand-off each, all or none."""
    batch = batch or _batch_of(to)
    return [
        draft(
            kind_code=kind_code, letter=letter, to=one, member=member, said=said, now=now,
            batch=batch,
        )
        for one in to
    ]  # fmt: skip


def _batch_of(to: Sequence[Addressee]) -> uuid.UUID | None:
    return uuid.uuid4() if len(to) > 1 else None


@transaction.atomic
def take_together(
    *,
    handoffs: Sequence[Handoff],
    move_code: str,
    member: Member,
    said: Particulars,
    now: datetime,
) -> list[Step]:
    """Put up, send or drop several hand-offs of one batch, all or none.

    Raises what the first that is refused is refused for, and NothingTogether without any.
    """
    if not handoffs:
        raise errors.NothingTogether
    return [_take_plainly(one, move_code, member, said, now) for one in handoffs]


def _take_plainly(
    handoff: Handoff, move_code: str, member: Member, said: Particulars, now: datetime
) -> Step:
    if move_code in SENDING:
        return send(handoff=handoff, member=member, said=said, now=now)
    return engine.make_move(
        proceeding=handoff.proceeding, move_code=move_code, member=member, said=said, now=now
    )


@transaction.atomic
def send(
    *, handoff: Handoff, member: Member, said: Particulars, now: datetime, after: int | None = None
) -> Step:
    """Send a draft off, by approval where its kind asks for one; those copied read it now.

    The days the drafter proposed are fixed unless ``said`` fixes others. Raises
    ApprovedByDrafter, or what the engine refuses.
    """
    handoff = _locked(handoff)
    if handoff.kind.needs_approval and handoff.drafter.person_id == member.person_id:
        raise errors.ApprovedByDrafter
    move_code = "approve" if handoff.kind.needs_approval else "send"
    step = _step(handoff, move_code, member, _with_limits(handoff, said), now, after)
    handoff.deliveries.filter(sent_by__isnull=True).update(sent_by=step)
    return step


@transaction.atomic
def accept(
    *, handoff: Handoff, member: Member, said: Particulars, now: datetime, after: int | None = None
) -> Step:
    """Sign for a hand-off: the receiver holds it from here on and may read what is in it."""
    step = _step(handoff, "accept", member, said, now, after)
    _delivered(handoff).update(accepted_by=step)
    return step


@transaction.atomic
def refuse(
    *, handoff: Handoff, member: Member, said: Particulars, now: datetime, after: int | None = None
) -> Step:
    """Refuse a hand-off with reasons: before signing, or by giving it back afterwards."""
    handoff = _locked(handoff)
    is_signed = handoff.proceeding.stage == "handling"
    step = _step(handoff, "give_back" if is_signed else "refuse", member, said, now, after)
    _delivered(handoff).update(refused_by=step)
    end(handoff.proceeding, RECEIVER, step)
    return step


@transaction.atomic
def resend(
    *,
    handoff: Handoff,
    to: Addressee,
    member: Member,
    said: Particulars,
    now: datetime,
    after: int | None = None,
) -> Step:
    """Send a refused hand-off to another organization; the refusal stays on record.

    Raises SameReceiverAgain, or what the address or the step is refused for.
    """
    handoff = _locked(handoff)
    receiver = to.organization
    if receiver.pk == handoff.receiver_id:
        raise errors.SameReceiverAgain
    addressing.require_receiver(handoff.kind, handoff.sender, receiver, on=said.on)
    stand(handoff.proceeding, RECEIVER, [receiver])
    handoff.receiver = receiver
    handoff.save(update_fields=["receiver"])
    step = _step(handoff, "resend", member, said, now, after)
    Delivery.objects.create(handoff=handoff, receiver=receiver, why=to.why, sent_by=step)
    return step


@transaction.atomic
def answer(
    *,
    handoff: Handoff,
    reply: Mapping[str, Any],
    member: Member,
    said: Particulars,
    now: datetime,
    after: int | None = None,
) -> Step:
    """Answer a hand-off in the form of its kind.

    Raises NothingAsked, ReplyMalformed, or what a step is refused for.
    """
    handoff = _locked(handoff)
    if handoff.kind.reply is None:
        raise errors.NothingAsked
    handoff.reply = _valid(handoff.kind.reply, reply, errors.ReplyMalformed)
    handoff.save(update_fields=["reply"])
    return _step(handoff, "answer", member, said, now, after)


@transaction.atomic
def pass_on(
    *,
    handoff: Handoff,
    to: Sequence[Addressee],
    member: Member,
    said: Particulars,
    now: datetime,
    limits: Mapping[str, Limit] | None = None,
) -> list[Handoff]:
    """Draft the same letter to further organizations; the receiver goes on owing its answer.

    Whoever signed for it passes it on, whether or not it may send the kind by itself. Raises
    NotPassedOn, or what a draft may be refused for.
    """
    handoff = _locked(handoff)
    if not queries.may_pass_on(member, handoff):
        raise errors.NotPassedOn
    letter, batch = _letter_of(handoff, limits or {}), _batch_of(to)
    return [_draft(handoff.kind, letter, one, member, said, now, batch) for one in to]


def _kind(code: str) -> HandoffKind:
    if code not in KINDS:
        raise errors.KindUnknown
    return KINDS[code]


def _locked(handoff: Handoff) -> Handoff:
    return Handoff.objects.select_for_update().get(pk=handoff.pk)


def _step(
    handoff: Handoff,
    move_code: str,
    member: Member,
    said: Particulars,
    now: datetime,
    after: int | None,
) -> Step:
    return engine.carry_move(
        proceeding=handoff.proceeding,
        move_code=move_code,
        member=member,
        said=said,
        now=now,
        after=after,
    )


def _delivered(handoff: Handoff) -> Any:
    """Return the delivery to the present receiver that nobody has answered for yet."""
    return handoff.deliveries.filter(receiver=handoff.receiver_id, refused_by__isnull=True)


def _with_limits(handoff: Handoff, said: Particulars) -> Particulars:
    return replace(said, limits={**limits_of_json(handoff.limits), **said.limits})


def _check_letter(
    kind: HandoffKind, letter: Letter, member: Member, receiver: Organization
) -> None:
    if not letter.ground.strip():
        raise errors.GroundMissing
    if letter.copies and not kind.takes_copies:
        raise errors.CopiesNotTaken
    if {one.pk for one in letter.copies} & {member.organization.pk, receiver.pk}:
        raise errors.CopiedToParty
    referred = letter.refers_to
    if referred and not proceedings.proceedings_for(member).filter(pk=referred.pk).exists():
        raise errors.NothingReferred


def _letter_of(handoff: Handoff, limits: Mapping[str, Limit]) -> Letter:
    return Letter(
        title=handoff.proceeding.title,
        ground=handoff.ground,
        content=handoff.content,
        limits=limits,
        refers_to=handoff.refers_to,
        passed_from=handoff,
    )


def _valid(
    shape: type[BaseModel], given: Mapping[str, Any], refusal: type[DomainError]
) -> dict[str, Any]:
    """Return content in the declared shape, as JSON. Raises ``refusal``, naming each fault."""
    try:
        return shape.model_validate(dict(given)).model_dump(mode="json")
    except ValidationError as wrong:
        raise refusal(_sentence(shape, wrong)) from wrong


def _sentence(shape: type[BaseModel], wrong: ValidationError) -> str:
    named = []
    for fault in wrong.errors():
        name = str(fault["loc"][0]) if fault["loc"] else ""
        field = shape.model_fields.get(name)
        title = field.title if field and field.title else name
        why = "没有填写" if fault["type"] in {"missing", "string_too_short"} else "填写有误"
        named.append(f"{title}{why}")
    return f"{'；'.join(dict.fromkeys(named))}：请补充或改正后再提交。"
