"""A lock that a dead database left behind does not keep the next one from starting."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from zhengpin.sites.ops.postgres import LARGEST_LOG, clear_the_dead, forget_the_dead, keep_small

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


@pytest.mark.parametrize("torn", ["[1", "7", '["x"]', ""])
def test_a_list_of_users_that_was_being_written_begins_anew(tmp_path: Path, torn: str) -> None:
    users = tmp_path / ".handle_pids.json"
    users.write_text(torn)
    forget_the_dead(tmp_path)
    assert json.loads(users.read_text() or "[]") == []


def test_killed_users_are_forgotten_and_living_ones_are_not(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    users = tmp_path / ".handle_pids.json"
    users.write_text(json.dumps([ended.pid, os.getpid()]))
    forget_the_dead(tmp_path)
    assert json.loads(users.read_text()) == [os.getpid()]
    forget_the_dead(tmp_path / "nowhere")


def test_a_large_log_begins_anew_while_the_server_goes_on_writing(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("a") as server:
        server.write("x" * (LARGEST_LOG + 1))
        server.flush()
        keep_small(log)
        server.write("further\n")
    assert log.read_text() == "further\n"
    assert (tmp_path / "log.old").stat().st_size == LARGEST_LOG + 1


def test_a_small_log_or_none_is_left_alone(tmp_path: Path) -> None:
    keep_small(tmp_path / "log")
    (tmp_path / "log").write_text("started\n")
    keep_small(tmp_path / "log")
    assert (tmp_path / "log").read_text() == "started\n"
    assert not (tmp_path / "log.old").exists()
