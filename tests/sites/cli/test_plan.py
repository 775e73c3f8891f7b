"""Plans come into the database from the command line, and out of it as the compiler gives them."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.sites.cli.installations import Installation, folder, run
from tests.sites.cli.runs import PLAN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAMPLE = str(resources.files("zhengpin.samples").joinpath("plan.txt"))


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A demonstration city at rest: commands start its database themselves."""
    with folder() as place:
        with Installation(place / "home", "--demo", "--no-worker") as installation:
            assert installation.pid("worker") is None
        yield place / "home"


def test_the_sample_comes_out_as_the_compiler_gives_it(home: Path) -> None:
    (listed,) = json.loads(run(home, "plan", "list", "--json").stdout)
    assert (listed["region"], listed["year"], listed["stage"]) == ("990100", 2026, "review")
    shown = json.loads(run(home, "plan", "show", listed["id"], "--json").stdout)
    compiled = json.loads(run(home, "compile", SAMPLE).stdout)
    assert shown["items"] == compiled["items"]
    assert shown["source"]["sha256"] == compiled["source"]["sha256"]


def test_a_plan_of_a_pipe_is_imported_once(home: Path) -> None:
    importing = ("plan", "import", "-", "--region", "990100", "--as", "Lin.Office")
    answer = run(home, *importing, stdin=PLAN)
    assert answer.returncode == 0, answer.stderr
    assert "等待核对" in answer.stderr
    shown = run(home, "plan", "show", answer.stdout.strip())
    assert "加强重点市场治理" in shown.stdout
    again = run(home, *importing, stdin=PLAN)
    assert again.returncode == 1
    assert "已经导入" in again.stderr
    assert len(run(home, "plan", "list").stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("import", SAMPLE, "--region", "123456"), "没有这个行政区划代码"),
        (("import", SAMPLE, "--region", "990100"), "有多人能导入计划"),
        (("import", SAMPLE, "--region", "990102"), "没有能导入计划的在任人员"),
        (("import", SAMPLE, "--region", "990100", "--as", "wu.market"), "没有能导入计划"),
        (("import", "没有.txt", "--region", "990100"), "找不到“没有.txt”"),
        (("show", "17"), "没有这个编号的计划"),
        (("show", str(uuid4())), "没有这个编号的计划"),
    ],
)
def test_a_refusal_is_one_sentence(home: Path, arguments: tuple[str, ...], sentence: str) -> None:
    answer = run(home, "plan", *arguments)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert sentence in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_the_source_of_a_plan_comes_back_from_a_backup(home: Path) -> None:
    (listed, *_) = json.loads(run(home, "plan", "list", "--json").stdout)[::-1]
    digest = json.loads(run(home, "plan", "show", listed["id"], "--json").stdout)["source"][
        "sha256"
    ]
    place = f"files/{digest[:2]}/{digest[2:]}"
    source = resources.files("zhengpin.samples").joinpath("plan.txt").read_bytes()
    assert (home / place).read_bytes() == source
    backup, restored = home.parent / "with-files.tar.gz", home.parent / "restored"
    assert run(home, "backup", str(backup)).returncode == 0
    assert run(restored, "restore", str(backup)).returncode == 0
    assert (restored / place).read_bytes() == source
    assert hashlib.sha256(source).hexdigest() == digest
