"""The citation of each announced year: title, number where it was seen, and where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zhengpin.kernel.calendars.files import read_file
from zhengpin.kernel.calendars.notices import FILE as NOTICES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = "sources.yaml"


@dataclass(frozen=True, slots=True)
class NoticeSource:
    """放假通知出处: one notice; ``number`` and ``address`` are empty where none was seen."""

    year: int
    title: str
    number: str = ""
    address: str = ""
    note: str = ""

    @property
    def citation(self) -> str:
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "")


@lru_cache(maxsize=1)
def notice_sources() -> Mapping[int, tuple[NoticeSource, ...]]:
    """Return the notices of each announced year, the first one first."""
    raw = read_file(FILE)
    found = {
        year: tuple(_library(year, entry, raw["title"])) for year, entry in raw["years"].items()
    }
    for year, entry in (read_file(NOTICES).get("years") or {}).items():
        own = NoticeSource(
            year, entry["notice"], entry.get("number") or "", entry.get("address") or ""
        )
        found[year] = (*found.get(year, ()), own)
    return found


def _library(year: int, entry: Mapping[str, Any], title: str) -> Iterator[NoticeSource]:
    yield NoticeSource(
        year,
        title.format(year=year),
        entry.get("number") or "",
        entry["address"],
        entry.get("note") or "",
    )
    later = entry.get("later")
    if later:
        yield NoticeSource(year, later["title"], address=later["address"])
