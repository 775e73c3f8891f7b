"""The statutory holidays of a year, by 《全国年节及纪念日放假办法》第二条 alone.

Lunar days stand in a table made once from two libraries; a year outside it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.calendars.errors import CalendarUnknown
from zhengpin.kernel.calendars.files import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE = "statutory.yaml"
SPRING = "春节"


@dataclass(frozen=True, slots=True)
class Measures:
    """放假办法: one version of the measures, in force from the first of January of a year."""

    from_year: int
    citation: str
    fixed: Mapping[str, Sequence[str]]
    spring: Sequence[int]
    lunar: Sequence[str]


@dataclass(frozen=True, slots=True)
class Statutory:
    """法定节假日: the versions of the measures, oldest first, and the lunar days by year."""

    measures: tuple[Measures, ...]
    lunar_days: Mapping[int, Mapping[str, str]]

    def has(self, year: int) -> bool:
        return year in self.lunar_days and self.measures[0].from_year <= year

    def in_force(self, year: int) -> Measures:
        return [one for one in self.measures if one.from_year <= year][-1]

    def days_off(self, year: int) -> dict[date, str]:
        """Return the statutory days of ``year`` with their names. Raises CalendarUnknown."""
        if not self.has(year):
            first, last = min(self.lunar_days), max(self.lunar_days)
            message = (
                f"{year} 年没有放假通知，农历节日也只载到 {first} 至 {last} 年：不能按工作日计算。"
            )
            raise CalendarUnknown(message)
        measures, lunar = self.in_force(year), self.lunar_days[year]
        found = {_day(year, day): name for name, days in measures.fixed.items() for day in days}
        found |= {_day(year, lunar[name]): name for name in measures.lunar}
        first_day = _day(year, lunar[SPRING])
        found |= {first_day + timedelta(days=offset): SPRING for offset in measures.spring}
        return found


@lru_cache(maxsize=1)
def statutory() -> Statutory:
    """Return the project's table, read once from ``statutory.yaml``."""
    raw = read_file(FILE)
    return Statutory(tuple(map(_measures, raw["measures"])), raw["lunar_days"])


def _measures(entry: Mapping[str, Any]) -> Measures:
    return Measures(
        from_year=entry["from_year"],
        citation=f"《{entry['title']}》（{entry['number']}）{entry['article']}",
        fixed=entry["fixed"],
        spring=tuple(entry["spring"]),
        lunar=tuple(entry["lunar"]),
    )


def _day(year: int, month_and_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_and_day}")
