"""Django refuses to start with a procedure that cannot be carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.checks import Error, register

from zhengpin.base.access.duties import DUTIES
from zhengpin.kernel.lawdata import deadline_table
from zhengpin.kernel.procedures import problems
from zhengpin.mechanisms.proceedings.register import entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.apps import AppConfig
    from django.core.checks import CheckMessage


@register
def procedures_hold(
    app_configs: Sequence[AppConfig] | None, **_options: object
) -> list[CheckMessage]:
    """Name every fault of every declared procedure; a check asks no database for its rules."""
    return [
        Error(
            f"{one.procedure.code}（{one.procedure.in_force_from}）：{fault}", id="procedures.E1"
        )
        for one in entries()
        for fault in problems(one.procedure, rules=deadline_table().rules, duties=DUTIES)
    ]
