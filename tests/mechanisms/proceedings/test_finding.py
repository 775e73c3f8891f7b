"""Words find the lines of a worklist, rare ones by their index and common ones along the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhengpin.mechanisms.proceedings.models import DueDay
from zhengpin.mechanisms.proceedings.worklist import found_by

if TYPE_CHECKING:
    from zhengpin.mechanisms.proceedings.models import Proceeding

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("common", [2000, 0], ids=["rare words", "common words"])
@pytest.mark.usefixtures("proceeding")
def test_words_find_the_same_lines_either_way(common: int) -> None:
    rows = DueDay.objects.all()
    assert rows.exists()
    assert set(found_by(rows, "假冒的配件", common)) == set(rows)
    assert not found_by(rows, "化妆品", common).exists()
    assert not found_by(rows, "，", common).exists()


def test_a_matter_without_words_is_never_found(proceeding: Proceeding) -> None:
    type(proceeding).objects.update(search=None)
    assert not found_by(DueDay.objects.all(), "配件", 0).exists()
