"""The templates: each one loads, names only pages and parts that exist, and decides no right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

from tests.architecture.doors import addresses

PACKAGE = Path(__file__).parents[2] / "zhengpin"
TEMPLATES = {
    str(path.relative_to(root)): path
    for root in sorted(PACKAGE.glob("**/templates"))
    for path in sorted(root.glob("**/*.html"))
}


def test_there_are_templates() -> None:
    assert {"layouts/base.html", "plans/plan_review.html"} <= set(TEMPLATES)
    assert engines["django"]


@pytest.mark.parametrize("name", sorted(TEMPLATES))
class TestEveryTemplate:
    def test_loads(self, name: str) -> None:
        loaded = get_template(name)
        origin = getattr(loaded, "origin", None)
        assert origin is not None
        assert Path(origin.name) == TEMPLATES[name], "two templates bear one name"

    def test_leads_only_to_pages_that_exist(self, name: str) -> None:
        named = re.findall(r"{% url ['\"]([\w:-]+)['\"]", TEMPLATES[name].read_text("utf-8"))
        assert set(named) <= set(addresses())

    def test_is_made_of_parts_that_exist(self, name: str) -> None:
        text = TEMPLATES[name].read_text("utf-8")
        parts = re.findall(r"{% (?:include|extends) ['\"]([^'\"#]+)", text)
        assert set(parts) <= set(TEMPLATES)

    def test_decides_no_right(self, name: str) -> None:
        """What a member may see is a query's answer; a template only shows it."""
        text = TEMPLATES[name].read_text("utf-8")
        rights = r"perms\.|\.holds|\.duties|is_superuser|is_staff"
        assert not re.search(rf"{{%\s*(?:el)?if[^%]*(?:{rights})", text)
