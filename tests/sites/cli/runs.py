"""Runs the command as a person does: in a process of its own, in a pipe or on a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = (sys.executable, "-m", "zhengpin.sites.cli")

PLAN = """示例市2020年打击侵犯知识产权和制售假冒伪劣商品工作要点
一、深化重点领域治理
(一)加强互联网领域治理。加强网络市场监管,严厉打击在线销售侵权假冒商品。(市市场监管局牵头负责,市公安局、市商务局按职责分工负责)
(二)加强重点市场治理。对问题较多的批发市场加大执法力度。(市市场监管局、市公安局等按职责分工负责)
二、强化保障
(三)加强督导。强化督导检查。(市打击侵权假冒工作领导小办公室负责)
"""


def run(
    *arguments: str, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 (our own command)
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
        timeout=60,
    )


def shell(script: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which ``$zhengpin`` is the command and ``$1`` … the arguments."""
    return subprocess.run(  # noqa: S603 (our own command)
        ["/bin/bash", "-c", script, "bash", *arguments],
        capture_output=True,
        env={**os.environ, "zhengpin": " ".join(COMMAND)},
        check=False,
        timeout=60,
    )


def run_on_terminal(*arguments: str, **environment: str) -> tuple[int, str]:
    """Return the status and what a terminal shows, both streams together."""
    screen, end = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 (our own command)
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=end,
        stderr=end,
        env={**os.environ, "TERM": "xterm-256color", **environment},
    )
    os.close(end)
    shown = b""
    while True:
        try:
            part = os.read(screen, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(screen)
    return process.wait(60), shown.decode("utf-8").replace("\r\n", "\n")


def _heeds_interrupts() -> None:
    """A shell starts what it puts in the background deaf to interrupts; our command is not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted(*arguments: str) -> tuple[int, bytes, bytes]:
    """Return status, output and error output of a command interrupted while it reads."""
    process = subprocess.Popen(  # noqa: S603 (our own command)
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_heeds_interrupts,  # noqa: PLW1509 — the tests run no threads
    )
    assert process.stdin
    process.stdin.write(b"x")
    process.stdin.flush()
    waiting = array("i", [1])
    while waiting[0]:  # until the command has taken what we wrote and waits for more
        time.sleep(0.01)
        fcntl.ioctl(process.stdin, termios.FIONREAD, waiting)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def write_plan(folder: Path, text: str = PLAN) -> str:
    path = folder / "plan.txt"
    path.write_text(text, "utf-8")
    return str(path)
