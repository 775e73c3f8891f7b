"""Days in words: 2026-10-08（星期四）, and what was left out between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from zhengpin.kernel.sentences import COMMAS, Listed, Sentence, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.sentences import Translate

_ONE_DAY = timedelta(days=1)
_WEEKDAYS = (
    Sentence("%(day)s（星期一）"),
    Sentence("%(day)s（星期二）"),
    Sentence("%(day)s（星期三）"),
    Sentence("%(day)s（星期四）"),
    Sentence("%(day)s（星期五）"),
    Sentence("%(day)s（星期六）"),
    Sentence("%(day)s（星期日）"),
)
_HOLIDAYS = (  # as notices and measures name them
    Sentence("元旦"),
    Sentence("春节"),
    Sentence("清明"),
    Sentence("清明节"),
    Sentence("劳动节"),
    Sentence("端午"),
    Sentence("端午节"),
    Sentence("中秋"),
    Sentence("中秋节"),
    Sentence("国庆节"),
    Sentence("中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"),
)
_BY_NAME = {one.template: one for one in _HOLIDAYS}


@lru_cache(maxsize=10_000)
def shown(day: date) -> Sentence:
    return _WEEKDAYS[day.weekday()].with_values(day=day)


def holiday(name: str) -> Sentence:
    """Return the name of a holiday; one that only an installation's notice has, as it stands."""
    return _BY_NAME.get(name) or Sentence(name)


@dataclass(frozen=True, slots=True)
class Stretch(Words):
    """A run of days off; ``names`` are its holidays, none for a plain weekend."""

    first: date
    last: date
    names: tuple[str, ...]

    def said(self, translate: Translate) -> str:
        return self._in_words().said(translate)

    def _in_words(self) -> Sentence:
        if not self.names:
            return self._weekend()
        names = Listed(COMMAS, [holiday(one) for one in self.names])
        if self.first == self.last:
            return Sentence("%(day)s %(names)s", {"day": self.first, "names": names})
        values = {"first": self.first, "last": self.last, "names": names}
        return Sentence("%(first)s 至 %(last)s %(names)s", values)

    def _weekend(self) -> Sentence:
        if self.first == self.last:
            return Sentence("%(day)s 周末", {"day": self.first})
        return Sentence("%(first)s 至 %(last)s 周末", {"first": self.first, "last": self.last})


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


def days_moved_to_work(first: date, last: date, calendar: Calendar) -> list[Sentence]:
    """Return the weekend days worked from ``first`` to ``last``, each with its holiday."""
    return [
        Sentence("%(day)s（%(holiday)s调休）", {"day": shown(day), "holiday": holiday(name)})
        for day in days_between(first, last)
        if (name := calendar.moved_from(day))
    ]
