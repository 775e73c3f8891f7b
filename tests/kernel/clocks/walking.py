"""The due days of the data a second time, by nothing but walking from day to day.

Reads the YAML itself and asks chinesecalendar about single days; shares no line with the package.
Serves to compare both over every row; what the days mean is fixed by hand in ``due_days.py``.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import chinese_calendar
import yaml

FILE = Path(__file__).parents[3] / "zhengpin" / "law" / "deadlines.yaml"
ROLLING = {"criminal_procedure", "samr80", "samr121", "arl88"}
WITHOUT_DAY = {
    "minimum_period", "restart_rule", "cap_on_excluded_time", "lookback", "window_before",
}  # fmt: skip
# 放假办法 of 2024 and the lunar days of 2027 and 2028; nothing later is asked for.
STATUTORY = {
    2027: "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03",
    2028: "01-01 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-28 10-01 10-02 10-03",
}
ANNOUNCED = range(2004, 2027)
ONE = timedelta(days=1)


@cache
def rows() -> dict[str, dict[str, Any]]:
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {row["id"]: row for row in raw["deadlines"]}


def is_off(day: date) -> bool:
    if day.year in ANNOUNCED:
        return not chinese_calendar.is_workday(day)
    return day.weekday() >= 5 or f"{day:%m-%d}" in STATUTORY[day.year].split()


def walked(id_: str, start: str, extended: int) -> tuple[str | None, bool]:
    """Return the due day (or instant) and whether it is provisional."""
    row = rows()[id_]
    if row["kind"] in WITHOUT_DAY:
        return None, False
    if row["unit"] == "hours":
        instant = datetime.fromisoformat(start)
        for _ in range(row["length"]):
            instant += timedelta(hours=1)
        return instant.isoformat(), False
    back = row["kind"] == "before_event"
    spans = [(row["length"], row["unit"])]
    for one in row["extension"][:extended]:
        spans.append((one["length"], one["unit"]))
    if len({unit for _, unit in spans}) == 1:
        spans = [(sum(length for length, _ in spans), row["unit"])]
    day, counted = date.fromisoformat(start), set()
    for length, unit in spans:
        day, seen = _walk(day, length, unit, back=back)
        counted |= seen
    if row["unit"] != "working_days" and row.get("counting_rule") in ROLLING:
        counted.add(day.year)
        while is_off(day):
            day += ONE
            counted.add(day.year)
    return day.isoformat(), any(year not in ANNOUNCED for year in counted)


def _walk(day: date, length: int, unit: str, *, back: bool) -> tuple[date, set[int]]:
    step = -ONE if back else ONE
    years: set[int] = set()
    if unit == "months":
        assert not back
        return _months(day, length), years
    left = length
    while left:
        day += step
        if unit == "working_days":
            years.add(day.year)
        left -= unit == "calendar_days" or not is_off(day)
    return day, years


def _months(day: date, length: int) -> date:
    """Go on month by month, then to the same day or to the last one there is."""
    year, month = day.year, day.month
    for _ in range(length):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    wanted = day.day
    while True:
        try:
            return date(year, month, wanted)
        except ValueError:
            wanted -= 1
