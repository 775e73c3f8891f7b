"""程序登记: every declared procedure with its versions by the day they came into force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpin.mechanisms.proceedings import errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhengpin.kernel.procedures import Procedure


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a procedure and how the platform treats its matters.

    ``series`` stands in their numbers (示双打〔2026〕17号); ``coordinated`` matters are seen by
    posts that coordinate the region; ``rows`` are the requirements the declaration serves,
    ``partly`` those of which it serves a part.
    """

    procedure: Procedure
    series: str
    coordinated: bool = False
    rows: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()

    def number(self, short_name: str, year: int, last: int) -> str:
        """Return a number of an organization's series: 市公安局协查〔2026〕3号."""
        return f"{short_name}{self.series}〔{year}〕{last}号"


_ENTRIES: dict[str, list[Entry]] = {}


def declare(
    procedure: Procedure,
    *,
    series: str,
    coordinated: bool = False,
    rows: tuple[str, ...] = (),
    partly: tuple[str, ...] = (),
) -> Procedure:
    """Add one version of a procedure and return it; a version is declared once."""
    versions = _ENTRIES.setdefault(procedure.code, [])
    if any(one.procedure.in_force_from == procedure.in_force_from for one in versions):
        message = f"procedure {procedure.code} of {procedure.in_force_from} is declared twice"
        raise ValueError(message)
    versions.append(Entry(procedure, series, coordinated, rows, partly))
    versions.sort(key=lambda one: one.procedure.in_force_from)
    return procedure


def entries() -> Iterator[Entry]:
    """Yield every version of every procedure, by code and day."""
    for code in sorted(_ENTRIES):
        yield from _ENTRIES[code]


def in_force(code: str, on: date) -> Entry:
    """Return the version of a procedure in force on a day. Raises ProcedureUnknown."""
    found = [one for one in _ENTRIES.get(code, ()) if one.procedure.in_force_from <= on]
    if not found:
        raise errors.ProcedureUnknown
    return found[-1]


def version(code: str, from_day: date) -> Procedure:
    """Return the version of a procedure that came into force on ``from_day``."""
    for one in _ENTRIES.get(code, ()):
        if one.procedure.in_force_from == from_day:
            return one.procedure
    raise errors.ProcedureUnknown


def coordinated_codes() -> list[str]:
    """Return the codes of procedures whose matters the coordinating office sees."""
    return sorted({one.procedure.code for one in entries() if one.coordinated})
