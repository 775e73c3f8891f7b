"""The older office files: compound documents, whose streams are named in UTF-16."""

from __future__ import annotations

from zhengpin.kernel.contents import errors

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CODES = ("doc", "xls", "ppt")
_STREAMS = (("WordDocument", "doc"), ("PowerPoint Document", "ppt"), ("Workbook", "xls"))
_FIRST_SECTOR = 512
_FIB, _FIB_FLAGS, _FIB_ENCRYPTED = b"\xec\xa5", 10, 0x0100
_BOF, _FILE_PASS = b"\x09\x08", b"\x2f\x00"


def code_of(data: bytes) -> str:
    """Return ``doc``, ``xls`` or ``ppt``; raises PasswordProtected or UnknownType.

    A password on a docx, xlsx or pptx wraps it into a compound document, MS-OFFCRYPTO 2.3.
    """
    if is_locked(data):
        raise errors.PasswordProtected
    for stream, code in _STREAMS:
        if _has(data, stream):
            return code
    raise errors.UnknownType


def is_locked(data: bytes) -> bool:
    """Whether this is the wrapping of a docx, xlsx or pptx with a password."""
    return _has(data, "EncryptedPackage")


def inspect(data: bytes) -> None:
    """Raise MacroInside or PasswordProtected.

    The flag stands in the head of a Word stream (MS-DOC 2.5.1, fEncrypted), in a record after
    the first of a workbook (MS-XLS 2.4.117, FilePass), in a stream of a presentation.
    """
    if _has(data, "_VBA_PROJECT"):
        raise errors.MacroInside
    start = data[_FIRST_SECTOR : _FIRST_SECTOR + 64]
    flags = int.from_bytes(start[_FIB_FLAGS : _FIB_FLAGS + 2], "little")
    if start.startswith(_FIB) and flags & _FIB_ENCRYPTED:
        raise errors.PasswordProtected
    if start.startswith(_BOF):
        after = 4 + int.from_bytes(start[2:4], "little")
        if start[after : after + 2] == _FILE_PASS:
            raise errors.PasswordProtected
    if _has(data, "EncryptedSummary"):
        raise errors.PasswordProtected


def _has(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data
