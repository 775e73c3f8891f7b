"""The tables: migrations complete, names from the glossary, what the database itself guards."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text("utf-8")
OURS = [model for model in apps.get_models() if model.__module__.startswith("zhengpin.")]


def _terms() -> set[str]:
    cells = re.findall(r"^\| ([^|]+) \|", GLOSSARY, re.MULTILINE)
    return {part.strip() for cell in cells for part in re.split(r"[/、（）：]", cell)}


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_table_bears_a_term_of_the_glossary(model: type[models.Model]) -> None:
    assert str(model._meta.verbose_name) in _terms()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_table_says_what_one_row_is(model: type[models.Model]) -> None:
    assert re.match(rf"{model._meta.verbose_name}: ", model.__doc__ or "")


def test_foreign_keys_point_down_or_sideways() -> None:
    storeys = ["base", "mechanisms", "sites"]
    for model in OURS:
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                ours, theirs = model.__module__, field.remote_field.model.__module__
                places = [storeys.index(one.split(".")[1]) for one in (theirs, ours)]
                assert places == sorted(places), field
