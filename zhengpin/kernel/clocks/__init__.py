"""Due days of the rules of law, each with the reasons for it in sentences.

Owns the reckoning of hours, days, working days and months from an event, what each kind of period
means, rolling by the rule's own way of counting, and extensions. Does not own the rules
(``kernel.lawdata``) or the days off (``kernel.calendars``). Invariant: nothing is stored; the same
rule, event and calendar give the same day, and every step taken stands in ``why``.
"""

from zhengpin.kernel.clocks.contract import answer
from zhengpin.kernel.clocks.errors import (
    ExtensionRefused,
    InstantMissing,
    OutOfRange,
    PauseUnordered,
    StartUnreadable,
)
from zhengpin.kernel.clocks.memo import Memo
from zhengpin.kernel.clocks.pauses import Pause
from zhengpin.kernel.clocks.reckoning import Deadline, deadline
from zhengpin.kernel.clocks.starts import read_start

__all__ = [
    "Deadline",
    "ExtensionRefused",
    "InstantMissing",
    "Memo",
    "OutOfRange",
    "Pause",
    "PauseUnordered",
    "StartUnreadable",
    "answer",
    "deadline",
    "read_start",
]
