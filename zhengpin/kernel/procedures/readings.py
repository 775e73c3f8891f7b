"""Clocks read from the steps of a matter: how each stands now, until when, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from zhengpin.kernel.clocks import Deadline, Pause, deadline
from zhengpin.kernel.clocks.starts import BEIJING, day_of
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.lawdata import version_on
from zhengpin.kernel.sentences import Refusal, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.lawdata import Rule
    from zhengpin.kernel.procedures.facts import Fact, Limit
    from zhengpin.kernel.procedures.model import Clock, Procedure


class State(StrEnum):
    """How a clock stands: still open (the first three), or stopped."""

    RUNNING = "running"
    PAUSED = "paused"
    OVERDUE = "overdue"
    MET = "met"
    MISSED = "missed"
    STOPPED = "stopped"  # it stopped, and no day had been set
    RESTARTED = "restarted"  # a later step began it again


OPEN = frozenset({State.RUNNING, State.PAUSED, State.OVERDUE})


@dataclass(frozen=True, slots=True)
class Reading:
    """读数: one run of a clock.

    ``due`` is None while it is paused, where the law or the step sets no day (未设定), and where
    it cannot be reckoned; ``why`` then says which. ``rule`` is the version that was applied,
    ``source`` what a step's own limit rests on.
    """

    clock: Clock
    state: State
    start: Fact
    stop: Fact | None
    due: date | datetime | None
    rule: Rule | None
    extended: int
    provisional: bool
    why: tuple[Sentence, ...]
    source: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_unset(self) -> bool:
        return self.due is None and self.state is not State.PAUSED

    @property
    def citation(self) -> str:
        return self.rule.citation if self.rule else self.source


class Reckon(Protocol):
    """What tells the deadline of a rule: ``deadline`` itself, or one that remembers."""

    def __call__(
        self,
        rule: Rule,
        start: date | datetime,
        *,
        extended: int,
        calendar: Calendar,
        pauses: Iterable[Pause],
    ) -> Deadline: ...


@dataclass(frozen=True, slots=True)
class _Law:
    """What readings are taken by: the moment, the rules, the working days."""

    now: datetime
    rules: Mapping[str, Rule]
    calendar: Calendar
    reckon: Reckon


@dataclass(slots=True)
class _Run:
    start: Fact
    stop: Fact | None = None
    restarted: bool = False
    extended: int = 0
    pauses: list[Pause] = field(default_factory=list)
    paused_by: Fact | None = None
    limit: Limit | None = None


def read_clocks(
    procedure: Procedure,
    steps: Sequence[Fact],
    *,
    now: datetime,
    rules: Mapping[str, Rule],
    calendar: Calendar,
    reckon: Reckon = deadline,
) -> tuple[Reading, ...]:
    """Return a reading for each run of each clock that has started, in their order.

    ``steps`` are in effect (``in_effect``). A period that was running when the matter reached a
    final stage stops with the step that reached it. ``reckon`` answers as ``deadline`` does.
    """
    law = _Law(now, rules, calendar, reckon)
    final = {one.code for one in procedure.stages if one.final}
    ends = frozenset(one.code for one in procedure.moves if one.target in final)
    return tuple(
        _reading(clock, run, law)
        for clock in procedure.clocks
        for run in _runs(clock, steps, ends)
    )


def _runs(clock: Clock, steps: Iterable[Fact], ends: frozenset[str]) -> Iterator[_Run]:
    run: _Run | None = None
    for step in steps:
        if step.move in clock.starts_on:
            if run is not None:
                run.restarted = True
                yield run
            run = _Run(step)
        elif run is not None and step.move in clock.stops_on | ends:
            _resume(run, step)
            run.stop = step
            yield run
            run = None
        elif run is not None:
            _follow(run, clock, step)
        if run is not None and clock.code in step.sets:
            run.limit = step.sets[clock.code]
    if run is not None:
        yield run


def _follow(run: _Run, clock: Clock, step: Fact) -> None:
    if step.move in clock.extends_on:
        run.extended += clock.code not in step.sets
    if step.move in clock.pauses_on and run.paused_by is None:
        run.paused_by = step
    elif step.move in clock.resumes_on:
        _resume(run, step)


def _resume(run: _Run, step: Fact) -> None:
    if run.paused_by is not None:
        run.pauses.append(Pause(run.paused_by.moment, step.moment))
        run.paused_by = None


def _reading(clock: Clock, run: _Run, law: _Law) -> Reading:
    due, rule, provisional, why = _due(clock, run, law)
    state = _state(run, due, law.now)
    if state is State.PAUSED:
        due = None
        since = run.paused_by.on if run.paused_by else None
        paused = Sentence("%(since)s 起中止，恢复之前没有到期日。", {"since": since})
        why = (*why, paused)
    source = run.limit.source if run.limit else ""
    return Reading(
        clock, state, run.start, run.stop, due, rule, run.extended, provisional, why, source
    )


def _due(
    clock: Clock, run: _Run, law: _Law
) -> tuple[date | datetime | None, Rule | None, bool, tuple[Sentence, ...]]:
    if clock.rule is None:
        if run.limit is None:
            unset = Sentence("未设定：没有法律规定，也没有文件定下日期。")
            return None, None, False, (unset,)
        return run.limit.due, None, False, (_fixed(run.limit),)
    rule = None
    try:
        rule = version_on(clock.rule, day_of(run.start.moment), law.rules)
        found = law.reckon(
            rule,
            run.start.moment,
            extended=run.extended,
            calendar=law.calendar,
            pauses=run.pauses,
        )
    except DomainError as refusal:
        refused = Sentence("未能计算：%(refusal)s", {"refusal": Refusal.of(refusal)})
        return None, rule, False, (refused,)
    if run.limit is not None:
        return run.limit.due, rule, False, (*found.why, _extended(run.limit))
    return found.due, rule, found.provisional, found.why


def _fixed(limit: Limit) -> Sentence:
    values = {"source": limit.source, "due": limit.due}
    return Sentence("依据：%(source)s，定为 %(due)s。", values)


def _extended(limit: Limit) -> Sentence:
    values = {"source": limit.source, "due": limit.due}
    return Sentence("延长：%(source)s，延长到 %(due)s。", values)


def _state(run: _Run, due: date | datetime | None, now: datetime) -> State:
    if run.restarted:
        return State.RESTARTED
    if run.stop is None:
        if run.paused_by is not None:
            return State.PAUSED
        return State.OVERDUE if due is not None and is_past(due, now) else State.RUNNING
    if due is None:
        return State.STOPPED
    return State.MISSED if _is_late(run.stop.moment, due) else State.MET


def is_past(due: date | datetime, now: datetime) -> bool:
    """Tell whether a last day is over, or a last instant has passed."""
    return last_instant(due) <= now


def last_instant(due: date | datetime) -> datetime:
    """Return the instant at which a due day or instant has passed: midnight in Beijing."""
    if isinstance(due, datetime):
        return due
    return datetime.combine(due + timedelta(days=1), time(), BEIJING)


def _is_late(stopped: date | datetime, due: date | datetime) -> bool:
    if isinstance(due, datetime):
        at = (
            stopped
            if isinstance(stopped, datetime)
            else datetime.combine(stopped, time(), BEIJING)
        )
        return at > due
    return day_of(stopped) > due
