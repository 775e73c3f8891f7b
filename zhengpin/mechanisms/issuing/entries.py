"""Who reads the ledger's entries about issuing: those who read who has signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.subjects import as_uuid, declare_part
from zhengpin.mechanisms.issuing.queries import may_read_receipts
from zhengpin.mechanisms.plans.queries import plans_for

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member


def _sees(member: Member, subject: str) -> bool:
    uuid = as_uuid(subject)
    plan = plans_for(member).filter(uuid=uuid).first() if uuid else None
    return plan is not None and may_read_receipts(member, plan)


declare_part("issuing", _sees, acts={"issue": _("印发计划")})
