"""Who reads the ledger's entries about files: those who see what the file hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.subjects import as_uuid, declare_part
from zhengpin.base.files.queries import files_for

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member


def _sees(member: Member, subject: str) -> bool:
    uuid = as_uuid(subject)
    return uuid is not None and files_for(member).filter(uuid=uuid).exists()


declare_part(
    "files",
    _sees,
    acts={"keep": _("保存文件"), "discard": _("销毁文件")},
)
