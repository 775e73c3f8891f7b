"""What the law data tells those above it, after the change is committed.

A subscriber is a plain function, registered in ``AppConfig.ready`` of the app that wants to know::

    events.subscribe(events.CalendarChanged, recompute_for_notice)

It is called in the process that made the change. One that must not be lost in a crash compares
``queries.version()`` with the version it reckoned by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """工作日历有变: a notice was added or withdrawn; ``days`` are worked in one state only.

    Due days that were counted in the days from ``first`` to ``last`` may differ or be no longer
    provisional. ``number`` is that of the override; ``queries.law_as_of(number - 1)`` is the law
    before.
    """

    number: int
    year: int
    first: date
    last: date
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """期限规则有变: a version or correction was added or withdrawn.

    ``rules`` are the ids of the whole family; events before ``on`` are reckoned as before.
    """

    number: int
    rules: frozenset[str]
    on: date


_Event = TypeVar("_Event", CalendarChanged, RulesChanged)
_SUBSCRIBERS: dict[type[Any], list[Callable[[Any], None]]] = {}


def subscribe(event: type[_Event], function: Callable[[_Event], None]) -> None:
    """Have ``function`` called with every event of that type, once however often it is named."""
    known = _SUBSCRIBERS.setdefault(event, [])
    if function not in known:
        known.append(function)


def unsubscribe(event: type[_Event], function: Callable[[_Event], None]) -> None:
    _SUBSCRIBERS[event].remove(function)


def publish(event: CalendarChanged | RulesChanged) -> None:
    """Call the subscribers once the open transaction is committed; one that fails stops none."""
    for function in _SUBSCRIBERS.get(type(event), ()):
        transaction.on_commit(_call(function, event), robust=True)


def _call(function: Callable[[Any], None], event: object) -> Callable[[], None]:
    def call() -> None:
        function(event)

    return call
