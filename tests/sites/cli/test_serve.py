"""An installation starts, says where it is, comes back from what kills it, and stops whole."""

from __future__ import annotations

import os
import signal
import socket
import time
from typing import TYPE_CHECKING

import pytest

from tests.sites.cli.installations import Installation, folder, free_port, run
from zhengpin.sites.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def running() -> Iterator[Installation]:
    with folder() as place, Installation(place / "home", "--demo") as installation:
        yield installation


class TestServe:
    def test_says_its_address_and_who_can_sign_in(self, running: Installation) -> None:
        said = running.output()
        assert f"正品已启动：http://localhost:{running.port}" in said
        assert "lin.office" in said
        assert "市双打办 督导考核、市市场监管局 执法稽查" in said

    def test_a_second_one_on_the_same_home_is_refused(self, running: Installation) -> None:
        answer = run(running.home, "serve", "--port", str(free_port()))
        assert answer.returncode == 1
        assert "已有一个 zhengpin serve 在运行" in answer.stderr
        assert f"端口 {running.port}" in answer.stderr

    def test_a_real_installation_cannot_begin_on_a_demonstration(
        self, running: Installation
    ) -> None:
        answer = run(
            running.home, "admin", "create", "--login", "first", "--name", "甲",
            "--organization", "某市双打办", "--region", "340100", "--password-stdin",
            stdin="long enough to pass\n",
        )  # fmt: skip
        assert answer.returncode == 1
        assert "这是演示数据库" in answer.stderr

    @pytest.mark.parametrize("name", ["web", "worker"])
    def test_a_killed_child_comes_back(self, running: Installation, name: str) -> None:
        old = running.pid(name)
        assert old
        os.kill(old, signal.SIGKILL)
        running.wait_for_another(name, old)
        running.wait_for_answer()

    def test_a_killed_database_comes_back(self, running: Installation) -> None:
        old = running.database_pid()
        assert old
        os.kill(old, signal.SIGKILL)
        running.wait_for_another("database", old)
        running.wait_for_answer()
        answer = run(running.home, "plan", "list", "--json")
        assert answer.returncode == 0, answer.stderr


def test_a_killed_supervisor_leaves_nothing_that_keeps_the_next_from_starting() -> None:
    with folder() as place, Installation(place / "home") as installation:
        installation.kill()
        installation.start()
        assert installation.stop() == 0
        deadline = time.monotonic() + 10
        while installation.processes() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert installation.processes() == []
        assert not (installation.home / "run" / "serve.json").exists()


def test_a_taken_port_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = run(tmp_path / "home", "serve", "--port", str(port))
    assert answer.returncode == 1
    assert f"端口 {port} 已被别的程序占用" in answer.stderr
    assert not (tmp_path / "home" / "postgres").exists()


@pytest.mark.parametrize("word", ["0", "65536", "http", "-1", "８０００"])
def test_a_port_that_is_none_is_wrong_usage(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", f"--port={word}"]) == 2
    assert "端口要写 1 到 65535 之间的整数" in capsys.readouterr().err
