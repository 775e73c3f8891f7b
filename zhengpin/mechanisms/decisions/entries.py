"""Who reads the ledger's entries about declarations and votes: those who read the votes.

The steps of a decision are entries of its procedure, which ``proceedings`` declares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.subjects import as_uuid, declare_part
from zhengpin.mechanisms.decisions import queries

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member


def _sees(member: Member, subject: str) -> bool:
    uuid = as_uuid(subject)
    found = queries.decisions_for(member).filter(proceeding__uuid=uuid).first() if uuid else None
    return found is not None and queries.may_read_votes(member, found)


declare_part(
    "decisions",
    _sees,
    acts={
        "declare": _("声明是否回避"),
        "replace": _("更换表决人"),
        "vote": _("表决"),
    },
)
