"""What the README and the glossary show is what the program prints and calls things."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from zhengpin.kernel.plantext import model
from zhengpin.samples import city
from zhengpin.sites.cli import serving
from zhengpin.sites.cli.main import main

ROOT = Path(__file__).parents[2]


README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_shows_what_compiling_the_sample_prints(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = re.search(r"table` prints:\n\n```text\n(.*?)\n\n（以下", README, re.DOTALL)
    assert shown is not None
    sample = ROOT / "zhengpin" / "samples" / "plan.txt"
    assert main(["compile", str(sample), "--format", "table"]) == 0
    assert capsys.readouterr().out.startswith(shown[1])


def test_the_readme_shows_what_make_run_prints() -> None:
    shown = re.search(r"## What `make run` prints\n\n```text\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    said = serving.greeting("http://localhost:8000", city.accounts(), is_exposed=False)
    assert list(said) == shown[1].splitlines()


def _terms() -> list[tuple[str, str]]:
    found = []
    for name, value in inspect.getmembers(model, inspect.isclass):
        term = re.match(r"([\u4e00-\u9fff]{1,6}):", value.__doc__ or "")
        if value.__module__ == model.__name__ and term:
            found.append((name, term[1]))
    return found


@pytest.mark.parametrize(("name", "term"), _terms())
def test_every_part_of_a_plan_stands_in_the_glossary(name: str, term: str) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    row = next(
        (
            line
            for line in glossary.splitlines()
            if f"`{name.lower()}`" in line or f" {name.lower()} " in line
        ),
        "",
    )
    assert term in row, f"{name} is {term} in the code and not in the glossary"
