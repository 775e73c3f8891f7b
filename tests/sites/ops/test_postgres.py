"""A lock that a dead database left behind does not keep the next one from starting."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from zhengpin.sites.ops.postgres import clear_the_dead

if TYPE_CHECKING:
    from pathlib import Path


def test_a_lock_with_the_number_of_another_program_is_dropped(tmp_path: Path) -> None:
    lock = tmp_path / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{tmp_path}\n")
    clear_the_dead(tmp_path)
    assert not lock.exists()


def test_a_lock_with_the_number_of_nobody_is_left_to_the_database(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    lock = tmp_path / "postmaster.pid"
    lock.write_text(f"{ended.pid}\n{tmp_path}\n")
    clear_the_dead(tmp_path)
    assert lock.exists()


def test_no_lock_or_an_unfinished_one_is_no_matter(tmp_path: Path) -> None:
    clear_the_dead(tmp_path)
    (tmp_path / "postmaster.pid").touch()
    clear_the_dead(tmp_path)
