"""The ledger's entries about a matter are read by those who see the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import factories
from zhengpin.base.access import subjects
from zhengpin.mechanisms.proceedings import register

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.mechanisms.proceedings.models import Proceeding

pytestmark = pytest.mark.django_db


def test_every_procedure_is_a_part_whose_acts_are_its_moves() -> None:
    for entry in register.entries():
        for move in entry.procedure.moves:
            action = f"{entry.procedure.code}.{move.code}"
            assert subjects.title_of(action) != action


def test_they_are_read_with_the_matter_and_not_without_it(
    proceeding: Proceeding, asker: Member
) -> None:
    subject = str(proceeding.uuid)
    overseer = factories.member(factories.organization("市检察院"), "oversee")
    elsewhere = factories.member(
        factories.organization("市检察院", factories.OTHER_CITY), "oversee"
    )
    assert subjects.entries_for(asker, subject).exists()
    assert subjects.entries_for(overseer, subject).exists()
    assert not subjects.entries_for(elsewhere, subject).exists()
