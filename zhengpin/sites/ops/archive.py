"""One file that holds an installation: database, files, secrets, and a manifest over them.

Invariant: a backup is written whole or not at all, and nothing of it is used before every digest
of its manifest has been checked. Counts of all tables are taken in the snapshot that is dumped
and compared after a restore.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from zhengpin import __version__
from zhengpin.config import database
from zhengpin.config.home import home
from zhengpin.sites.ops import programs
from zhengpin.sites.ops.errors import BackupRefused, DatabaseUnreachable, RestoreRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

FORMAT = 1
MANIFEST, DUMP = "manifest.json", "database.dump"
KEPT = ("files", "secrets")  # folders of the home
_LARGEST_MANIFEST = 64 * 1024 * 1024
_CHUNK = 1024 * 1024


def back_up(target: Path, *, address: str, now: datetime) -> dict[str, Any]:
    """Write ``target`` (.tar.gz, readable by its owner only) and return its manifest.

    Raises BackupRefused where the file exists, cannot be written or the database cannot be dumped.
    """
    if not target.name.endswith((".tar.gz", ".tgz")):
        raise BackupRefused("备份文件名要以 .tar.gz 结尾。")
    if target.exists():
        raise BackupRefused(f"“{target}”已经存在：请换一个文件名，旧的备份不会被覆盖。")
    part = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix=".zhengpin-", dir=target.parent) as folder:
            dump = Path(folder) / DUMP
            counts = _dump(address, dump)
            members = {DUMP: dump, **_kept_files()}
            manifest = _manifest(members, counts, now)
            _pack(part, manifest, members)
        part.rename(target)
    except (OSError, tarfile.TarError, psycopg.Error) as error:
        message = f"备份没有完成：{getattr(error, 'strerror', None) or '数据库或磁盘出错'}。"
        raise BackupRefused(message) from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _dump(address: str, target: Path) -> dict[str, int]:
    """Dump the database and return the rows of each table in the same snapshot."""
    with psycopg.connect(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        counts = _count(connection)
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        snapshot = str(row[0]) if row else ""
        programs.run(
            "pg_dump", address, "--format=custom", "--no-owner", "--no-privileges",
            f"--snapshot={snapshot}", f"--file={target}",
        )  # fmt: skip
    return counts


def _count(connection: psycopg.Connection[Any]) -> dict[str, int]:
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        row = connection.execute(query).fetchone()
        counts[str(table)] = int(row[0]) if row else 0
    return counts


def _kept_files() -> dict[str, Path]:
    return {
        path.relative_to(home()).as_posix(): path
        for folder in KEPT
        for path in sorted((home() / folder).rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }


def _manifest(members: dict[str, Path], counts: dict[str, int], now: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "zhengpin": __version__,
        "made_at": now.isoformat(timespec="seconds"),
        "rows": counts,
        "members": {
            name: {"bytes": path.stat().st_size, "sha256": _digest(path)}
            for name, path in members.items()
        },
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(part: Path, manifest: dict[str, Any], members: dict[str, Path]) -> None:
    part.touch(mode=0o600)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as text:
        json.dump(manifest, text, ensure_ascii=False, indent=1)
        text.flush()
        # The dump is compressed already; the lightest setting is for the files beside it.
        with tarfile.open(part, "w:gz", compresslevel=1) as archive:
            archive.add(text.name, MANIFEST)
            for name, path in members.items():
                archive.add(path, name, recursive=False)


@contextmanager
def opened(source: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Unpack a backup beside the home and check it; yield the folder and the manifest.

    Raises RestoreRefused where it is no backup, is damaged, or holds anything unlisted.
    """
    home().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".zhengpin-", dir=home().parent) as name:
        folder = Path(name)
        try:
            with tarfile.open(source, "r:gz") as archive:
                manifest = _unpack(archive, folder)
        except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
            message = f"“{source}”不是完好的正品备份文件：没有恢复，任何数据都未改动。"
            raise RestoreRefused(message) from error
        yield folder, manifest


def _unpack(archive: tarfile.TarFile, folder: Path) -> dict[str, Any]:
    """Unpack what the manifest lists, each with its size and digest. Raises ValueError."""
    first = archive.next()
    if first is None or first.name != MANIFEST or first.size > _LARGEST_MANIFEST:
        raise ValueError(MANIFEST)
    text = archive.extractfile(first)
    manifest: dict[str, Any] = json.loads(text.read() if text else b"")
    if manifest["format"] != FORMAT or DUMP not in manifest["members"]:
        raise ValueError(FORMAT)
    missing = dict(manifest["members"])
    while (member := archive.next()) is not None:
        listed = missing.pop(member.name)
        if not member.isfile() or member.size != listed["bytes"] or not _is_ours(member.name):
            raise ValueError(member.name)
        if _write_out(archive, member, folder) != listed["sha256"]:
            raise ValueError(member.name)
    if missing:
        raise ValueError(next(iter(missing)))
    return manifest


def _is_ours(name: str) -> bool:
    """Whether a member's name stays inside the folders that a backup holds."""
    parts = name.split("/")
    return name == DUMP or (
        parts[0] in KEPT and len(parts) > 1 and not any(one in {"", ".", ".."} for one in parts)
    )


def _write_out(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    target = folder / member.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    source = archive.extractfile(member)
    with target.open("xb") as file:
        while source is not None and (chunk := source.read(_CHUNK)):
            digest.update(chunk)
            file.write(chunk)
    target.chmod(0o600 if member.name.startswith("secrets/") else 0o644)
    return digest.hexdigest()


def require_empty_home() -> None:
    """Raise RestoreRefused unless the home holds nothing that a restore would mix with."""
    names = (*KEPT, "postgres") if database.is_embedded() else KEPT
    taken = [one for one in names if (home() / one).is_dir() and any((home() / one).iterdir())]
    if taken:
        message = (
            f"“{home()}”里已有数据（{'、'.join(taken)}）：只能恢复到空的 ZHENGPIN_HOME，"
            "任何数据都未改动。"
        )
        raise RestoreRefused(message)


def fill_database(address: str, folder: Path, manifest: dict[str, Any]) -> None:
    """Restore the dump in one transaction into an empty database and compare the counts.

    Raises RestoreRefused; the database is then as empty as before.
    """
    try:
        with psycopg.connect(address) as connection:
            is_taken = bool(_count(connection))
    except psycopg.Error as error:
        raise DatabaseUnreachable from error
    if is_taken:
        raise RestoreRefused("数据库里已有表：只能恢复到空的数据库，任何数据都未改动。")
    try:
        programs.run(
            "pg_restore", address, "--single-transaction", "--exit-on-error", "--no-owner",
            "--no-privileges", str(folder / DUMP),
        )  # fmt: skip
    except BackupRefused as refusal:
        message = "数据库没有接受备份中的数据：没有恢复，任何数据都未改动。"
        raise RestoreRefused(message) from refusal
    with psycopg.connect(address) as connection:
        if _count(connection) != manifest["rows"]:
            raise RestoreRefused("恢复后的行数与备份记录不一致：请不要使用这份恢复。")


def fill_home(folder: Path) -> None:
    """Move the files and secrets of an opened backup into the home."""
    for name in KEPT:
        if (folder / name).is_dir():
            (home() / name).mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copytree(folder / name, home() / name, dirs_exist_ok=True)
    (home() / "secrets").mkdir(mode=0o700, exist_ok=True)
    (home() / "secrets").chmod(0o700)
