"""One measured value and its limit."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """A rate (a unit of ``/s``) must reach its limit; anything else must stay within."""

    what: str
    value: float
    limit: float | None
    unit: str

    @property
    def is_met(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.unit == "/s" else self.value <= self.limit

    def __str__(self) -> str:
        line = f"{self.what:<72} {self.value:10.2f} {self.unit:<3}"
        if self.limit is None:
            return line
        return f"{line} limit {self.limit:g}: {'met' if self.is_met else 'MISSED'}"
