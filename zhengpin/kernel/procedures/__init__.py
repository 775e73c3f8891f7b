"""Procedures as frozen declarations, and what follows from the steps taken in one.

Owns the declaration types, the check of a declaration (``problems``), which steps are in effect
after corrections, the reading of clocks from steps, and the state diagram. Does not own any
procedure (``measures``), any stored step (``mechanisms.proceedings``) or the reckoning of days
(``kernel.clocks``). Invariant: nothing is counted down; the same steps, law and calendar give the
same readings.
"""

from zhengpin.kernel.procedures.checks import problems
from zhengpin.kernel.procedures.diagrams import mermaid
from zhengpin.kernel.procedures.facts import Fact, Limit, in_effect, limits_as_json, limits_of_json
from zhengpin.kernel.procedures.model import Citation, Clock, Move, Procedure, Stage
from zhengpin.kernel.procedures.readings import Reading, State, read_clocks

__all__ = [
    "Citation",
    "Clock",
    "Fact",
    "Limit",
    "Move",
    "Procedure",
    "Reading",
    "Stage",
    "State",
    "in_effect",
    "limits_as_json",
    "limits_of_json",
    "mermaid",
    "problems",
    "read_clocks",
]
