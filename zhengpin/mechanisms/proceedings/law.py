"""The law that clocks are read by: rules and working days, the installation's own included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.lawbase import queries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.lawdata import Rule


def rules() -> Mapping[str, Rule]:
    return queries.law().table.rules


def calendar() -> Calendar:
    return queries.working_calendar()
