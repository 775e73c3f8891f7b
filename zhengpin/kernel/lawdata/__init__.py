"""The law's dated data as typed, frozen records.

Owns the reading and checking of ``zhengpin/law/*.yaml``: every row with its unit, kind, counting
rule, interval and citation; all faults of a file are named at once. Answers which row is in force
on a day. Does not compute a day (``kernel.clocks``) and does not weigh facts against a threshold.
Invariant: a row without a citation or with an impossible interval never leaves this package.
"""

from zhengpin.kernel.lawdata.conditions import Line, in_words
from zhengpin.kernel.lawdata.deadlines import deadline_table, read_deadlines, rule, rules
from zhengpin.kernel.lawdata.errors import (
    CorrectionRefused,
    LawDataFaulty,
    RuleNotInForce,
    RuleUnknown,
    VersionRefused,
)
from zhengpin.kernel.lawdata.families import (
    require_in_force,
    rows_in_force,
    version_on,
    versions_of,
)
from zhengpin.kernel.lawdata.model import (
    Certainty,
    Correction,
    CountingRule,
    DeadlineTable,
    Extension,
    Kind,
    Rule,
    Source,
    Unit,
)
from zhengpin.kernel.lawdata.open_points import OpenPoint, open_points
from zhengpin.kernel.lawdata.thresholds import (
    Threshold,
    ThresholdTable,
    read_thresholds,
    threshold,
    threshold_table,
)
from zhengpin.kernel.lawdata.versions import (
    CORRECTABLE,
    version_id,
    with_correction,
    with_version,
)

__all__ = [
    "CORRECTABLE",
    "Certainty",
    "Correction",
    "CorrectionRefused",
    "CountingRule",
    "DeadlineTable",
    "Extension",
    "Kind",
    "LawDataFaulty",
    "Line",
    "OpenPoint",
    "Rule",
    "RuleNotInForce",
    "RuleUnknown",
    "Source",
    "Threshold",
    "ThresholdTable",
    "Unit",
    "VersionRefused",
    "deadline_table",
    "in_words",
    "open_points",
    "read_deadlines",
    "read_thresholds",
    "require_in_force",
    "rows_in_force",
    "rule",
    "rules",
    "threshold",
    "threshold_table",
    "version_id",
    "version_on",
    "versions_of",
    "with_correction",
    "with_version",
]
