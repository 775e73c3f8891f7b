"""The rows of the requirements, as the project carries them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhengpin.kernel import requirements
from zhengpin.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[4] / "shared" / "requirements.md"
HEADING = re.compile(r"### (D\d\d) ")


def in_the_requirements() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield code, domain, name and mechanisms of each row of the catalogue."""
    domain = ""
    for line in SHARED.read_text("utf-8").splitlines():
        if heading := HEADING.match(line):
            domain = heading[1]
        elif re.match(r"\| R\d{3} \|", line):
            code, name, *_, mechanisms = (one.strip() for one in line.strip("|").split("|"))
            yield code, domain, name, tuple(mechanisms.split(", "))


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent: the rows are not compared")
def test_the_rows_are_those_of_the_requirements() -> None:
    carried = [
        (one.code, one.domain.code, one.name, one.mechanisms)
        for one in requirements.rows().values()
    ]
    assert carried == list(in_the_requirements())


def test_every_row_has_a_title_of_its_own() -> None:
    rows = requirements.rows().values()
    assert len({one.title for one in rows}) == len(rows)
    assert [one.code for one in rows if not re.search("[\u4e00-\u9fff]", one.title)] == []


def test_no_code_stands_in_two_domains() -> None:
    source = Path(requirements.__file__).with_name("rows.yaml").read_text("utf-8")
    codes = re.findall(r"^    (R\d{3}):", source, re.MULTILINE)
    assert sorted(codes) == sorted(requirements.rows())
    assert sorted(codes) == [f"R{number:03}" for number in range(1, len(codes) + 1)]


def test_a_row_that_is_not_there_is_refused() -> None:
    with pytest.raises(DomainError, match="没有“R370”"):
        requirements.row("R370")
