"""Days in words: 2026-10-08（星期四）, and what was left out between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.kernel.calendars import Calendar

_ONE_DAY = timedelta(days=1)


def shown(day: date) -> str:
    return f"{day.isoformat()}（星期{'一二三四五六日'[day.weekday()]}）"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of days off; ``names`` are its holidays, none for a plain weekend."""

    first: date
    last: date
    names: tuple[str, ...]

    def __str__(self) -> str:
        label = "、".join(self.names) or "周末"
        if self.first == self.last:
            return f"{self.first} {label}"
        return f"{self.first} 至 {self.last} {label}"


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from ``first`` to ``last``, both included."""
    for number in range((last - first).days + 1):
        yield first + number * _ONE_DAY


def stretches_off(first: date, last: date, calendar: Calendar) -> list[Stretch]:
    """Return the runs of days off from ``first`` to ``last``, both included."""
    found: list[Stretch] = []
    for day in days_between(first, last):
        if calendar.is_working(day):
            continue
        name = calendar.holiday(day)
        names = (name,) if name else ()
        if found and found[-1].last + _ONE_DAY == day:
            before = found.pop()
            merged = tuple(dict.fromkeys((*before.names, *names)))
            found.append(Stretch(before.first, day, merged))
        else:
            found.append(Stretch(day, day, names))
    return found


def days_moved_to_work(first: date, last: date, calendar: Calendar) -> list[str]:
    """Return the weekend days worked from ``first`` to ``last``, each with its holiday."""
    return [
        f"{shown(day)}（{calendar.moved_from(day)}调休）"
        for day in days_between(first, last)
        if calendar.moved_from(day)
    ]
