from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.template import engines

from zhengpin.sites import desk as package
from zhengpin.sites.desk.gallery import SAMPLES

if TYPE_CHECKING:
    from django.test import Client

PLACE = Path(package.__file__).parent / "templates/components"
COMPONENTS = sorted(path.stem for path in PLACE.glob("*.html"))
ROOT = PLACE.parents[4]
INCLUDED = re.compile(r'{% include "components/(\w+)\.html"(.*?)%}')


def test_the_gallery_shows_every_component() -> None:
    assert sorted(sample.name for sample in SAMPLES) == COMPONENTS


def test_the_gallery_is_a_page(desk: Client) -> None:
    page = desk.get("/desk/components/").content.decode()
    for name in COMPONENTS:
        assert f"components/{name}.html" in page


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_says_what_it_takes(name: str) -> None:
    text = (PLACE / f"{name}.html").read_text("utf-8")
    comment = re.match(r"{% comment %}\n(.+?){% endcomment %}", text, re.DOTALL)
    assert comment is not None
    stated = set(re.findall(r"^  (\w+): ", comment[1], re.MULTILINE))
    used = set(re.findall(r"{[{%][^}]*?\b(?:if|with|in|and|or|not) (\w+)\b", text))
    used |= set(re.findall(r"{{ (\w+)", text))
    loops = {
        one for names in re.findall(r"{% for ([\w, ]+) in", text) for one in names.split(", ")
    }
    assumed = {"not", "forloop", "as", "only", "trimmed", "in"}
    assert used - loops - assumed <= stated


def test_components_are_included_on_their_own() -> None:
    found = 0
    for path in ROOT.glob("zhengpin/**/templates/**/*.html"):
        for name, rest in INCLUDED.findall(path.read_text("utf-8")):
            found += 1
            assert name in COMPONENTS, path
            assert rest.rstrip().endswith("only"), f"{path.name}: {name} without only"
    assert found > 20


def test_every_template_compiles_and_is_indented_by_two() -> None:
    engine = engines["django"]
    for path in ROOT.glob("zhengpin/**/templates/**/*.html"):
        text = path.read_text("utf-8")
        engine.from_string(text)
        for number, line in enumerate(text.splitlines(), start=1):
            indent = len(line) - len(line.lstrip())
            assert indent % 2 == 0, f"{path.name}:{number}"
            assert "\t" not in line, f"{path.name}:{number}"


def test_pages_hold_no_script_and_no_style_of_their_own() -> None:
    for path in ROOT.glob("zhengpin/**/templates/**/*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src)", text), path
