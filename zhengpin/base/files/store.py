"""Where the bytes are: a folder of the home, or a bucket; both know a file by its digest only.

In the folder a file stands as ``ab/cdef…``. It is written beside its place, flushed to the disk
and renamed into it, so that a place holds all of a file or nothing, whenever the power goes.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from django.conf import settings
from django.core.files.base import File as Content
from django.core.files.storage import storages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.storage import Storage

BUCKET = "files"  # its name in STORAGES
_CHUNK = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Store(Protocol):
    """Bytes by digest. What fails for reasons of its own raises OSError."""

    def put(self, digest: str, content: IO[bytes]) -> None:
        """Make the bytes safe under their digest; those that are there and whole stay."""

    def open(self, digest: str) -> IO[bytes] | None:
        """Return the bytes, None where there are none."""

    def delete(self, digest: str) -> None:
        """Forget the bytes; where there are none, nothing happens."""

    def digests(self, before: datetime) -> Iterator[str]:
        """Yield what was written before a moment."""

    def clean(self, before: datetime) -> int:
        """Remove what was begun before a moment and never finished; return how many."""


def store() -> Store:
    """Return the store of this installation, as the settings say."""
    if BUCKET in settings.STORAGES:
        return Bucket(storages[BUCKET])
    return Folder(Path(settings.MEDIA_ROOT))


def digest_of(content: IO[bytes]) -> str:
    """Return the SHA-256 of a file from its first byte; its position is at the end after it."""
    content.seek(0)
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]


class Folder:
    """The bytes in a folder, two levels deep."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _place(self, digest: str) -> Path:
        return self._root / digest[:2] / digest[2:]

    def put(self, digest: str, content: IO[bytes]) -> None:
        place = self._place(digest)
        if self._holds(place, digest):
            return
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = place.with_name(f".{digest[2:18]}-{os.getpid()}-{secrets.token_hex(4)}")
        content.seek(0)
        try:
            with part.open("xb") as file:
                while chunk := content.read(_CHUNK):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            part.rename(place)
        finally:
            part.unlink(missing_ok=True)
        for folder in (place.parent, self._root):
            _flush_folder(folder)

    def _holds(self, place: Path, digest: str) -> bool:
        try:
            with place.open("rb") as file:
                return digest_of(file) == digest
        except FileNotFoundError:
            return False

    def open(self, digest: str) -> IO[bytes] | None:
        try:
            return self._place(digest).open("rb")
        except FileNotFoundError:
            return None

    def delete(self, digest: str) -> None:
        self._place(digest).unlink(missing_ok=True)

    def digests(self, before: datetime) -> Iterator[str]:
        for path in self._files():
            digest = path.parent.name + path.name
            if _DIGEST.fullmatch(digest) and _is_older(path, before):
                yield digest

    def clean(self, before: datetime) -> int:
        left = [one for one in self._files() if one.name[0] == "." and _is_older(one, before)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _files(self) -> Iterator[Path]:
        for folder in sorted(self._root.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(folder.iterdir())


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
    except FileNotFoundError:
        return False  # removed meanwhile


def _flush_folder(folder: Path) -> None:
    """Make a rename last: the folder's own entry is data too."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Bucket:
    """The bytes in an S3 bucket, whose uploads are whole or nothing by themselves."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def put(self, digest: str, content: IO[bytes]) -> None:
        kept = self.open(digest)
        if kept is not None:
            with kept:
                if digest_of(kept) == digest:
                    return
        content.seek(0)
        with _as_os_error():
            self._storage.save(_key(digest), Content(content))

    def open(self, digest: str) -> IO[bytes] | None:
        try:
            with _as_os_error():
                kept = self._storage.open(_key(digest), "rb")
                kept.seek(0)  # fetches it; only now is it known whether it is there
        except FileNotFoundError:
            return None
        return kept

    def delete(self, digest: str) -> None:
        with _as_os_error():
            self._storage.delete(_key(digest))

    def digests(self, before: datetime) -> Iterator[str]:
        folders, _ = self._storage.listdir("")
        for folder in folders:
            for name in self._storage.listdir(folder)[1]:
                digest = folder.strip("/") + name
                if not _DIGEST.fullmatch(digest):
                    continue
                if self._storage.get_modified_time(_key(digest)) < before:
                    yield digest

    def clean(self, before: datetime) -> int:
        return 0


def _key(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:]}"


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Say what fails between us and the bucket as what fails on a disk."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 (an extra)

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(str(error)) from error
