"""The law that clocks are read by, the installation's own additions included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.base.lawbase import queries
from zhengpin.kernel import lawdata

if TYPE_CHECKING:
    from datetime import date

    from zhengpin.base.lawbase.law import Law
    from zhengpin.kernel.lawdata import Rule


def current() -> Law:
    """Return the law as it stands; one small query, so whoever needs it often keeps it."""
    return queries.law()


def version_on(rule_id: str, day: date) -> Rule:
    """Return the version of a rule in force on a day. Raises RuleUnknown or RuleNotInForce."""
    return lawdata.version_on(rule_id, day, current().table.rules)
