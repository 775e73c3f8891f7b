"""Who reads the ledger's entries about tasks: those who see the matter."""

from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.subjects import declare_part
from zhengpin.mechanisms.proceedings.entries import sees_matter

declare_part("tasks", sees_matter, acts={"give_to": _("定责任人")})
