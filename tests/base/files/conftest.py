"""What the tests of files share: an empty store, a rule, a register of holders of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import factories
from zhengpin.base.files.rules import FileRule
from zhengpin.kernel.contents import TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from zhengpin.base.access.models import Member
    from zhengpin.base.files import holders

ANYTHING = FileRule("anything", "任何材料", tuple(TYPES))


@pytest.fixture(autouse=True)
def kept_in(settings: Settings, tmp_path: Path) -> Path:
    """The folder of the store, empty."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def office(db: None) -> Member:
    return factories.importer()


@pytest.fixture
def held_by(monkeypatch: pytest.MonkeyPatch) -> dict[str, holders.Holder]:
    """The register of holders, empty, to be filled by the test."""
    register: dict[str, holders.Holder] = {}
    monkeypatch.setattr("zhengpin.base.files.queries.HOLDERS", register)
    return register
