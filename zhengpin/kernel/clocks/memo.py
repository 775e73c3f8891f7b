"""Deadlines remembered, for whoever reads the clocks of many matters under one calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.kernel.clocks.reckoning import Deadline, deadline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.clocks.pauses import Pause
    from zhengpin.kernel.lawdata import Rule

_MOST = 200_000


class Memo:
    """Answers as ``deadline`` does; what was asked before is not reckoned again.

    Matters that began on one day under one rule share a deadline, so a million of them ask for a
    few thousand. Refusals are not remembered. Good for one calendar and one state of the rules.
    """

    def __init__(self) -> None:
        self._found: dict[object, Deadline] = {}

    def __call__(
        self,
        rule: Rule,
        start: date | datetime,
        *,
        extended: int,
        calendar: Calendar,
        pauses: Iterable[Pause],
    ) -> Deadline:
        pauses = tuple(pauses)
        key = (rule.id, start, extended, pauses)
        found = self._found.get(key)
        if found is None:
            found = deadline(rule, start, extended=extended, calendar=calendar, pauses=pauses)
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[key] = found
        return found
