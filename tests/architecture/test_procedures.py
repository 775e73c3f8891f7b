"""The written procedures say what the declarations say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.kernel.procedures.assistance import ASSISTANCE
from zhengpin.mechanisms.proceedings import documents, register

FOLDER = Path(__file__).parents[2] / "docs" / "procedures"
ENTRIES = [one for one in register.entries() if not one.procedure.code.startswith("test_")]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: one.procedure.code)
def test_the_document_of_a_procedure_is_fresh(entry: register.Entry) -> None:
    path = FOLDER / f"{entry.procedure.code}-{entry.procedure.in_force_from}.md"
    assert path.exists(), "run `make docs`"
    assert path.read_text("utf-8") == documents.page(entry), "run `make docs`"


def test_no_document_is_of_a_procedure_that_is_gone() -> None:
    declared = {f"{one.procedure.code}-{one.procedure.in_force_from}.md" for one in ENTRIES}
    kept = {path.name for path in FOLDER.glob("*.md")} - {"README.md"}
    assert kept == declared


def test_a_document_names_every_move_and_clock_with_its_law() -> None:
    page = documents.page(register.Entry(ASSISTANCE, series="协查"))
    named = {one.code for one in ASSISTANCE.moves} | {one.code for one in ASSISTANCE.clocks}
    assert [code for code in named if f"`{code}`" not in page] == []
    assert "15 个工作日" in page
    assert "未设定（由步骤写明）" in page
    assert re.search(r"asked --> working: 接函", page)


def test_documents_are_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    (tmp_path / "gone-2020-01-01.md").write_text("x")
    assert tmp_path / "gone-2020-01-01.md" in documents.stale(tmp_path)
