"""Whom a hand-off is for: found by region and function, and checked against its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpin.base.organizations.models import Organization, in_force
from zhengpin.kernel.organizations import table
from zhengpin.mechanisms.handoffs import errors
from zhengpin.mechanisms.handoffs.kinds import Reach, ordered

if TYPE_CHECKING:
    from datetime import date

    from zhengpin.base.organizations.models import Region
    from zhengpin.mechanisms.handoffs.kinds import HandoffKind


@dataclass(frozen=True, slots=True)
class Addressee:
    """收件单位: the organization found, and the sentence that says why it is the one."""

    organization: Organization
    why: str


def addressees(kind: HandoffKind, region: Region, *, on: date) -> list[Addressee]:
    """Return the organizations of a region that a kind may be sent to on a day, each with why."""
    found = Organization.objects.in_force(on).filter(region=region)
    if not kind.receivers:
        why = f"{region.full_name}的单位"
        return [Addressee(one, why) for one in found.select_related("region").order_by("pk")]
    by_pk: dict[int, Addressee] = {}
    titles = table().functions
    for code in sorted(kind.receivers):
        for one in found.with_function(code, on).select_related("region").order_by("pk"):
            why = f"{region.full_name}（{region.code}）在 {on} 主管{titles[code].title}的单位"
            by_pk.setdefault(one.pk, Addressee(one, why))
    return list(by_pk.values())


def addressee(kind: HandoffKind, region: Region, *, on: date) -> Addressee:
    """Return the one organization of a region that is competent. Raises ReceiverUnknown."""
    found = addressees(kind, region, on=on)
    if len(found) != 1:
        names = "、".join(one.organization.short_name for one in found)
        message = f"{region.full_name}有不止一个单位可以接收（{names}）：请直接选择。"
        raise errors.ReceiverUnknown(message if found else None)
    return found[0]


def require_sender(kind: HandoffKind, sender: Organization, *, on: date) -> None:
    """Raise SenderNotCompetent unless an organization may send a kind on a day."""
    if kind.senders and not kind.senders & _functions(sender, on):
        raise errors.SenderNotCompetent


def kinds_for(sender: Organization, *, on: date) -> list[HandoffKind]:
    """Return the kinds an organization may draft by itself on a day. One query."""
    functions = _functions(sender, on)
    offered = (one for one in ordered() if one.is_offered)
    return [one for one in offered if not one.senders or one.senders & functions]


def require_receiver(
    kind: HandoffKind, sender: Organization, receiver: Organization, *, on: date
) -> None:
    """Raise unless ``receiver`` exists on the day, is another, is competent and within reach."""
    if receiver.pk == sender.pk:
        raise errors.SentToOneself
    if not Organization.objects.in_force(on).filter(pk=receiver.pk).exists():
        raise errors.ReceiverDissolved
    if kind.receivers and not kind.receivers & _functions(receiver, on):
        raise errors.ReceiverNotCompetent
    if not within(kind.reach, sender.region, receiver.region):
        raise errors.ReceiverOutOfReach


def _functions(organization: Organization, on: date) -> set[str]:
    """Return the functions an organization has on a day."""
    competences = organization.competences.filter(in_force(on))
    return set(competences.values_list("function_code", flat=True))


def within(reach: Reach, sender: Region, receiver: Region) -> bool:
    """Tell whether a kind of this reach may go from one region to another."""
    if reach is Reach.SAME:
        return receiver.code == sender.code
    if reach is Reach.BELOW:
        return sender.contains(receiver)
    if reach is Reach.OTHER:
        return not sender.contains(receiver) and not receiver.contains(sender)
    return True
