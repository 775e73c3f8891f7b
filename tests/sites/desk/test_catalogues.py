from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from zhengpin.sites.desk import catalogues

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

ENGLISH = settings.LOCALE_PATHS[0] / "en/LC_MESSAGES/django.po"


def test_the_catalogues_are_fresh() -> None:
    call_command("make_traditional", "--check", stdout=StringIO())


def test_every_sentence_is_said_in_english() -> None:
    assert list(catalogues.untranslated(catalogues.read(ENGLISH))) == []


def test_fields_are_the_same_in_both() -> None:
    for sentence, said in catalogues.read(ENGLISH).items():
        fields = set(catalogues._FIELD.findall(sentence))
        assert set(catalogues._FIELD.findall(said)) == fields, sentence


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [("核对中", "核對中"), ("核定后列在这里", "核定後列在這裡"), ("%(n)s 处", "%(n)s 處")],
)
def test_traditional_is_derived(simplified: str, expected: str) -> None:
    assert catalogues.traditional(simplified) == expected


def test_a_sentence_of_the_kernel_is_missed_where_it_has_no_english(tmp_path: Path) -> None:
    code = """Sentence("第 %(number)s 日。", {"number": 3}), Sentence("%(first)s；%(then)s")"""
    (tmp_path / "kernel").mkdir()
    (tmp_path / "kernel/days.py").write_text(code, "utf-8")
    english = tmp_path / "en/LC_MESSAGES/django.po"
    english.parent.mkdir(parents=True)
    english.write_bytes(catalogues.wanted(tmp_path, tmp_path)[english])
    assert list(catalogues.untranslated(catalogues.read(english))) == [
        "%(first)s；%(then)s",
        "第 %(number)s 日。",
    ]


def test_what_is_compiled_can_be_read(db: None) -> None:
    with translation.override("zh-hant"):
        assert translation.gettext("登录") == "登錄"
    with translation.override("en"):
        assert translation.gettext("登录") == "Sign in"
    with translation.override("zh-hans"):
        assert translation.gettext("登录") == "登录"


def test_a_page_changes_its_language_and_stays(desk: Client) -> None:
    answer = desk.post("/language", {"language": "en", "next": "/plans/"})
    assert answer["Location"] == "/plans/"
    page = desk.get("/plans/").content.decode()
    assert 'lang="en"' in page
    assert "Import a plan" in page
    desk.post("/language", {"language": "zh-hant", "next": "/"})
    page = desk.get("/").content.decode()
    assert 'lang="zh-Hant"' in page
    assert "計劃" in page
