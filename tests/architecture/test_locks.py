"""Advisory locks are numbers; two that are the same would wait for each other."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import zhengpin

_LOCK = re.compile(r"^_\w+ = (7_262_\d{3})\b", re.MULTILINE)


def test_every_lock_has_a_number_of_its_own() -> None:
    files = Path(zhengpin.__file__).parent.rglob("*.py")
    found = Counter(number for file in files for number in _LOCK.findall(file.read_text("utf-8")))
    assert len(found) >= 5
    assert [number for number, count in found.items() if count > 1] == []
