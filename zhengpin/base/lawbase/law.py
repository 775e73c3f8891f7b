"""The law as one value: of the package and of the installation together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from zhengpin import __version__
from zhengpin.kernel.calendars import (
    Notices,
    NoticeSource,
    known_notices,
    mainland,
    notice_sources,
)
from zhengpin.kernel.lawdata import deadline_table, open_points, threshold_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhengpin.kernel.calendars import Calendar
    from zhengpin.kernel.lawdata import DeadlineTable, OpenPoint, ThresholdTable


@dataclass(frozen=True, slots=True)
class Law:
    """法律数据: one state of it. ``version`` tells two states apart; empty is the package alone.

    ``set_aside`` says of an override, by its number, why it has no effect.
    """

    version: str
    table: DeadlineTable
    thresholds: ThresholdTable
    notices: Notices
    sources: Mapping[int, tuple[NoticeSource, ...]]
    calendar: Calendar
    points: tuple[OpenPoint, ...]
    set_aside: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))

    def points_on(self, id_: str) -> list[OpenPoint]:
        """Return the open points that touch a row."""
        return [one for one in self.points if id_ in one.rules]


def package_law() -> Law:
    """Return the law as the package brings it. Raises LawDataFaulty."""
    return Law(
        version="",
        table=deadline_table(),
        thresholds=threshold_table(),
        notices=known_notices(),
        sources=notice_sources(),
        calendar=mainland(),
        points=open_points(),
    )


class LawState(NamedTuple):
    """法律数据的状态: the package that brought the law, and the last override upon it.

    Clocks read under one state come out alike; whoever keeps what they said compares states.
    """

    package: str
    override: int


@cache
def package_state() -> str:
    """Return what names the law of the package: its release, its data, its known holidays."""
    digest = hashlib.sha256(version("chinesecalendar").encode())
    for place in ("zhengpin.law", "zhengpin.kernel.calendars"):
        files = (one for one in resources.files(place).iterdir() if one.name.endswith(".yaml"))
        for one in sorted(files, key=lambda file: file.name):
            digest.update(one.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:16]}"
