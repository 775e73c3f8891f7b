"""Opens the zip package of a DOCX: checks what it holds and how large it would grow."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from posixpath import normpath

from zhengpin.kernel.documents import errors

_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_PART = 32 * 1024 * 1024
_MAX_PARTS = 20_000
_MAX_RATIO = 200
_RATIO_COUNTS_FROM = 8 * 1024 * 1024
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    RuntimeError,
)
"""What zipfile raises on bytes it cannot take; RuntimeError for a password it was not given and
for a compression it does not know.
"""


class Package:
    """The parts of an opened package by name, without leading slash and whatever their case."""

    def __init__(self, data: bytes) -> None:
        """Open a package; raises CorruptWord, Encrypted or TooComplex."""
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise errors.CorruptWord from error
        entries = self._archive.infolist()
        _check_size(entries, packed=len(data))
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise errors.Encrypted
        self._entries = {_key(entry.filename): entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def names(self) -> frozenset[str]:
        """Return the names of the parts, in lower case."""
        return frozenset(self._entries)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; raises CorruptWord or TooComplex."""
        entry = self._entries.get(_key(name))
        if entry is None:
            raise errors.CorruptWord
        if entry.file_size > _MAX_PART:
            raise errors.TooComplex
        try:
            return self._archive.read(entry)
        except _BROKEN as error:
            raise errors.CorruptWord from error


def require_word(data: bytes) -> None:
    """Check that a zip holds a Word document.

    Raises FixedLayout for OFD, OtherOffice for xlsx, pptx and OpenDocument, Archive for other
    zips, CorruptWord for a broken one, Encrypted and TooComplex.
    """
    names = Package(data).names()
    if "[content_types].xml" in names and any(name.startswith("word/") for name in names):
        return
    if "ofd.xml" in names:
        raise errors.FixedLayout
    if "xl/workbook.xml" in names or "ppt/presentation.xml" in names or "mimetype" in names:
        raise errors.OtherOffice
    if "[content_types].xml" not in names:
        raise errors.Archive
    raise errors.OtherOffice


def _check_size(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _MAX_UNPACKED or len(entries) > _MAX_PARTS:
        raise errors.TooComplex
    if unpacked > _RATIO_COUNTS_FROM and unpacked > _MAX_RATIO * packed:
        raise errors.TooComplex


def _key(name: str) -> str:
    return normpath(name.replace("\\", "/").lstrip("/")).lower()
