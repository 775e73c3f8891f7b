"""What the rows of ``deadlines.yaml`` mean. Intervals: first day included, last day excluded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Unit(StrEnum):
    """计算单位: what a period is counted in."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class Kind(StrEnum):
    """期限类别: what follows when a period runs out; in Chinese in the data's ``kinds``."""

    DEADLINE = "deadline"
    RIGHT_WINDOW = "right_window"
    PERIOD_END = "period_end"
    MINIMUM_PERIOD = "minimum_period"
    BEFORE_EVENT = "before_event"
    WINDOW_BEFORE = "window_before"
    TRIGGER_AFTER = "trigger_after"
    RELEASE_IF_NO_EVENT = "release_if_no_event"
    LIMITATION = "limitation"
    RETENTION = "retention"
    VALIDITY = "validity"
    LOOKBACK = "lookback"
    BAR_PERIOD = "bar_period"
    RESTART_RULE = "restart_rule"
    CAP_ON_EXCLUDED_TIME = "cap_on_excluded_time"


class Certainty(StrEnum):
    """核实程度: the article was read, or the row is from memory only."""

    TEXT = "text"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Source:
    """出处: title and number of an instrument, and the article in it."""

    title: str
    number: str
    article: str

    @property
    def citation(self) -> str:
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{self.article}"


@dataclass(frozen=True, slots=True)
class Extension:
    """延长: one lawful extension; ``length`` is None where the law leaves it to the decision."""

    length: int | None
    unit: Unit | None
    by: str
    condition: str

    @property
    def is_definite(self) -> bool:
        return self.length is not None


@dataclass(frozen=True, slots=True)
class CountingRule:
    """期间计算规则: how an instrument tells to count, in the words of the data."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """更正: what this project's copy says otherwise than the collected data, by which article."""

    rule: str
    field: str
    was: str | None
    now: str
    basis: str
    read_at: str


@dataclass(frozen=True, slots=True)
class Rule:
    """期限规则: one row of ``deadlines.yaml``: from which event, how long, to do what."""

    id: str
    procedure: str
    kind: Kind
    from_event: str
    to_event: str
    length: int
    unit: Unit
    counting_rule: str | None
    extension: tuple[Extension, ...]
    obliged_party: str
    source: Source
    effective_from: date
    effective_to: date | None
    verified: Certainty
    verified_at: str | None
    corroborated_by: str | None
    superseded_by: str | None
    excluded_time: str | None
    immediate: bool
    note: str | None

    @property
    def citation(self) -> str:
        return self.source.citation

    @property
    def definite_extensions(self) -> tuple[Extension, ...]:
        return tuple(one for one in self.extension if one.is_definite)

    def covers(self, day: date) -> bool:
        return self.effective_from <= day and (
            self.effective_to is None or day < self.effective_to
        )


@dataclass(frozen=True, slots=True)
class DeadlineTable:
    """The whole of ``deadlines.yaml``; rows in the order of the file.

    ``unsettled`` says of a rule what nobody has settled from an official text yet.
    """

    as_of: date
    kinds: Mapping[Kind, str]
    counting_rules: Mapping[str, CountingRule]
    changes: tuple[Mapping[str, str], ...]
    corrections: tuple[Correction, ...]
    unsettled: Mapping[str, str]
    rules: Mapping[str, Rule]
