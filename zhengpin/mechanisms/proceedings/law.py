"""The law that clocks are read by: rules and working days, as they stand now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.kernel.calendars import mainland
from zhengpin.kernel.lawdata import deadline_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.lawdata import Rule


def rules() -> Mapping[str, Rule]:
    return deadline_table().rules


def calendar() -> Calendar:
    return mainland()
