"""From an empty home to a running installation, and back to rest."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpin.config import database
from zhengpin.sites.cli.database import alone, migrate, set_up
from zhengpin.sites.ops.errors import PortTaken
from zhengpin.sites.ops.holding import hold_home
from zhengpin.sites.ops.postgres import Postgres
from zhengpin.sites.ops.supervisor import Child, Supervisor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpin.samples.city import Account

_WEB_PATIENCE, _WORKER_PATIENCE = 20.0, 30.0  # seconds to finish what is being done
_ORPHANS_LEAVE = 5.0  # seconds: the web processes of a supervisor that was killed
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line."""

    port: int
    is_demo: bool
    has_worker: bool


def serve(wish: Wish) -> None:
    """Run until SIGTERM or SIGINT. Raises AlreadyRunning, PortTaken and what the database says."""
    listen = os.environ.get("ZHENGPIN_LISTEN", "127.0.0.1")
    with hold_home() as holding:
        _require_port(listen, wish.port, was_killed=holding.was_killed())
        os.environ.setdefault("ZHENGPIN_ADDRESS", f"http://localhost:{wish.port}")
        postgres = Postgres() if database.is_embedded() else None
        children = _children(wish, listen)
        welcome = _Welcome(wish, listen)
        supervisor = Supervisor(
            children, postgres, lambda: holding.write(wish.port, children), welcome.say_when_ready
        )
        supervisor.listen()
        try:
            if postgres is not None:
                postgres.start()
            welcome.accounts = _prepare(wish)
            supervisor.run()
        finally:
            supervisor.stop()


def _children(wish: Wish, listen: str) -> list[Child]:
    python = [sys.executable, "-m"]
    web = [*python, "zhengpin.sites.ops.web", listen, str(wish.port)]
    worker = [*python, "zhengpin.sites.ops.worker"]
    children = [Child("web", web, patience=_WEB_PATIENCE)]
    if wish.has_worker:
        children.append(Child("worker", worker, patience=_WORKER_PATIENCE))
    return children


def _prepare(wish: Wish) -> tuple[Account, ...]:
    """Bring the database up to date, with the demonstration city where it was asked for."""
    set_up()
    from zhengpin.base.lawbase import checks  # noqa: PLC0415 — after set_up

    checks.require_sound()
    migrate()
    from django.db import connection  # noqa: PLC0415 — after set_up

    accounts: tuple[Account, ...] = ()
    try:
        if wish.is_demo:
            from django.utils import timezone  # noqa: PLC0415 — after set_up

            from zhengpin.samples import city  # noqa: PLC0415 — after set_up

            with alone():
                accounts = city.load(now=timezone.now())
    finally:
        connection.close()
    return accounts


def _require_port(listen: str, port: int, *, was_killed: bool) -> None:
    """Raise PortTaken unless we can listen there; what a killed server left is waited for."""
    deadline = time.monotonic() + (_ORPHANS_LEAVE if was_killed else 0)
    while (error := _refusal(listen, port)) is not None:
        if error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
            time.sleep(0.2)
            continue
        if error.errno == errno.EADDRINUSE:
            message = f"端口 {port} 已被别的程序占用：请用 --port 换一个端口，或先停止那个程序。"
        else:
            message = f"不能在 {listen}:{port} 上监听：{error.strerror or error}。"
        raise PortTaken(message) from error


def _refusal(listen: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in listen else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen, port))
        except OSError as error:
            return error
    return None


class _Welcome:
    """Says once, when the web server answers, where it is and who can sign in."""

    def __init__(self, wish: Wish, listen: str) -> None:
        self.accounts: tuple[Account, ...] = ()
        self._wish = wish
        self._listen = listen
        self._is_said = False

    def say_when_ready(self) -> None:
        if self._is_said or not self._answers():
            return
        self._is_said = True
        lines = greeting(
            os.environ["ZHENGPIN_ADDRESS"], self.accounts, is_exposed=self._listen not in LOOPBACK
        )
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()

    def _answers(self) -> bool:
        host = self._listen if self._listen not in {"0.0.0.0", "::"} else "localhost"  # noqa: S104 — compared
        connection = http.client.HTTPConnection(host, self._wish.port, timeout=2)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True


def greeting(address: str, accounts: tuple[Account, ...], *, is_exposed: bool) -> Iterator[str]:
    """Yield what a started server says: where it is and which demonstration accounts there are."""
    yield f"正品已启动：{address}  （Ctrl-C 停止）"
    if not accounts:
        return
    yield "演示账户（示例市，全部为虚构）："
    width = max(len(one.login) for one in accounts)
    for one in accounts:
        posts = "、".join(one.posts)
        yield f"  {one.login:<{width}}  密码 {one.password}  {one.name}：{posts}"
    if is_exposed:
        yield "注意：演示账户的密码是公开的，而这个地址不只本机能访问。"
