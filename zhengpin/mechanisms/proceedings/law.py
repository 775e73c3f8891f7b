"""The law that clocks are read by: rules and working days, the installation's own included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.lawbase import queries
from zhengpin.kernel import lawdata

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.lawdata import Rule


def rules() -> Mapping[str, Rule]:
    return queries.law().table.rules


def calendar() -> Calendar:
    return queries.working_calendar()


def version_on(rule_id: str, day: date) -> Rule:
    """Return the version of a rule in force on a day. Raises RuleUnknown or RuleNotInForce."""
    return lawdata.version_on(rule_id, day, rules())
