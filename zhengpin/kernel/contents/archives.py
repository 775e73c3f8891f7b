"""What is packed in a zip, also that of a docx, xlsx, pptx or ofd: looked through, never unpacked.

Every entry is decompressed once, in pieces that are thrown away, against one budget for the
whole file with all that is nested in it; what a header claims is not believed.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from zhengpin.kernel.contents import errors, ole

if TYPE_CHECKING:
    from collections.abc import Iterable

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
PACKED = ("zip", "docx", "xlsx", "pptx", "ofd")
MOST_ENTRIES = 10_000
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_NESTED = 3  # an archive in an archive in an archive
HIGHEST_RATIO = 200
RATIO_COUNTS_FROM = 8 * 1024 * 1024
_LARGEST_DIRECTORY = 4 * 1024 * 1024
_PIECE = 256 * 1024
_IN_MEMORY = 8 * 1024 * 1024
_ENCRYPTED = 0x1
_END, _END_64_LOCATOR, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_END_SIZE, _LOCATOR_SIZE, _END_64_SIZE, _LONGEST_COMMENT = 22, 20, 56, 65_535
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, OSError, EOFError,
    ValueError, OverflowError, RuntimeError, NotImplementedError,
)  # fmt: skip
_OUTSIDE = re.compile(r"^(?:[\\/]|[A-Za-z]:)|(?:^|[\\/])\.\.(?:[\\/]|$)|\0")
_EXECUTABLE = re.compile(
    rb"MZ.{0,62}\0|\x7fELF|[\xce\xcf]\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]|\xca\xfe\xba\xbe|\0asm"
    rb"|dex\n\d|L\0\0\0\x01\x14\x02\0|(?:\xef\xbb\xbf)?#!\s*/|(?i:(?:\xef\xbb\xbf)?\s*@echo\s+off)",
    re.DOTALL,
)
_UNOPENED = re.compile(
    rb"\x1f\x8b\x08|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\xfd7zXZ\0|BZh\d1AY|MSCF\0{4}|\x28\xb5\x2f\xfd"
    rb"|.{257}ustar|.{7}\*\*ACE\*\*|.{2}-lh\d-",
    re.DOTALL,
)


def is_executable(head: bytes) -> bool:
    """Whether bytes begin as a program, a class, a shortcut or a script that names its reader."""
    return _EXECUTABLE.match(head) is not None


def is_unopened(head: bytes) -> bool:
    """Whether bytes begin as an archive that is not looked through here."""
    return _UNOPENED.match(head) is not None


def code_of(file: IO[bytes]) -> str:
    """Return the code of the type a zip is; raises DamagedFile or ArchiveTooComplex."""
    with _opened(file) as archive:
        names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
    if "[content_types].xml" in names:
        for folder, code in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(name.startswith(folder) for name in names):
                return code
    return "ofd" if "ofd.xml" in names else "zip"


def inspect(file: IO[bytes], code: str) -> None:
    """Look through a zip of a type and all that is nested in it.

    Raises ArchiveTooComplex, ArchiveUnsafe, ArchiveUnopened, PasswordProtected, MacroInside,
    ExecutableInside or DamagedFile.
    """
    size = file.seek(0, os.SEEK_END)
    _look_through(file, code, _Budget(size), depth=1)


@dataclass(slots=True)
class _Budget:
    """What a file and all that is nested in it may still unpack to."""

    packed: int
    entries: int = 0
    unpacked: int = 0

    def spend(self, size: int) -> None:
        self.unpacked += size
        is_dense = self.unpacked > HIGHEST_RATIO * self.packed
        if self.unpacked > MOST_UNPACKED or (self.unpacked > RATIO_COUNTS_FROM and is_dense):
            raise errors.ArchiveTooComplex

    def count(self, entries: int) -> None:
        self.entries += entries
        if self.entries > MOST_ENTRIES:
            raise errors.ArchiveTooComplex


def _look_through(file: IO[bytes], code: str, budget: _Budget, depth: int) -> None:
    if depth > MOST_NESTED:
        raise errors.ArchiveTooComplex
    with _opened(file) as archive:
        entries = archive.infolist()
        budget.count(len(entries))
        _check_directory(entries, code)
        for entry in entries:
            if not entry.is_dir():
                _look_at(archive, entry, budget, depth)


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    file.seek(0)
    _check_end(file)
    try:
        return zipfile.ZipFile(file)
    except _BROKEN as broken:
        raise errors.DamagedFile from broken


def _check_end(file: IO[bytes]) -> None:
    """Refuse a directory that would fill the memory before its entries can be counted."""
    size = file.seek(0, os.SEEK_END)
    room = _END_SIZE + _LONGEST_COMMENT + _LOCATOR_SIZE + _END_64_SIZE
    file.seek(max(0, size - room))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + _END_SIZE:
        raise errors.DamagedFile
    directory = int.from_bytes(tail[place + 12 : place + 16], "little")
    locator = place - _LOCATOR_SIZE
    if locator >= 0 and tail[locator:place].startswith(_END_64_LOCATOR):
        end = tail[max(0, locator - _END_64_SIZE) : locator]
        if not end.startswith(_END_64):
            raise errors.DamagedFile
        directory = int.from_bytes(end[40:48], "little")
    if directory > _LARGEST_DIRECTORY:
        raise errors.ArchiveTooComplex


def _check_directory(entries: Iterable[zipfile.ZipInfo], code: str) -> None:
    """Check what the directory says: names, locks, links, and that no two entries share bytes."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise errors.ArchiveTooComplex
        end = entry.header_offset + entry.compress_size
        if _OUTSIDE.search(entry.orig_filename) or stat.S_ISLNK(entry.external_attr >> 16):
            raise errors.ArchiveUnsafe
        if entry.flag_bits & _ENCRYPTED:
            raise errors.PasswordProtected
        if code != "zip" and entry.filename.lower().endswith("vbaproject.bin"):
            raise errors.MacroInside


def _look_at(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget, depth: int
) -> None:
    """Decompress one entry and throw it away; only an archive is held for a while."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as held:
        try:
            with archive.open(entry) as content:
                head = content.read(_PIECE)
                budget.spend(len(head))
                _check_head(head)
                is_archive = head.startswith((*ZIP, ole.MAGIC))
                while head:
                    if is_archive:
                        held.write(head)
                    head = content.read(_PIECE)
                    budget.spend(len(head))
        except _BROKEN as broken:
            raise errors.DamagedFile from broken
        if is_archive:
            _look_inside(held, budget, depth)


def _look_inside(held: IO[bytes], budget: _Budget, depth: int) -> None:
    held.seek(0)
    if held.read(4) in ZIP:
        _look_through(held, code_of(held), budget, depth + 1)
        return
    held.seek(0)
    data = held.read()
    if ole.is_locked(data):
        raise errors.PasswordProtected
    ole.inspect(data)


def _check_head(head: bytes) -> None:
    if is_executable(head):
        raise errors.ExecutableInside
    if is_unopened(head):
        raise errors.ArchiveUnopened
