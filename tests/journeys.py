"""Journeys: tests that walk a declaration as people do, and which declarations each walks.

A journey is marked ``exercises`` with the codes of the declarations it walks. It stands in
``tests/browser`` or in a ``test_journeys.py``. What may be skipped or may fail is no journey.
"""

from __future__ import annotations

import inspect
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    import pytest

MARK = "exercises"
_ROWS = "parametrize"
_EXCUSES = {"skip", "skipif", "xfail"}
_TESTS = Path(__file__).parent


def codes_of(marks: Iterable[pytest.Mark]) -> list[str]:
    return [code for one in marks if one.name == MARK for code in one.args]


def not_walked(codes: Iterable[str]) -> list[str]:
    """Return those of ``codes`` of which the ledger of the running test holds no step."""
    from zhengpin.base.ledger.models import Entry  # noqa: PLC0415 — the settings are read later

    return [
        one for one in codes if not Entry.objects.filter(action__startswith=f"{one}.").exists()
    ]


def exercised() -> set[str]:
    """Return the codes of all declarations that journeys say they walk."""
    return {code for module in _modules() for code in codes_of(_marks(module))}


def _modules() -> Iterator[ModuleType]:
    files = chain(_TESTS.glob("browser/test_*.py"), _TESTS.glob("**/test_journeys.py"))
    for file in sorted(files):
        path = file.relative_to(_TESTS.parent).with_suffix("")
        yield import_module(".".join(path.parts))


def _marks(module: ModuleType) -> Iterator[pytest.Mark]:
    """Yield the marks on the journeys of a module and on single rows of their parameters."""
    for name, test in inspect.getmembers(module, inspect.isfunction):
        marks = list(getattr(test, "pytestmark", ()))
        if name.startswith("test_") and not _excused(marks):
            yield from marks
            for row in chain.from_iterable(one.args[1] for one in marks if one.name == _ROWS):
                of_row = list(getattr(row, "marks", ()))
                yield from () if _excused(of_row) else of_row


def _excused(marks: Iterable[pytest.Mark | pytest.MarkDecorator]) -> bool:
    return any(one.name in _EXCUSES for one in marks)
