from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests import factories
from zhengpin.kernel.errors import DomainError
from zhengpin.mechanisms.proceedings import services
from zhengpin.mechanisms.proceedings.particulars import Particulars

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding

pytestmark = pytest.mark.django_db(transaction=True)
NOW = factories.NOW


def test_of_two_who_move_at_once_one_wins_and_the_other_is_told(
    proceeding: Proceeding, asked: Member
) -> None:
    seen = proceeding.steps.get().pk

    def accept() -> str:
        try:
            services.make_move(
                proceeding=proceeding, move_code="accept", member=asked,
                said=Particulars(date(2026, 3, 3)), now=NOW, after=seen,
            )  # fmt: skip
        except DomainError as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda _: accept(), range(4)))
    assert sorted(said) == ["MovedMeanwhile", "MovedMeanwhile", "MovedMeanwhile", "done"]
    assert proceeding.steps.count() == 2
