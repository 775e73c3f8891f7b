"""Who reads the ledger's entries about matters: those who see the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.entries import sees_person
from zhengpin.base.access.subjects import Part, as_uuid, declare_source
from zhengpin.mechanisms.proceedings import register
from zhengpin.mechanisms.proceedings.queries import proceedings_for

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member

_OWN = {
    "correct_step": _("更正步骤"),
    "save_view": _("保存筛选"),
    "remove_view": _("删除筛选"),
    "issue_feed": _("签发日历订阅"),
    "revoke_feed": _("撤销日历订阅"),
}


def sees_matter(member: Member, subject: str) -> bool:
    uuid = as_uuid(subject)
    return uuid is not None and proceedings_for(member).filter(uuid=uuid).exists()


def _parts() -> dict[str, Part]:
    """Return the part of each declared procedure, whose entries bear its code and its moves."""
    parts = {"proceedings": Part((sees_matter, sees_person), _OWN)}
    for entry in register.entries():
        procedure = entry.procedure
        known = parts[procedure.code].acts if procedure.code in parts else {}
        moves = {move.code: move.title for move in procedure.moves}
        parts[procedure.code] = Part((sees_matter,), {**known, **moves})
    return parts


declare_source(_parts)
