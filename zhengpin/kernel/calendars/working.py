"""Which days are worked, and arithmetic in working days.

Each year is laid out once: how many working days precede each day, and which they are. Adding N
working days is then two look-ups, whatever N is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from zhengpin.kernel.calendars.errors import CalendarUnknown
from zhengpin.kernel.calendars.notices import Notices, known_notices
from zhengpin.kernel.calendars.statutory import Statutory, statutory

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """One year laid out; ``before[i]`` counts the working days before day ``i`` of the year.

    ``origin`` is the ordinal of the first of January.
    """

    origin: int
    days: tuple[date, ...]
    before: tuple[int, ...]


class Calendar:
    """工作日历: announced days, then weekends and the statutory days themselves.

    Asking about a year that is neither announced nor in the lunar table raises CalendarUnknown.
    """

    def __init__(self, notices: Notices, statutory_days: Statutory) -> None:
        self._notices = notices
        self._statutory = statutory_days
        self._years: dict[int, Year] = {}
        self._provisional: dict[int, dict[date, str]] = {}

    def knows(self, day: date) -> bool:
        """Tell whether the calendar can say if ``day`` is worked."""
        return self.is_announced(day) or self._statutory.has(day.year)

    def is_announced(self, day: date) -> bool:
        """Tell whether the State Council's notice for the year of ``day`` is known."""
        return day.year in self._notices.years

    def may_be_moved_yet(self, day: date) -> bool:
        """Tell whether the next year's notice, not known yet, may still move ``day``.

        2011-12-31 and 2018-12-29 were worked under the notices of 2012 and 2019.
        """
        return (
            (day.month, day.day) >= (12, 25)
            and self.is_announced(day)
            and day.year + 1 not in self._notices.years
        )

    def is_working(self, day: date) -> bool:
        """Tell whether ``day`` is worked: a weekday not off, or a weekend day moved to work."""
        if day in self._notices.on:
            return True
        return day.weekday() < _SATURDAY and self.holiday(day) is None

    def holiday(self, day: date) -> str | None:
        """Return the name of the holiday for which ``day`` is off, or None."""
        if day in self._notices.off:
            return self._notices.off[day]
        if self.is_announced(day) or day in self._notices.on:
            return None
        return self._statutory_days(day.year).get(day)

    def moved_from(self, day: date) -> str | None:
        """Return the name of the holiday for which the weekend day ``day`` is worked, or None."""
        return self._notices.on.get(day)

    def statutory_basis(self, year: int) -> str:
        """Return the citation under which the days of an unannounced year are off."""
        return self._statutory.in_force(year).citation

    def add_working_days(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``; before it where ``count`` < 0.

        ``day`` itself is not counted 《民法典》第二百零一条; 0 gives ``day`` back.
        """
        if count == 0:
            return day
        number = day.year
        year = self._years.get(number) or self._year(number)
        is_forward = count > 0
        place = year.before[day.toordinal() - year.origin + is_forward] + count - is_forward
        while place >= len(year.days):
            place -= len(year.days)
            number += 1
            year = self._year(number)
        while place < 0:
            number -= 1
            year = self._year(number)
            place += len(year.days)
        return year.days[place]

    def next_working_day(self, day: date) -> date:
        """Return the first working day after ``day``."""
        return self.add_working_days(day, 1)

    def _statutory_days(self, year: int) -> dict[date, str]:
        if year not in self._provisional:
            self._provisional[year] = self._statutory.days_off(year)
        return self._provisional[year]

    def _year(self, number: int) -> Year:
        if number not in self._years:
            self._years[number] = self._laid_out(number)
        return self._years[number]

    def _laid_out(self, number: int) -> Year:
        if not date.min.year <= number < date.max.year:
            message = f"{number} 年不在可以计算的范围内。"
            raise CalendarUnknown(message)
        days, before = [], [0]
        day = date(number, 1, 1)
        while day.year == number:
            if self.is_working(day):
                days.append(day)
            before.append(len(days))
            day += _ONE_DAY
        return Year(date(number, 1, 1).toordinal(), tuple(days), tuple(before))


@lru_cache(maxsize=1)
def mainland() -> Calendar:
    """Return the calendar of mainland China, from the project's data."""
    return Calendar(known_notices(), statutory())


def is_working(day: date) -> bool:
    """Tell whether ``day`` is a working day of mainland China. Raises CalendarUnknown."""
    return mainland().is_working(day)


def is_announced(day: date) -> bool:
    """Tell whether the State Council's notice for the year of ``day`` is known."""
    return mainland().is_announced(day)


def add_working_days(day: date, count: int) -> date:
    """Return the ``count``-th working day after ``day``, before it where ``count`` < 0."""
    return mainland().add_working_days(day, count)


def next_working_day(day: date) -> date:
    """Return the first working day after ``day``."""
    return mainland().next_working_day(day)
