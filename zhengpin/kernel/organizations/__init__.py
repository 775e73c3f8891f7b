"""Names of organizations as plans print them, as dated data with sources.

Owns the table of functions, their names and succession by year (``*.yaml`` beside this file), and
the reading of one printed name: regional prefix, function, class of bodies, known slips. Does not
hold the organizations of an installation, their districts or members. Invariant: look-alikes are
never merged by similarity; a name is known or it is not. Stands on ``kernel.text``.
"""

from zhengpin.kernel.organizations.reading import (
    Resolution,
    correct,
    is_collective,
    is_unit_like,
    resolve,
    split_prefix,
    stands_alone,
)
from zhengpin.kernel.organizations.table import Function, Succession, successions, table

__all__ = [
    "Function",
    "Resolution",
    "Succession",
    "correct",
    "is_collective",
    "is_unit_like",
    "resolve",
    "split_prefix",
    "stands_alone",
    "successions",
    "table",
]
